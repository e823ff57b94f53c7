using System.Globalization;
using System.Text;
using Quern.Chunks;
using Quern.Delivery.Postgres.Binary;
using Quern.Delivery.Postgres.Shapes;
using Quern.Delivery.Postgres.Typing;

namespace Quern.Delivery.Postgres.Inserting;

/// <summary>Writes values as the server's input functions read them, for statements other than COPY.</summary>
/// <remarks>Each value goes through its encoder first, so that what COPY would refuse is refused here in the same words.</remarks>
sealed class ValueTexts(IReadOnlyList<ColumnRoute> routes)
{
    readonly CopyBuffer _scratch = new(1 << 12);

    /// <summary>A value; null for NULL.</summary>
    /// <exception cref="UnfitException">It does not fit the column.</exception>
    public string? Of(VectorMemory from, int row, int column) => Of(routes[column].Encoder, from, row);

    /// <summary>Elements as an array of the server: <c>{"a",NULL}</c>.</summary>
    public static string Array(IEnumerable<string?> elements)
    {
        var text = new StringBuilder("{");
        foreach (var element in elements)
        {
            if (text.Length > 1) text.Append(',');
            Quote(text, element);
        }
        return text.Append('}').ToString();
    }

    string? Of(FieldEncoder encoder, VectorMemory from, int row)
    {
        _scratch.Cut(0);
        encoder.WriteField(_scratch, from, row);
        if (_scratch.Length == 4 && _scratch.Bytes[0] == 0xFF) return null;
        return encoder switch
        {
            TextEncoder or LabelEncoder or AnyTextEncoder => Encoding.UTF8.GetString(_scratch.Bytes[4..]),
            JsonEncoder json => Encoding.UTF8.GetString(_scratch.Bytes[(json.IsBinary ? 5 : 4)..]),
            ShapeEncoder => Convert.ToHexString(_scratch.Bytes[4..]),
            BytesEncoder => $"\\x{Convert.ToHexString(_scratch.Bytes[4..])}",
            ArrayEncoder array => Elements(array, from, row),
            DateEncoder or TimestampEncoder => Moment(ValueText.Read(new Vector(from), row)),
            _ => ValueText.Read(new Vector(from), row),
        };
    }

    string Elements(ArrayEncoder array, VectorMemory from, int row)
    {
        var (offset, length) = ArrayEncoder.Entry(from, row);
        var child = from.Children[0];
        var isInner = child.Type.Kind is TypeKind.List or TypeKind.Array;
        if (!isInner) return Array(Enumerable.Range(offset, length).Select(i => Of(array.Element, child, i)));
        return $"{{{string.Join(',', Enumerable.Range(offset, length).Select(i => Elements(array, child, i)))}}}";
    }

    /// <summary>Years before 1 are marked at the end, and what is finer than a microsecond was cut or refused.</summary>
    static string Moment(string text)
    {
        var point = text.IndexOf('.', StringComparison.Ordinal);
        var digits = point < 0 ? 0 : text.AsSpan(point + 1)
            .IndexOfAnyExceptInRange('0', '9') is >= 0 and var end ? end : text.Length - point - 1;
        if (digits > 6) text = text.Remove(point + 7, digits - 6);
        return text.Contains(" (BC)", StringComparison.Ordinal)
            ? string.Create(CultureInfo.InvariantCulture, $"{text.Replace(" (BC)", "", StringComparison.Ordinal)} BC")
            : text;
    }

    static void Quote(StringBuilder text, string? element)
    {
        if (element is null)
        {
            text.Append("NULL");
            return;
        }
        text.Append('"');
        foreach (var c in element)
        {
            if (c is '"' or '\\') text.Append('\\');
            text.Append(c);
        }
        text.Append('"');
    }
}
