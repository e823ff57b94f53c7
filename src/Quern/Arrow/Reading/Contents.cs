using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using Quern.Arrow.Metadata;

namespace Quern.Arrow.Reading;

/// <summary>What is where in a file: from the footer, or from walking through the messages of a stream.</summary>
sealed class Contents
{
    const int PrefixBytes = 2 * sizeof(int);

    /// <summary>Magic in front, filled up to 8 bytes.</summary>
    const int HeadBytes = 8;

    readonly List<(long Id, FileBlock Block)> _dictionaries = [];
    readonly List<FileBlock> _batches = [];
    readonly BatchLayout _layout = new();

    Contents()
    {
    }

    /// <summary>The columns.</summary>
    public IReadOnlyList<Field> Fields { get; private set; } = [];

    /// <summary>The batches, in order.</summary>
    public IReadOnlyList<FileBlock> Batches => _batches;

    /// <summary>Rows of all batches.</summary>
    public long Rows { get; private set; }

    /// <summary>Rows of the largest batch.</summary>
    public long LargestBatchRows { get; private set; }

    /// <summary>How the first batch is compressed.</summary>
    public ArrowCodec Codec { get; private set; }

    /// <summary>Nothing is compressed.</summary>
    public bool IsPlain { get; private set; } = true;

    /// <summary>There is no footer.</summary>
    public bool IsStream { get; private set; }

    /// <summary>Batches of a dictionary, in order: the first one, then what it grew by.</summary>
    public IEnumerable<FileBlock> Dictionaries(long id) => _dictionaries.Where(d => d.Id == id).Select(d => d.Block);

    /// <summary>Reads the contents of a file.</summary>
    /// <exception cref="QuernException">It is not Arrow, cut short or damaged.</exception>
    public static Contents Read(ArrowFile file)
    {
        var contents = new Contents();
        Span<byte> head = stackalloc byte[HeadBytes];
        head = head[..(int)Math.Min(file.Bytes, HeadBytes)];
        file.Read(0, head);
        var isFile = head.StartsWith(Message.Magic) || (!head.IsEmpty && Message.Magic.StartsWith(head));
        contents.IsStream = head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFF, 0xFF, 0xFF]);
        if (head.IsEmpty) throw ArrowFaults.CutShort(file.Name, 0);
        if (!isFile && !contents.IsStream) throw ArrowFaults.NotArrow(file.Name);
        try
        {
            if (isFile) contents.ReadFooter(file);
            else contents.Walk(file);
        }
        catch (InvalidDataException e)
        {
            throw file.Damaged(null, e);
        }
        return contents;
    }

    void ReadFooter(ArrowFile file)
    {
        const int Tail = sizeof(int) + 6;
        if (file.Bytes < HeadBytes + Tail) throw ArrowFaults.CutShort(file.Name, file.Bytes);
        Span<byte> tail = stackalloc byte[Tail];
        file.Read(file.Bytes - Tail, tail);
        if (!tail[sizeof(int)..].SequenceEqual(Message.Magic)) throw ArrowFaults.CutShort(file.Name, file.Bytes);
        var length = BinaryPrimitives.ReadInt32LittleEndian(tail);
        var end = file.Bytes - Tail - length;
        if (length <= 0 || end < HeadBytes) throw new InvalidDataException("the footer has an impossible length");
        var bytes = new byte[length];
        file.Read(end, bytes);
        var footer = FlatTable.Root(bytes);
        Fields = SchemaReader.Read(footer.Table(1, "schema"));
        var blocks = Blocks(footer.Structs(2, FileBlock.Bytes), end);
        blocks.ForEach(block => Add(file, block));
        if (_batches.Count > 0) throw new InvalidDataException("a dictionary is none");
        blocks = Blocks(footer.Structs(3, FileBlock.Bytes), end);
        blocks.ForEach(block => Add(file, block));
        if (_batches.Count != blocks.Count) throw new InvalidDataException("a batch is none");
    }

    static List<FileBlock> Blocks(ReadOnlySpan<byte> bytes, long end)
    {
        var blocks = new List<FileBlock>(bytes.Length / FileBlock.Bytes);
        for (; !bytes.IsEmpty; bytes = bytes[FileBlock.Bytes..])
        {
            var block = new FileBlock(
                BinaryPrimitives.ReadInt64LittleEndian(bytes),
                BinaryPrimitives.ReadInt32LittleEndian(bytes[sizeof(long)..]),
                BinaryPrimitives.ReadInt64LittleEndian(bytes[(2 * sizeof(long))..]));
            if (block.Offset < HeadBytes || block.Offset > end || block.MetadataBytes < PrefixBytes
                || block.MetadataBytes > end - block.Offset || block.BodyBytes < 0 || block.BodyBytes > end - block.BodyOffset)
            {
                throw new InvalidDataException("the footer refers to something outside of the file");
            }
            blocks.Add(block);
        }
        return blocks;
    }

    void Walk(ArrowFile file)
    {
        Span<byte> prefix = stackalloc byte[PrefixBytes];
        for (var at = 0L; ;)
        {
            // A stream without its end mark may have lost batches that nothing else speaks of.
            if (file.Bytes - at < PrefixBytes) throw ArrowFaults.CutShort(file.Name, file.Bytes);
            file.Read(at, prefix);
            if (BinaryPrimitives.ReadInt32LittleEndian(prefix) != Message.Continuation) throw Broken(at);
            var length = BinaryPrimitives.ReadInt32LittleEndian(prefix[sizeof(int)..]);
            if (length < 0) throw Broken(at);
            if (length == 0)
            {
                if (at + PrefixBytes < file.Bytes) throw new InvalidDataException("something follows the end of the stream");
                if (Fields.Count == 0) throw new InvalidDataException("the stream has no schema");
                return;
            }
            if (length > file.Bytes - at - PrefixBytes) throw ArrowFaults.CutShort(file.Name, file.Bytes);
            var block = ReadMessage(file, at, length);
            if (block.BodyBytes > file.Bytes - block.BodyOffset) throw ArrowFaults.CutShort(file.Name, file.Bytes);
            if (block.Offset > 0) Add(file, block);
            at = block.End;
        }
    }

    FileBlock ReadMessage(ArrowFile file, long at, int length)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            file.Read(at + PrefixBytes, bytes.AsSpan(0, length));
            var header = Message.Read(bytes.AsSpan(0, length), out var kind, out var bodyBytes);
            if ((kind == MessageKind.Schema) != (at == 0)) throw Broken(at);
            if (kind == MessageKind.Schema) Fields = SchemaReader.Read(header);
            return new FileBlock(at, PrefixBytes + length, bodyBytes);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    void Add(ArrowFile file, FileBlock block)
    {
        file.ReadBatch(block, _layout);
        if (_layout.Codec != ArrowCodec.None) IsPlain = false;
        if (_layout.Dictionary is { } id)
        {
            if (!_layout.IsDelta && _dictionaries.Exists(d => d.Id == id)) throw ArrowFaults.Replaced(file.Name);
            _dictionaries.Add((id, block));
            return;
        }
        if (_batches.Count == 0) Codec = _layout.Codec;
        _batches.Add(block);
        Rows += _layout.Rows;
        LargestBatchRows = Math.Max(LargestBatchRows, _layout.Rows);
    }

    static InvalidDataException Broken(long at) =>
        new(string.Create(CultureInfo.InvariantCulture, $"no message where one should be, at byte {at:N0}"));
}
