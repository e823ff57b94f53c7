using System.Text;
using Quern.Chunks;

namespace Quern.Delivery.Postgres.Binary;

/// <summary>text and what is sent like it: varchar, char, citext, name, json, xml, labels of an enum.</summary>
/// <param name="stripNul">Leave NUL characters out, instead of refusing them: the server has no such character.</param>
sealed unsafe class TextEncoder(bool stripNul) : FieldEncoder
{
    public override FieldForm Form(LogicalType from) => from.Kind == TypeKind.Varchar ? FieldForm.Text : FieldForm.Encoded;

    protected override void Write(CopyBuffer to, VectorMemory from, int row) => Write(to, ((Text*)from.Data)[row].Bytes, stripNul);

    /// <summary>Writes a text with its length in front.</summary>
    public static void Write(CopyBuffer to, ReadOnlySpan<byte> text, bool stripNul)
    {
        if (!text.Contains((byte)0))
        {
            to.Field(text);
            return;
        }
        if (!stripNul)
        {
            throw new UnfitException("QN8282", "a text holds a NUL character, which PostgreSQL cannot keep")
            {
                Try = ["--on-nul strip     leaves it out"],
            };
        }
        var begin = to.Begin();
        foreach (var value in text)
            if (value != 0) to.Byte(value);
        to.End(begin);
    }
}

/// <summary>text, from the names of an enum.</summary>
sealed class LabelEncoder : FieldEncoder
{
    readonly byte[][] _names;

    public LabelEncoder(LogicalType type) => _names = [.. type.EnumNames.Select(Encoding.UTF8.GetBytes)];

    protected override void Write(CopyBuffer to, VectorMemory from, int row) =>
        to.Field(_names[(int)WholeNumber.Read(new Vector(from), row)]);
}

/// <summary>bytea.</summary>
sealed unsafe class BytesEncoder : FieldEncoder
{
    protected override void Write(CopyBuffer to, VectorMemory from, int row) => to.Field(((Text*)from.Data)[row].Bytes);
}

/// <summary>bit varying: the number of bits, then the bits from the left; the engine has its padding at the left.</summary>
sealed unsafe class BitEncoder : FieldEncoder
{
    protected override void Write(CopyBuffer to, VectorMemory from, int row)
    {
        var bytes = ((Text*)from.Data)[row].Bytes;
        var padding = bytes[0];
        var bits = bytes[1..];
        var begin = to.Begin();
        to.Int32((bits.Length * 8) - padding);
        for (var i = 0; i < bits.Length; i++)
        {
            var next = i + 1 < bits.Length ? bits[i + 1] : 0;
            to.Byte((byte)((bits[i] << padding) | (next >> (8 - padding))));
        }
        to.End(begin);
    }
}

/// <summary>uuid: 16 bytes, the first one first.</summary>
sealed unsafe class UuidEncoder : FieldEncoder
{
    protected override void Write(CopyBuffer to, VectorMemory from, int row) =>
        to.Field128((UInt128)((Uuid*)from.Data)[row].Bits ^ ((UInt128)1 << 127));
}

/// <summary>text of any value, as the engine writes it.</summary>
sealed class AnyTextEncoder(bool stripNul) : FieldEncoder
{
    protected override void Write(CopyBuffer to, VectorMemory from, int row)
    {
        var text = new System.Buffers.ArrayBufferWriter<byte>();
        ValueText.Write(text, new Vector(from), row);
        TextEncoder.Write(to, text.WrittenSpan, stripNul);
    }
}
