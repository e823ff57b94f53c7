using System.Buffers.Binary;
using System.Text;
using Quern.Arrow.Buffers;
using Quern.Arrow.Metadata;
using Quern.Arrow.Writing;
using Quern.Chunks;

namespace Quern.Arrow;

/// <summary>Writes chunks as an Arrow file (IPC format, version 5): <see cref="Write(Chunk)"/> them, then
/// <see cref="Complete"/>.</summary>
/// <remarks>
/// Bodies and buffers begin at multiples of 64 bytes: an uncompressed file can be mapped. Types: hugeints become decimal(38,
/// 0), UUIDs 16 bytes with the extension type arrow.uuid, enums dictionaries, intervals months, days and nanoseconds, time
/// zones UTC; lists, arrays, structs and maps are what they are; unions, times with zone, bits, bignums, geometries and
/// variants are refused. Memory: one batch, and once more what it takes compressed. Allocates nothing a row. Whether a file
/// appears whole is up to the caller: hand in the stream of a file that is renamed when it is complete. Source: Arrow
/// columnar format, "IPC File Format".
/// </remarks>
public sealed class ArrowWriter : IDisposable
{
    /// <summary>Bytes before a message's metadata: continuation and length.</summary>
    const int PrefixBytes = 8;

    readonly Stream _to;
    readonly Schema _schema;
    readonly ArrowOptions _options;
    readonly IReadOnlyList<Field> _fields;
    readonly ColumnBuilder[] _columns;
    readonly BatchBody _body;
    readonly FlatWriter _flat = new();
    readonly byte[] _padding = new byte[NativeBuffer.Alignment];
    readonly List<FileBlock> _dictionaries = [];
    readonly List<FileBlock> _batches = [];
    int _batchRows;
    long _batchBytes;
    bool _isComplete;

    /// <summary>Begins a file.</summary>
    /// <param name="to">Where it goes, from the place where the stream is; not disposed here.</param>
    /// <param name="schema">Columns of the chunks.</param>
    /// <param name="options">Default: as <see cref="ArrowOptions"/> says.</param>
    /// <exception cref="QuernException">QN8150: Arrow has no type for a column.</exception>
    /// <exception cref="ArgumentException">There is no column.</exception>
    /// <exception cref="IOException">The stream refuses.</exception>
    public ArrowWriter(Stream to, Schema schema, ArrowOptions? options = null)
    {
        if (schema.Count == 0) throw new ArgumentException("a file has at least one column", nameof(schema));
        _to = to;
        _schema = schema;
        _options = options ?? new ArrowOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.BatchRows, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.BatchBytes, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(_options.BatchBytes, 1 << 30);
        _fields = FieldMap.Of(schema);
        _columns = [.. schema.Columns.Select(Builders.For)];
        _body = new BatchBody(_options);
        Write(Message.Magic);
        Write(_padding.AsSpan(0, PrefixBytes - Message.Magic.Length));
        WriteMessage(Message.OfSchema(_flat, _fields));
        for (var i = 0; i < schema.Count; i++) WriteDictionaries(_fields[i], schema[i].Type);
    }

    /// <summary>Rows handed in so far.</summary>
    public long Rows { get; private set; }

    /// <summary>Bytes written so far.</summary>
    public long Bytes { get; private set; }

    /// <summary>Batches written so far.</summary>
    public int Batches => _batches.Count;

    /// <summary>Appends all rows of a chunk; it is not needed any more when this returns.</summary>
    /// <exception cref="QuernException">QN8151: a value does not fit the Arrow type of its column.</exception>
    /// <exception cref="ArgumentException">The chunk has other column types.</exception>
    /// <exception cref="IOException">The stream refuses.</exception>
    public void Write(Chunk chunk)
    {
        ObjectDisposedException.ThrowIf(_isComplete, this);
        if (chunk.Schema.Count != _schema.Count) throw new ArgumentException("the chunk has other columns", nameof(chunk));
        for (var from = 0; from < chunk.Rows;)
        {
            var count = Math.Min(chunk.Rows - from, _options.BatchRows - _batchRows);
            var bytes = VariableBytes(chunk, from, count);
            while (_batchBytes + bytes > _options.BatchBytes && (_batchRows > 0 || count > 1))
            {
                if (_batchRows > 0) Flush();
                else count /= 2;
                bytes = VariableBytes(chunk, from, count);
            }
            for (var i = 0; i < _columns.Length; i++) _columns[i].Append(chunk[i], from, count);
            from += count;
            Rows += count;
            _batchRows += count;
            _batchBytes += bytes;
            if (_batchRows == _options.BatchRows) Flush();
        }
    }

