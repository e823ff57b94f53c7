namespace Quern.Arrow.Metadata;

/// <summary>Messages and the footer: the outermost tables of Arrow's Message.fbs and File.fbs.</summary>
static class Message
{
    /// <summary>First and last bytes of a file.</summary>
    public static ReadOnlySpan<byte> Magic => "ARROW1"u8;

    /// <summary>Begins each message, before the length of its metadata.</summary>
    public const int Continuation = -1;

    const short Version5 = 4;

    /// <summary>A message with the schema.</summary>
    public static ReadOnlySpan<byte> OfSchema(FlatWriter flat, IReadOnlyList<Field> fields)
    {
        flat.Clear();
        return Finish(flat, MessageKind.Schema, SchemaWriter.Write(flat, fields), 0);
    }

    /// <summary>A message with the layout of a batch.</summary>
    public static ReadOnlySpan<byte> OfBatch(FlatWriter flat, BatchLayout layout, long bodyBytes)
    {
        flat.Clear();
        var kind = layout.Dictionary is null ? MessageKind.RecordBatch : MessageKind.DictionaryBatch;
        return Finish(flat, kind, layout.Write(flat), bodyBytes);
    }

    /// <summary>The footer of a file.</summary>
    public static ReadOnlySpan<byte> Footer(
        FlatWriter flat, IReadOnlyList<Field> fields, IReadOnlyList<FileBlock> dictionaries, IReadOnlyList<FileBlock> batches)
    {
        flat.Clear();
        var schema = SchemaWriter.Write(flat, fields);
        var dictionaryList = Blocks(flat, dictionaries);
        var batchList = Blocks(flat, batches);
        flat.BeginTable(5);
        flat.Place(1, schema);
        flat.Place(2, dictionaryList);
        flat.Place(3, batchList);
        flat.Short(0, Version5);
        return flat.Finish(flat.EndTable());
    }

    /// <summary>What a message holds, and its table.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static FlatTable Read(ReadOnlySpan<byte> metadata, out MessageKind kind, out long bodyBytes)
    {
        var message = FlatTable.Root(metadata);
        kind = (MessageKind)message.Byte(1);
        bodyBytes = message.Long(3);
        if (bodyBytes < 0) throw new InvalidDataException("a message has a body of negative length");
        return message.Table(2, "header");
    }

    static ReadOnlySpan<byte> Finish(FlatWriter flat, MessageKind kind, int header, long bodyBytes)
    {
        flat.BeginTable(5);
        flat.Long(3, bodyBytes);
        flat.Place(2, header);
        flat.Short(0, Version5);
        flat.Byte(1, (byte)kind);
        return flat.Finish(flat.EndTable());
    }

    static int Blocks(FlatWriter flat, IReadOnlyList<FileBlock> blocks)
    {
        const int Numbers = FileBlock.Bytes / sizeof(long);
        var numbers = new long[blocks.Count * Numbers];
        for (var i = 0; i < blocks.Count; i++)
        {
            numbers[i * Numbers] = blocks[i].Offset;
            numbers[(i * Numbers) + 1] = blocks[i].MetadataBytes;
            numbers[(i * Numbers) + 2] = blocks[i].BodyBytes;
        }
        return flat.Structs(numbers, Numbers);
    }
}
