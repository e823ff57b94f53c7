using System.Buffers;
using System.Text;
using Quern.Chunks;

namespace Quern.Delivery.Postgres.Binary;

/// <summary>json and jsonb. Texts are taken for JSON as they are; structs, maps and lists are written as JSON: numbers that are none
/// as texts, all else as the engine writes it.</summary>
/// <param name="isBinary">jsonb, which has a version in front.</param>
/// <param name="stripNul">Leave out <c>\u0000</c>, which jsonb cannot keep.</param>
sealed unsafe class JsonEncoder(bool isBinary, bool stripNul) : FieldEncoder
{
    /// <summary>Stands in front of jsonb.</summary>
    public const byte Version = 1;

    static readonly SearchValues<byte> Special = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Select(i => (byte)i), (byte)'"', (byte)'\\']);

    static readonly byte[] Nul = "\\u0000"u8.ToArray();

    /// <summary>It has a version in front.</summary>
    public bool IsBinary => isBinary;

    public override FieldForm Form(LogicalType from) =>
        isBinary && !stripNul && from.Kind == TypeKind.Varchar ? FieldForm.Jsonb : FieldForm.Encoded;

    protected override void Write(CopyBuffer to, VectorMemory from, int row)
    {
        var begin = to.Begin();
        if (isBinary) to.Byte(Version);
        if (from.Type.Kind == TypeKind.Varchar) Plain(to, ((Text*)from.Data)[row].Bytes);
        else Value(to, from, row);
        to.End(begin);
    }

    void Plain(CopyBuffer to, ReadOnlySpan<byte> json)
    {
        if (!stripNul || json.IndexOf(Nul) < 0)
        {
            to.Write(json);
            return;
        }
        for (var i = 0; i < json.Length; i++)
        {
            if (json[i] != '\\' || i + 1 == json.Length)
            {
                to.Byte(json[i]);
            }
            else if (json[i..].StartsWith(Nul))
            {
                i += Nul.Length - 1;
            }
            else
            {
                // What a backslash keeps is no beginning of another escape.
                to.Byte(json[i]);
                to.Byte(json[++i]);
            }
        }
    }

    void Value(CopyBuffer to, VectorMemory from, int row)
    {
        var vector = new Vector(from);
        if (vector.IsNull(row))
        {
            to.Write("null"u8);
            return;
        }
        switch (from.Type.Kind)
        {
            case TypeKind.Struct: Fields(to, from, row); break;
            case TypeKind.Map: Entries(to, from, row); break;
            case TypeKind.List or TypeKind.Array: Elements(to, from, row); break;
            case TypeKind.Union: Value(to, from.Children[1 + from.Children[0].Data[row]], row); break;
            case TypeKind.Varchar when from.Type.Alias == "JSON": Plain(to, ((Text*)from.Data)[row].Bytes); break;
            case TypeKind.Varchar: String(to, ((Text*)from.Data)[row].Bytes); break;
            case TypeKind.Float when !float.IsFinite(((float*)from.Data)[row]): NoNumber(to, ((float*)from.Data)[row]); break;
            case TypeKind.Double when !double.IsFinite(((double*)from.Data)[row]): NoNumber(to, ((double*)from.Data)[row]); break;
            case TypeKind.Decimal: Decimal(to, vector, row); break;
            case TypeKind.Boolean or TypeKind.TinyInt or TypeKind.SmallInt or TypeKind.Integer or TypeKind.BigInt or TypeKind.HugeInt or
                TypeKind.UTinyInt or TypeKind.USmallInt or TypeKind.UInteger or TypeKind.UBigInt or TypeKind.UHugeInt or TypeKind.Float or
                TypeKind.Double or TypeKind.BigNum:
                ValueText.Write(to, vector, row);
                break;
            default: Quoted(to, vector, row); break;
        }
    }

    /// <summary>As the server's own to_jsonb has it.</summary>
    static void NoNumber(CopyBuffer to, double value) =>
        to.Write(double.IsNaN(value) ? "\"NaN\""u8 : value > 0 ? "\"Infinity\""u8 : "\"-Infinity\""u8);

    /// <summary>JSON wants a digit in front of the point, where the engine has none when all are behind it.</summary>
    static void Decimal(CopyBuffer to, Vector vector, int row)
    {
        var start = to.Length;
        ValueText.Write(to, vector, row);
        var sign = to.From(start)[0] == (byte)'-' ? 1 : 0;
        if (to.From(start)[sign] != (byte)'.') return;
        to.Byte(0);
        var digits = to.From(start + sign);
        digits[..^1].CopyTo(digits[1..]);
        digits[0] = (byte)'0';
    }

    void Fields(CopyBuffer to, VectorMemory from, int row)
    {
        var fields = from.Type.Fields;
        // The fields of a row() have no names: they are known by their place.
        var isNamed = fields.Count == 0 || fields[0].Name.Length > 0;
        to.Byte((byte)(isNamed ? '{' : '['));
        for (var i = 0; i < fields.Count; i++)
        {
            if (i > 0) to.Byte((byte)',');
            if (isNamed)
            {
                String(to, Encoding.UTF8.GetBytes(fields[i].Name));
                to.Byte((byte)':');
            }
            Value(to, from.Children[i], row);
        }
        to.Byte((byte)(isNamed ? '}' : ']'));
    }

    void Entries(CopyBuffer to, VectorMemory from, int row)
    {
        var entry = ((ListEntry*)from.Data)[row];
        var (keys, values) = (from.Children[0].Children[0], from.Children[0].Children[1]);
        to.Byte((byte)'{');
        for (var i = (int)entry.Offset; i < (int)(entry.Offset + entry.Length); i++)
        {
            if (i > (int)entry.Offset) to.Byte((byte)',');
            if (keys.Type.Kind == TypeKind.Varchar) String(to, ((Text*)keys.Data)[i].Bytes);
            else Quoted(to, new Vector(keys), i);
            to.Byte((byte)':');
            Value(to, values, i);
        }
        to.Byte((byte)'}');
    }

    void Elements(CopyBuffer to, VectorMemory from, int row)
    {
        var child = from.Children[0];
        var (offset, length) = from.Type.Kind == TypeKind.Array
            ? (row * from.Type.Length, from.Type.Length)
            : ((int)((ListEntry*)from.Data)[row].Offset, (int)((ListEntry*)from.Data)[row].Length);
        to.Byte((byte)'[');
        for (var i = offset; i < offset + length; i++)
        {
            if (i > offset) to.Byte((byte)',');
            Value(to, child, i);
        }
        to.Byte((byte)']');
    }

    void Quoted(CopyBuffer to, Vector vector, int row)
    {
        var text = new System.Buffers.ArrayBufferWriter<byte>();
        ValueText.Write(text, vector, row);
        String(to, text.WrittenSpan);
    }

    void String(CopyBuffer to, ReadOnlySpan<byte> text)
    {
        to.Byte((byte)'"');
        while (!text.IsEmpty)
        {
            var plain = text.IndexOfAny(Special);
            if (plain < 0) plain = text.Length;
            to.Write(text[..plain]);
            if (plain == text.Length) break;
            Escape(to, text[plain]);
            text = text[(plain + 1)..];
        }
        to.Byte((byte)'"');
    }

    void Escape(CopyBuffer to, byte value)
    {
        switch (value)
        {
            case 0 when stripNul: break;
            case 0:
                throw new UnfitException("QN8282", "a text holds a NUL character, which PostgreSQL cannot keep")
                {
                    Try = ["--on-nul strip     leaves it out"],
                };
            case (byte)'"' or (byte)'\\':
                to.Byte((byte)'\\');
                to.Byte(value);
                break;
            default:
                to.Write("\\u00"u8);
                value.TryFormat(new Span<byte>(to.Take(2), 2), out _, "x2", System.Globalization.CultureInfo.InvariantCulture);
                break;
        }
    }
}