    /// <summary>Writes what is left, and the footer; flushes the stream.</summary>
    /// <returns>Rows of all batches.</returns>
    /// <exception cref="IOException">The stream refuses.</exception>
    public long Complete()
    {
        ObjectDisposedException.ThrowIf(_isComplete, this);
        _isComplete = true;
        Flush();
        Span<byte> four = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(four, Message.Continuation);
        Write(four);
        four.Clear();
        Write(four);
        var footer = Message.Footer(_flat, _fields, _dictionaries, _batches);
        Write(footer);
        BinaryPrimitives.WriteInt32LittleEndian(four, footer.Length);
        Write(four);
        Write(Message.Magic);
        _to.Flush();
        return Rows;
    }

    /// <summary>Frees the memory; without <see cref="Complete"/> the file is no whole one.</summary>
    public void Dispose()
    {
        _isComplete = true;
        foreach (var column in _columns) column.Dispose();
        _body.Dispose();
    }

    long VariableBytes(Chunk chunk, int from, int count)
    {
        var bytes = 0L;
        for (var i = 0; i < _columns.Length; i++) bytes += _columns[i].VariableBytes(chunk[i], from, count);
        return bytes;
    }

    void Flush()
    {
        if (_batchRows == 0) return;
        _body.Clear();
        foreach (var column in _columns) column.AddTo(_body);
        WriteBatch(_batchRows, null);
        foreach (var column in _columns) column.Clear();
        _batchRows = 0;
        _batchBytes = 0;
    }

    /// <summary>Writes the names of the enums in a column.</summary>
    void WriteDictionaries(Field field, LogicalType type)
    {
        if (field.Dictionary is { } id)
        {
            using var bytes = new NativeBuffer();
            using var ends = new NativeBuffer();
            Span<byte> end = stackalloc byte[sizeof(int)];
            ends.AppendZeros(sizeof(int));
            foreach (var name in type.EnumNames)
            {
                bytes.Append(Encoding.UTF8.GetBytes(name));
                BinaryPrimitives.WriteInt32LittleEndian(end, bytes.Length);
                ends.Append(end);
            }
            _body.Clear();
            _body.AddNode(type.EnumNames.Count, 0);
            _body.AddBuffer(default);
            _body.AddBuffer(ends.Bytes);
            _body.AddBuffer(bytes.Bytes);
            WriteBatch(type.EnumNames.Count, id);
        }
        for (var i = 0; i < field.Children.Count; i++)
            WriteDictionaries(field.Children[i], type.Element ?? type.Fields[i].Type);
    }

    void WriteBatch(long rows, long? dictionary)
    {
        _body.Place();
        _body.Layout.Rows = rows;
        _body.Layout.Dictionary = dictionary;
        var start = Bytes;
        WriteMessage(Message.OfBatch(_flat, _body.Layout, _body.Bytes));
        (dictionary is null ? _batches : _dictionaries).Add(new FileBlock(start, (int)(Bytes - start), _body.Bytes));
        _body.Write(_to);
        Bytes += _body.Bytes;
    }

    /// <summary>Writes metadata so that what follows begins at a multiple of 64 bytes.</summary>
    void WriteMessage(ReadOnlySpan<byte> metadata)
    {
        var padding = (int)(-(Bytes + PrefixBytes + metadata.Length) & (NativeBuffer.Alignment - 1));
        Span<byte> prefix = stackalloc byte[PrefixBytes];
        BinaryPrimitives.WriteInt32LittleEndian(prefix, Message.Continuation);
        BinaryPrimitives.WriteInt32LittleEndian(prefix[sizeof(int)..], metadata.Length + padding);
        Write(prefix);
        Write(metadata);
        Write(_padding.AsSpan(0, padding));
    }

    void Write(ReadOnlySpan<byte> bytes)
    {
        _to.Write(bytes);
        Bytes += bytes.Length;
    }
}
