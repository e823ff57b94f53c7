using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Quern.Chunks;

namespace Quern.Delivery.Sqlite.Values;

/// <summary>Lists, arrays, maps, structs and unions as JSON.</summary>
/// <remarks>Numbers keep all their digits; numbers that JSON does not have (<c>nan</c>, <c>inf</c>) and everything else are texts as the
/// engine spells them. Keys of maps become names.</remarks>
sealed class JsonText : IDisposable
{
    static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    readonly ArrayBufferWriter<byte> _scalar = new();
    Utf8JsonWriter? _writer;

    /// <summary>Writes a value that is not NULL.</summary>
    public void Write(IBufferWriter<byte> to, Vector vector, int row)
    {
        if (_writer is null) _writer = new Utf8JsonWriter(to, Options);
        else _writer.Reset(to);
        Write(_writer, vector, row);
        _writer.Flush();
    }

    /// <inheritdoc/>
    public void Dispose() => _writer?.Dispose();

    void Write(Utf8JsonWriter to, Vector vector, int row)
    {
        if (vector.IsNull(row))
        {
            to.WriteNullValue();
            return;
        }
        switch (vector.Type.Kind)
        {
            case TypeKind.Boolean: to.WriteBooleanValue(vector.Values<byte>()[row] != 0); break;
            case TypeKind.List or TypeKind.Array: WriteElements(to, vector, row); break;
            case TypeKind.Map: WriteEntries(to, vector, row); break;
            case TypeKind.Struct: WriteFields(to, vector, row); break;
            case TypeKind.Union: Write(to, vector.Field(vector.Tag.Values<byte>()[row]), row); break;
            case TypeKind.Varchar when vector.Type.Alias == "JSON": to.WriteRawValue(vector.Texts[row].Bytes, skipInputValidation: true); break;
            case TypeKind.Varchar: to.WriteStringValue(vector.Texts[row].Bytes); break;
            case var kind when IsNumber(kind):
                var number = Spelled(vector, row);
                if (IsJson(number)) to.WriteRawValue(number, skipInputValidation: true);
                else WriteUnpointed(to, number);
                break;
            default: to.WriteStringValue(Spelled(vector, row)); break;
        }
    }

    void WriteElements(Utf8JsonWriter to, Vector vector, int row)
    {
        var entry = vector.Type.Kind == TypeKind.Array
            ? new ListEntry((ulong)row * (ulong)vector.Type.Length, (ulong)vector.Type.Length)
            : vector.Lists[row];
        to.WriteStartArray();
        for (var i = 0ul; i < entry.Length; i++) Write(to, vector.Child, (int)(entry.Offset + i));
        to.WriteEndArray();
    }

    void WriteEntries(Utf8JsonWriter to, Vector vector, int row)
    {
        var entry = vector.Lists[row];
        to.WriteStartObject();
        for (var i = entry.Offset; i < entry.Offset + entry.Length; i++)
        {
            to.WritePropertyName(Spelled(vector.Child.Field(0), (int)i));
            Write(to, vector.Child.Field(1), (int)i);
        }
        to.WriteEndObject();
    }

    void WriteFields(Utf8JsonWriter to, Vector vector, int row)
    {
        var fields = vector.Type.Fields;
        // The fields of a row() have no names: they are known by their place.
        var named = fields.Count == 0 || fields[0].Name.Length > 0;
        if (named) to.WriteStartObject();
        else to.WriteStartArray();
        for (var i = 0; i < fields.Count; i++)
        {
            if (named) to.WritePropertyName(fields[i].Name);
            Write(to, vector.Field(i), row);
        }
        if (named) to.WriteEndObject();
        else to.WriteEndArray();
    }

    static bool IsNumber(TypeKind kind) => kind is TypeKind.TinyInt or TypeKind.SmallInt or TypeKind.Integer or TypeKind.BigInt
        or TypeKind.UTinyInt or TypeKind.USmallInt or TypeKind.UInteger or TypeKind.UBigInt or TypeKind.HugeInt or TypeKind.UHugeInt
        or TypeKind.Float or TypeKind.Double or TypeKind.Decimal or TypeKind.BigNum;

    static bool IsJson(ReadOnlySpan<byte> number) => number.TrimStart((byte)'-')[0] is >= (byte)'0' and <= (byte)'9';

    /// <summary>A decimal without a digit before its point, or no number at all.</summary>
    static void WriteUnpointed(Utf8JsonWriter to, ReadOnlySpan<byte> number)
    {
        var point = number.IndexOf((byte)'.');
        if (point < 0) to.WriteStringValue(number);
        else to.WriteRawValue($"{(point > 0 ? "-" : "")}0{Encoding.ASCII.GetString(number[point..])}", skipInputValidation: true);
    }

    ReadOnlySpan<byte> Spelled(Vector vector, int row)
    {
        _scalar.ResetWrittenCount();
        ValueText.Write(_scalar, vector, row);
        return _scalar.WrittenSpan;
    }
}
