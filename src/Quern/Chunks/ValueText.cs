using System.Buffers;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace Quern.Chunks;

/// <summary>Values as DuckDB's <c>::VARCHAR</c> spells them (1.5, time zone UTC), for every type but GEOMETRY and
/// VARIANT.</summary>
/// <remarks>Elements of lists, structs and maps are quoted when they would not read back: empty, with outer spaces, the
/// word null, or with one of <c>"'(),:=[]{}</c>. Source: DuckDB, src/function/cast.</remarks>
public static class ValueText
{
    static readonly SearchValues<byte> Special = SearchValues.Create("\"'(),:=[]{}"u8);

    /// <summary>The text of a value; NULL is <c>NULL</c>.</summary>
    /// <exception cref="NotSupportedException">The type is GEOMETRY or VARIANT: cast it in SQL.</exception>
    public static string Read(Vector vector, int row)
    {
        var output = new ArrayBufferWriter<byte>();
        Write(output, vector, row);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    /// <summary>Writes the text of a value in UTF-8; NULL is <c>NULL</c>. Scalars allocate nothing.</summary>
    /// <inheritdoc cref="Read"/>
    public static void Write(IBufferWriter<byte> output, Vector vector, int row)
    {
        if (vector.IsNull(row))
        {
            output.Write("NULL"u8);
            return;
        }
        var type = vector.Type;
        switch (type.Kind)
        {
            case TypeKind.Boolean: output.Write(vector.Values<byte>()[row] != 0 ? "true"u8 : "false"u8); break;
            case TypeKind.Varchar: output.Write(vector.Texts[row].Bytes); break;
            case TypeKind.Blob: WriteBlob(output, vector.Texts[row].Bytes); break;
            case TypeKind.Bit: WriteBits(output, vector.Texts[row].Bytes); break;
            case TypeKind.BigNum: WriteBigNum(output, vector.Texts[row].Bytes); break;
            case TypeKind.Enum: WriteString(output, type.EnumNames[(int)WholeNumber.Read(vector, row)]); break;
            case TypeKind.List or TypeKind.Array: WriteElements(output, vector, row); break;
            case TypeKind.Map: WriteEntries(output, vector, row); break;
            case TypeKind.Struct: WriteFields(output, vector, row); break;
            case TypeKind.Union: Write(output, vector.Field(vector.Tag.Values<byte>()[row]), row); break;
            case TypeKind.Geometry or TypeKind.Variant:
                throw new NotSupportedException($"{type} has no text here: cast it in SQL");
            default: output.Advance(WriteFixed(output.GetSpan(TimeText.MaxBytes), vector, row)); break;
        }
    }

    static int WriteFixed(Span<byte> to, Vector vector, int row)
    {
        var type = vector.Type;
        switch (type.Kind)
        {
            case TypeKind.Float: return NumberText.Write(to, vector.Values<float>()[row]);
            case TypeKind.Double: return NumberText.Write(to, vector.Values<double>()[row]);
            case TypeKind.Decimal: return NumberText.Write(to, WholeNumber.Read(vector, row), type.Precision, type.Scale);
            case TypeKind.Date: return TimeText.WriteDate(to, vector.Values<int>()[row]);
            case TypeKind.Time: return TimeText.WriteTime(to, vector.Values<long>()[row]);
            case TypeKind.TimeNanos: return TimeText.WriteTimeNanos(to, vector.Values<long>()[row]);
            case TypeKind.TimeTz: return TimeText.WriteTimeTz(to, vector.Values<TimeTz>()[row]);
            case TypeKind.Timestamp: return TimeText.WriteTimestamp(to, vector.Values<long>()[row]);
            case TypeKind.TimestampTz: return TimeText.WriteTimestampTz(to, vector.Values<long>()[row]);
            case TypeKind.TimestampSeconds: return TimeText.WriteTimestamp(to, vector.Values<long>()[row], 1);
            case TypeKind.TimestampMillis: return TimeText.WriteTimestamp(to, vector.Values<long>()[row], 1000);
            case TypeKind.TimestampNanos: return TimeText.WriteTimestampNanos(to, vector.Values<long>()[row]);
            case TypeKind.TimestampTzNanos: return TimeText.WriteTimestampTzNanos(to, vector.Values<long>()[row]);
            case TypeKind.Interval: return TimeText.WriteInterval(to, vector.Values<Interval>()[row]);
            case TypeKind.Uuid:
                vector.Values<Uuid>()[row].ToGuid().TryFormat(to, out var written);
                return written;
            case TypeKind.UHugeInt:
                vector.Values<UInt128>()[row].TryFormat(to, out written, default, CultureInfo.InvariantCulture);
                return written;
            default: return NumberText.Write(to, WholeNumber.Read(vector, row));
        }
    }

    static void WriteString(IBufferWriter<byte> output, string text) => Encoding.UTF8.GetBytes(text, output);

    static void WriteBlob(IBufferWriter<byte> output, ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
        {
            if (value is >= 32 and <= 126 and not (byte)'\\' and not (byte)'\'' and not (byte)'"')
            {
                output.Write([value]);
            }
            else
            {
                var to = output.GetSpan(4);
                "\\x"u8.CopyTo(to);
                value.TryFormat(to[2..], out _, "X2", CultureInfo.InvariantCulture);
                output.Advance(4);
            }
        }
    }

    static void WriteBits(IBufferWriter<byte> output, ReadOnlySpan<byte> bits)
    {
        for (var i = (int)bits[0]; i < (bits.Length - 1) * 8; i++)
            output.Write(((bits[1 + (i / 8)] >> (7 - (i % 8))) & 1) == 0 ? "0"u8 : "1"u8);
    }

    // Three bytes of header, the top bit set for numbers >= 0; then the magnitude, big-endian; all inverted when
    // negative.
    static void WriteBigNum(IBufferWriter<byte> output, ReadOnlySpan<byte> bytes)
    {
        const int Header = 3;
        var magnitude = bytes[Header..].ToArray();
        var negative = bytes[0] < 0x80;
        if (negative)
        {
            for (var i = 0; i < magnitude.Length; i++) magnitude[i] = (byte)~magnitude[i];
        }
        var value = new BigInteger(magnitude, isUnsigned: true, isBigEndian: true);
        WriteString(output, (negative ? -value : value).ToString(CultureInfo.InvariantCulture));
    }

    static void WriteElements(IBufferWriter<byte> output, Vector vector, int row)
    {
        var fixedLength = vector.Type.Kind == TypeKind.Array;
        // DuckDB does not quote the elements of an array, nor those of a list of JSON.
        var plain = fixedLength || vector.Type.Element!.Alias == "JSON";
        var entry = fixedLength
            ? new ListEntry((ulong)row * (ulong)vector.Type.Length, (ulong)vector.Type.Length)
            : vector.Lists[row];
        output.Write("["u8);
        for (var i = 0ul; i < entry.Length; i++)
        {
            if (i > 0) output.Write(", "u8);
            if (plain) Write(output, vector.Child, (int)(entry.Offset + i));
            else WriteQuoted(output, vector.Child, (int)(entry.Offset + i));
        }
        output.Write("]"u8);
    }

    static void WriteEntries(IBufferWriter<byte> output, Vector vector, int row)
    {
        var entry = vector.Lists[row];
        output.Write("{"u8);
        for (var i = 0ul; i < entry.Length; i++)
        {
            if (i > 0) output.Write(", "u8);
            WriteQuoted(output, vector.Child.Field(0), (int)(entry.Offset + i));
            output.Write("="u8);
            WriteQuoted(output, vector.Child.Field(1), (int)(entry.Offset + i));
        }
        output.Write("}"u8);
    }

    static void WriteFields(IBufferWriter<byte> output, Vector vector, int row)
    {
        var fields = vector.Type.Fields;
        var named = fields.Count > 0 && fields[0].Name.Length > 0;
        output.Write(named ? "{"u8 : "("u8);
        for (var i = 0; i < fields.Count; i++)
        {
            if (i > 0) output.Write(", "u8);
            if (named)
            {
                Quote(output, Encoding.UTF8.GetBytes(fields[i].Name));
                output.Write(": "u8);
            }
            WriteQuoted(output, vector.Field(i), row);
        }
        output.Write(named ? "}"u8 : ")"u8);
    }

    static void WriteQuoted(IBufferWriter<byte> output, Vector vector, int row)
    {
        if (vector.Type.IsNested || vector.IsNull(row))
        {
            Write(output, vector, row);
            return;
        }
        var text = new ArrayBufferWriter<byte>();
        Write(text, vector, row);
        if (NeedsQuotes(text.WrittenSpan)) Quote(output, text.WrittenSpan);
        else output.Write(text.WrittenSpan);
    }

    static bool NeedsQuotes(ReadOnlySpan<byte> text) =>
        text.IsEmpty || IsSpace(text[0]) || IsSpace(text[^1]) || Ascii.EqualsIgnoreCase(text, "null"u8) ||
        text.ContainsAny(Special);

    static bool IsSpace(byte value) => value is (byte)' ' or >= 9 and <= 13;

    static void Quote(IBufferWriter<byte> output, ReadOnlySpan<byte> text)
    {
        output.Write("'"u8);
        foreach (var value in text)
        {
            if (value is (byte)'\\' or (byte)'\'') output.Write("\\"u8);
            output.Write([value]);
        }
        output.Write("'"u8);
    }
}
