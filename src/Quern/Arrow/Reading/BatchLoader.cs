using System.Globalization;
using Quern.Arrow.Buffers;
using Quern.Arrow.Metadata;

namespace Quern.Arrow.Reading;

/// <summary>Loads some columns of a batch: only their buffers are read from the file.</summary>
/// <remarks>For one thread at a time. Each buffer gets the length that its type asks for, or the batch is damaged: who reads
/// the rows need not look at lengths of fixed-size values again.</remarks>
sealed unsafe class BatchLoader(ArrowFile file) : IDisposable
{
    readonly BufferCodec _codec = new();
    readonly NativeBuffer _compressed = new();
    readonly BatchLayout _layout = new();
    FileBlock _block;
    int _node;
    int _buffer;
    int _variadic;

    /// <summary>Loads the values of fields.</summary>
    /// <param name="block">Where the batch lies.</param>
    /// <param name="fields">All fields of the batch, in order.</param>
    /// <param name="wanted">Where each field goes; null for those that are not wanted.</param>
    /// <returns>What the batch says of itself, valid until the next call.</returns>
    /// <exception cref="InvalidDataException">The batch is damaged.</exception>
    /// <exception cref="QuernException">The file cannot be read.</exception>
    public BatchLayout Load(FileBlock block, IReadOnlyList<Field> fields, IReadOnlyList<LoadedField?> wanted)
    {
        _block = block;
        file.ReadBatch(block, _layout);
        (_node, _buffer, _variadic) = (0, 0, 0);
        for (var i = 0; i < fields.Count; i++)
        {
            if (wanted[i] is { } target) Load(target, _layout.Rows);
            else Skip(fields[i]);
        }
        return _layout;
    }

    /// <summary>Frees the memory.</summary>
    public void Dispose()
    {
        _codec.Dispose();
        _compressed.Dispose();
    }

    void Load(LoadedField target, long rows)
    {
        var field = target.Field;
        var (nodeRows, nulls) = NextNode();
        if (nodeRows != rows)
            throw Wrong(field, string.Create(CultureInfo.InvariantCulture, $"{nodeRows} rows instead of {rows}"));
        if (rows > MostRows(field)) throw Wrong(field, string.Create(CultureInfo.InvariantCulture, $"{rows} rows"));
        target.Rows = (int)rows;
        target.Validity = null;
        if (field is { Kind: FieldKind.Null, Dictionary: null }) return;
        var validity = target.Memory(0);
        Read(validity);
        if (nulls != 0)
        {
            Need(field, validity, (rows + 7) / 8);
            target.Validity = validity.First;
        }
        if (field.Index is { } index)
        {
            Values(target, rows * index.Bits / 8);
            return;
        }
        switch (field.Kind)
        {
            case FieldKind.Utf8 or FieldKind.Binary or FieldKind.List or FieldKind.Map:
                Values(target, rows == 0 ? 0 : (rows + 1) * sizeof(int));
                break;
            case FieldKind.LargeUtf8 or FieldKind.LargeBinary or FieldKind.LargeList:
                Values(target, rows == 0 ? 0 : (rows + 1) * sizeof(long));
                break;
            case FieldKind.Struct or FieldKind.FixedSizeList:
                break;
            default:
                Values(target, FixedWidth.Bytes(field, rows));
                break;
        }
        switch (field.Kind)
        {
            case FieldKind.Utf8 or FieldKind.Binary or FieldKind.LargeUtf8 or FieldKind.LargeBinary:
                Read(target.Memory(2));
                break;
            case FieldKind.Utf8View or FieldKind.BinaryView:
                for (var i = NextVariadic(); i > 0; i--) Read(target.Memory(target.Count + 1));
                break;
        }
        foreach (var child in target.Children) Load(child, ChildRows(target, rows));
    }

    /// <summary>Rows of the children: lists say so at their last end, which nothing has checked yet.</summary>
    long ChildRows(LoadedField target, long rows)
    {
        var field = target.Field;
        switch (field.Kind)
        {
            case FieldKind.Struct: return rows;
            case FieldKind.FixedSizeList: return rows * field.Size;
            default:
                // Elements behind the last end are allowed.
                if (_node * BatchLayout.NodeNumbers >= _layout.Nodes.Count) throw Wrong(field, "no elements");
                var elements = _layout.Nodes[_node * BatchLayout.NodeNumbers];
                return elements is >= 0 and <= int.MaxValue ? elements : throw Wrong(field, "elements of an impossible number");
        }
    }

    /// <summary>No buffer vouches for rows that are all NULL: a few bytes could ask for any number of them.</summary>
    static long MostRows(Field field) => field.Kind == FieldKind.Null ? 1 << 26 : int.MaxValue;

    void Values(LoadedField target, long bytes)
    {
        var memory = target.Memory(1);
        Read(memory);
        Need(target.Field, memory, bytes);
    }

    void Skip(Field field)
    {
        NextNode();
        if (field is { Kind: FieldKind.Null, Dictionary: null }) return;
        _buffer++;
        if (field.Dictionary is not null)
        {
            _buffer++;
            return;
        }
        _buffer += field.Kind switch
        {
            FieldKind.Struct or FieldKind.FixedSizeList => 0,
            FieldKind.Utf8 or FieldKind.Binary or FieldKind.LargeUtf8 or FieldKind.LargeBinary => 2,
            FieldKind.Utf8View or FieldKind.BinaryView => 1 + NextVariadic(),
            _ => 1,
        };
        foreach (var child in field.Children) Skip(child);
    }

    (long Rows, long Nulls) NextNode()
    {
        var at = _node++ * BatchLayout.NodeNumbers;
        return at + 1 < _layout.Nodes.Count
            ? (_layout.Nodes[at], _layout.Nodes[at + 1])
            : throw new InvalidDataException("the batch has fewer fields than the schema");
    }

    int NextVariadic() => _variadic < _layout.Variadic.Count && _layout.Variadic[_variadic++] is >= 0 and var count and < 1 << 20
        ? (int)count
        : throw new InvalidDataException("the batch does not say how many buffers its views have");

    /// <summary>Reads the next buffer.</summary>
    void Read(NativeBuffer into)
    {
        var at = _buffer++ * BatchLayout.BufferNumbers;
        if (at + 1 >= _layout.Buffers.Count) throw new InvalidDataException("the batch has fewer buffers than its fields need");
        var (offset, length) = (_layout.Buffers[at], _layout.Buffers[at + 1]);
        if (offset < 0 || length < 0 || offset > _block.BodyBytes - length)
            throw new InvalidDataException("a buffer lies outside of its batch");
        if (length > int.MaxValue - NativeBuffer.Alignment)
            throw new InvalidDataException("a buffer has more than the 2 GiB that Quern reads");
        var target = _layout.Codec == ArrowCodec.None ? into : _compressed;
        target.Cut();
        file.Read(_block.BodyOffset + offset, new Span<byte>(target.Reserve((int)length), (int)length));
        target.Advance((int)length);
        if (_layout.Codec != ArrowCodec.None) _codec.Decompress(_layout.Codec, _compressed.Bytes, into);
    }

    static void Need(Field field, NativeBuffer buffer, long bytes)
    {
        if (buffer.Length < bytes)
            throw Wrong(field, string.Create(CultureInfo.InvariantCulture, $"a buffer of {buffer.Length} bytes instead of {bytes}"));
    }

    static InvalidDataException Wrong(Field field, string what) => new($"column \"{field.Name}\": {what}");
}
