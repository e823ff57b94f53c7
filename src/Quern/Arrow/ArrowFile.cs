using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using Quern.Arrow.Metadata;
using Quern.Arrow.Reading;
using Quern.Chunks;
using Quern.Files;

namespace Quern.Arrow;

/// <summary>An Arrow file (IPC format: .arrow, .feather, .ipc) or a file with an Arrow stream (.arrows), opened: what it says
/// of itself.</summary>
/// <remarks>Opening reads the metadata of all batches, no rows. Dictionaries are decoded when a column that refers to them is
/// read, and kept. Any number of threads may read. Not read: big-endian files, unions, run-end encoding, list views,
/// decimals of more than 38 digits, streams that replace a dictionary; all are faults.</remarks>
public sealed class ArrowFile : IDisposable
{
    readonly FileStream _file;
    readonly Contents _contents;
    readonly Dictionary<long, ColumnDictionary> _dictionaries = [];
    readonly HashSet<long> _loading = [];
    readonly Lock _gate = new();

    ArrowFile(FileStream file, string name)
    {
        _file = file;
        Name = name;
        Bytes = RandomAccess.GetLength(file.SafeFileHandle);
        _contents = Contents.Read(this);
        var columns = new Column[Fields.Count];
        for (var i = 0; i < columns.Length; i++)
        {
            var field = Fields[i];
            columns[i] = new Column(field.Name, TypeMap.Of(field) ?? throw ArrowFaults.NoType(name, field));
        }
        Schema = new Schema(columns);
        if (columns.Length == 0) throw Damaged(null, new InvalidDataException("the schema has no column"));
    }

    /// <summary>How messages name it.</summary>
    public string Name { get; }

    /// <summary>Names and types of the columns, as they are read: a dictionary has the type of its values.</summary>
    public Schema Schema { get; }

    /// <summary>Bytes of the file.</summary>
    public long Bytes { get; }

    /// <summary>Rows of all batches.</summary>
    public long Rows => _contents.Rows;

    /// <summary>How many batches.</summary>
    public int Batches => _contents.Batches.Count;

    /// <summary>Rows of the largest batch: so many are in memory at once for each thread that reads.</summary>
    public long LargestBatchRows => _contents.LargestBatchRows;

    /// <summary>How the first batch is compressed.</summary>
    public ArrowCodec Codec => _contents.Codec;

    /// <summary>True when nothing is compressed: readers can map the file and use it as it lies there.</summary>
    public bool CanBeMapped => !IsStream && _contents.IsPlain;

    /// <summary>True for a stream without a footer.</summary>
    public bool IsStream => _contents.IsStream;

    /// <summary>The columns as the file describes them.</summary>
    internal IReadOnlyList<Field> Fields => _contents.Fields;

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="name">How messages name it; default: <paramref name="path"/>.</param>
    /// <exception cref="QuernException">QN2001, QN2004 or QN2009 when it cannot be opened; QN3250 not Arrow; QN3251 cut
    /// short; QN3252 damaged; QN3253 a column cannot be read; QN3256 a dictionary is replaced.</exception>
    public static ArrowFile Open(string path, string? name = null)
    {
        var file = FileBytes.Open(path, name);
        try
        {
            return new ArrowFile(file, name ?? path);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Closes the file and frees its dictionaries.</summary>
    public void Dispose()
    {
        _file.Dispose();
        foreach (var dictionary in _dictionaries.Values) dictionary.Dispose();
        _dictionaries.Clear();
    }

    /// <summary>Where a batch lies.</summary>
    internal FileBlock Batch(int index) => _contents.Batches[index];

    /// <summary>Reads bytes at a place.</summary>
    /// <exception cref="QuernException">QN3251: there are not as many; or the system refuses.</exception>
    internal void Read(long offset, Span<byte> into)
    {
        try
        {
            while (!into.IsEmpty)
            {
                var count = RandomAccess.Read(_file.SafeFileHandle, into, offset);
                if (count == 0) throw ArrowFaults.CutShort(Name, Bytes);
                into = into[count..];
                offset += count;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw InputFaults.FromException(e, _file.Name, path => path == _file.Name ? Name : path);
        }
    }

    /// <summary>Reads what a batch says of itself.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    internal void ReadBatch(FileBlock block, BatchLayout layout)
    {
        var rented = ArrayPool<byte>.Shared.Rent(block.MetadataBytes);
        try
        {
            var bytes = rented.AsSpan(0, block.MetadataBytes);
            Read(block.Offset, bytes);
            // Files from before version 0.15 have the length alone.
            var start = BinaryPrimitives.ReadInt32LittleEndian(bytes) == Message.Continuation ? 2 * sizeof(int) : sizeof(int);
            if (bytes.Length < start) throw new InvalidDataException("a message without metadata");
            var length = BinaryPrimitives.ReadInt32LittleEndian(bytes[(start - sizeof(int))..]);
            if (length < 0 || length > bytes.Length - start) throw new InvalidDataException("the metadata of a message is cut short");
            var header = Message.Read(bytes.Slice(start, length), out var kind, out var bodyBytes);
            if (kind is not (MessageKind.RecordBatch or MessageKind.DictionaryBatch) || bodyBytes > block.BodyBytes)
                throw new InvalidDataException("a message is not the batch that it should be");
            layout.Read(kind, header);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    /// <summary>The dictionary of a field, decoded when it is asked for first.</summary>
    /// <exception cref="QuernException">QN3252: it is damaged or not there.</exception>
    internal ColumnDictionary Dictionary(Field field)
    {
        lock (_gate)
        {
            var id = field.Dictionary!.Value;
            if (_dictionaries.TryGetValue(id, out var known)) return known;
            try
            {
                if (!_loading.Add(id)) throw new InvalidDataException("a dictionary refers to itself");
                return _dictionaries[id] = Decode(field.Values, id);
            }
            catch (InvalidDataException e)
            {
                throw Damaged(string.Create(CultureInfo.InvariantCulture, $"dictionary {id}"), e);
            }
            finally
            {
                _loading.Remove(id);
            }
        }
    }

    /// <summary>The fault of a damaged part.</summary>
    internal QuernException Damaged(string? part, InvalidDataException reason) => ArrowFaults.Damaged(Name, part, reason);

    ColumnDictionary Decode(Field values, long id)
    {
        var dictionary = new ColumnDictionary(TypeMap.Of(values)!);
        using var loader = new BatchLoader(this);
        using var loaded = new LoadedField(values);
        var reader = Readers.For(loaded, Dictionary);
        try
        {
            foreach (var block in _contents.Dictionaries(id))
            {
                loader.Load(block, [values], [loaded]);
                reader.Begin();
                dictionary.Append(reader, loaded.Rows);
            }
            dictionary.Complete();
            return dictionary;
        }
        catch
        {
            dictionary.Dispose();
            throw;
        }
    }
}
