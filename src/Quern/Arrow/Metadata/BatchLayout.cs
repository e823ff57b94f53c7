using System.Runtime.InteropServices;

namespace Quern.Arrow.Metadata;

/// <summary>How many rows a batch has and where its buffers lie: in the order of the fields, a field before its
/// children.</summary>
sealed class BatchLayout
{
    /// <summary>Numbers of a node: rows, NULLs.</summary>
    public const int NodeNumbers = 2;

    /// <summary>Numbers of a buffer: where it begins in the body, how many bytes.</summary>
    public const int BufferNumbers = 2;

    /// <summary>Rows of the batch.</summary>
    public long Rows { get; set; }

    /// <summary>Rows and NULLs of each field.</summary>
    public List<long> Nodes { get; } = [];

    /// <summary>Place in the body and bytes of each buffer.</summary>
    public List<long> Buffers { get; } = [];

    /// <summary>Data buffers of each field of the kinds Utf8View and BinaryView.</summary>
    public List<long> Variadic { get; } = [];

    /// <summary>How the buffers are compressed.</summary>
    public ArrowCodec Codec { get; set; }

    /// <summary>For a batch of a dictionary, which; else null.</summary>
    public long? Dictionary { get; set; }

    /// <summary>For a batch of a dictionary: its values come behind those that are known.</summary>
    public bool IsDelta { get; set; }

    /// <summary>Forgets the rows and buffers.</summary>
    public void Clear()
    {
        Nodes.Clear();
        Buffers.Clear();
        Variadic.Clear();
    }

    /// <summary>Reads a record batch or a batch of a dictionary.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public void Read(MessageKind kind, FlatTable header)
    {
        Clear();
        Dictionary = null;
        IsDelta = false;
        if (kind == MessageKind.DictionaryBatch)
        {
            Dictionary = header.Long(0);
            IsDelta = header.Byte(2) != 0;
            header = header.Table(1, "dictionary values");
        }
        Rows = header.Long(0);
        if (Rows is < 0 or > int.MaxValue) throw new InvalidDataException($"a batch says it has {Rows} rows");
        Nodes.AddRange(MemoryMarshal.Cast<byte, long>(header.Structs(1, NodeNumbers * sizeof(long))));
        Buffers.AddRange(MemoryMarshal.Cast<byte, long>(header.Structs(2, BufferNumbers * sizeof(long))));
        Variadic.AddRange(MemoryMarshal.Cast<byte, long>(header.Structs(4, sizeof(long))));
        Codec = header.Has(3) ? ReadCodec(header.Table(3, "compression")) : ArrowCodec.None;
    }

    /// <summary>Writes it; returns its place.</summary>
    public int Write(FlatWriter flat)
    {
        var nodes = flat.Structs(CollectionsMarshal.AsSpan(Nodes), NodeNumbers);
        var buffers = flat.Structs(CollectionsMarshal.AsSpan(Buffers), BufferNumbers);
        var compression = 0;
        if (Codec != ArrowCodec.None)
        {
            flat.BeginTable(2);
            flat.Byte(0, Codec == ArrowCodec.Zstd ? (byte)1 : (byte)0);
            compression = flat.EndTable();
        }
        flat.BeginTable(5);
        flat.Long(0, Rows);
        flat.Place(1, nodes);
        flat.Place(2, buffers);
        if (compression != 0) flat.Place(3, compression);
        var batch = flat.EndTable();
        if (Dictionary is not { } id) return batch;
        flat.BeginTable(3);
        flat.Long(0, id);
        flat.Place(1, batch);
        return flat.EndTable();
    }

    static ArrowCodec ReadCodec(FlatTable compression)
    {
        if (compression.Byte(1) != 0) throw new InvalidDataException("the buffers are compressed in an unknown way");
        return compression.Byte(0) switch
        {
            0 => ArrowCodec.Lz4,
            1 => ArrowCodec.Zstd,
            _ => throw new InvalidDataException("the buffers are compressed with an unknown codec"),
        };
    }
}
