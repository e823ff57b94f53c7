using System.Globalization;
using System.Numerics;
using System.Text;

namespace Quern.Jinja.Values;

/// <summary>
/// Values as Python prints them: <c>str()</c> for what stands alone, <c>repr()</c> for what stands in a container.
/// Reals are the shortest text that reads back the same, with an exponent below -4 and from 16 on.
/// </summary>
public static class PythonText
{
    const string Zeros = "0000000000000000";
    const int MaxLength = 1 << 26;

    /// <summary>The text <c>{{ value }}</c> prints.</summary>
    public static string Of(object? value) => value switch
    {
        string text => text,
        null => "None",
        Undefined => "",
        bool flag => flag ? "True" : "False",
        long whole => whole.ToString(CultureInfo.InvariantCulture),
        double real => Real(real),
        decimal exact => exact.ToString(CultureInfo.InvariantCulture),
        BigInteger big => Whole(big),
        DateTime or DateTimeOffset or DateOnly or TimeOnly or TimeSpan => Moments.Print(value),
        TemplateObject other => other.ToString(),
        _ => Represent(value),
    };

    /// <summary>The text the value has inside a printed list: texts are quoted.</summary>
    public static string Represent(object? value)
    {
        switch (value)
        {
            case string or List<object?> or TupleValue or Dict:
                var builder = new StringBuilder();
                AppendRepresentation(builder, value, null);
                Meter.ChargeText(builder.Length);
                return builder.ToString();
            case Undefined:
                return "Undefined";
            case TemplateObject other:
                return other.Represent();
            case decimal exact:
                return $"Decimal('{exact.ToString(CultureInfo.InvariantCulture)}')";
            case DateTime or DateTimeOffset or DateOnly or TimeOnly or TimeSpan:
                return Moments.Represent(value);
            default:
                return Of(value);
        }
    }

    static string Whole(BigInteger value)
    {
        Meter.Step(value.GetBitLength() * value.GetBitLength() >> 16);
        return value.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>A real number as Python prints it.</summary>
    public static string Real(double value)
    {
        if (double.IsNaN(value)) return "nan";
        if (double.IsInfinity(value)) return value > 0 ? "inf" : "-inf";
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        var sign = text[0] == '-' ? "-" : "";
        var (digits, point) = Digits(text.AsSpan(sign.Length));
        if (point is <= -4 or > 16)
        {
            var exponent = point - 1;
            var fraction = digits.Length > 1 ? "." + digits[1..] : "";
            var mark = exponent < 0 ? '-' : '+';
            return $"{sign}{digits[0]}{fraction}e{mark}{Math.Abs(exponent):00}";
        }

        if (point <= 0) return $"{sign}0.{Zeros[..-point]}{digits}";
        if (digits.Length <= point) return $"{sign}{digits}{Zeros[..(point - digits.Length)]}.0";
        return $"{sign}{digits[..point]}.{digits[point..]}";
    }

    /// <summary>
    /// Writes a value the way it stands in a container. Lists that contain themselves print <c>[...]</c>.
    /// </summary>
    static void AppendRepresentation(StringBuilder output, object? value, List<object>? open)
    {
        if (output.Length > MaxLength) throw TemplateFailure.Budget("the printed value is too long");
        switch (value)
        {
            case string text:
                AppendQuoted(output, text);
                return;
            case List<object?> list:
                if (!Enter(ref open, list)) output.Append("[...]");
                else AppendItems(output, list, '[', ']', open!);
                break;
            case TupleValue tuple:
                if (!Enter(ref open, tuple))
                {
                    output.Append("(...)");
                    return;
                }

                AppendItems(output, tuple, '(', ')', open!);
                break;
            case Dict dict:
                if (!Enter(ref open, dict)) output.Append("{...}");
                else AppendEntries(output, dict, open!);
                break;
            default:
                output.Append(Represent(value));
                return;
        }
    }

    static void AppendItems(
        StringBuilder output, IReadOnlyList<object?> items, char first, char last, List<object> open)
    {
        Meter.Step(items.Count);
        output.Append(first);
        for (var i = 0; i < items.Count; i++)
        {
            if (i > 0) output.Append(", ");
            AppendRepresentation(output, items[i], open);
        }

        if (items is TupleValue { Count: 1 }) output.Append(',');
        output.Append(last);
        open.RemoveAt(open.Count - 1);
    }

    static void AppendEntries(StringBuilder output, Dict dict, List<object> open)
    {
        Meter.Step(dict.Count);
        output.Append('{');
        var first = true;
        foreach (var (key, item) in dict)
        {
            if (!first) output.Append(", ");
            first = false;
            AppendRepresentation(output, key, open);
            output.Append(": ");
            AppendRepresentation(output, item, open);
        }

        output.Append('}');
        open.RemoveAt(open.Count - 1);
    }

    static bool Enter(ref List<object>? open, object container)
    {
        Meter.Descend();
        open ??= [];
        foreach (var other in open)
            if (ReferenceEquals(other, container)) return false;
        if (open.Count >= 200) throw TemplateFailure.Depth("the value is nested more than 200 deep");
        open.Add(container);
        return true;
    }

    static void AppendQuoted(StringBuilder output, string text)
    {
        var quote = text.Contains('\'') && !text.Contains('"') ? '"' : '\'';
        output.Append(quote);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            switch (c)
            {
                case '\n': output.Append("\\n"); break;
                case '\r': output.Append("\\r"); break;
                case '\t': output.Append("\\t"); break;
                case '\\': output.Append("\\\\"); break;
                case < ' ' or '\x7f': output.Append($"\\x{(int)c:x2}"); break;
                default:
                    if (c == quote) output.Append('\\').Append(c);
                    else if (c < 0x80 || IsPrintable(text, ref i, output)) output.Append(text[i]);
                    break;
            }
        }

        output.Append(quote);
    }

    /// <summary>Whether a character beyond ASCII is kept; one that is not is written as an escape here.</summary>
    static bool IsPrintable(string text, ref int i, StringBuilder output)
    {
        var c = text[i];
        if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
        {
            output.Append(c);
            i++;
            return true;
        }

        var isHidden = char.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.Format
            or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.SpaceSeparator;
        if (!isHidden) return true;
        output.Append(c < 0x100 ? $"\\x{(int)c:x2}" : $"\\u{(int)c:x4}");
        return false;
    }

    /// <summary>The significant digits of a printed real, and how many of them stand before the point.</summary>
    static (string Digits, int Point) Digits(ReadOnlySpan<char> text)
    {
        var exponent = 0;
        var mark = text.IndexOf('E');
        if (mark >= 0)
        {
            exponent = int.Parse(text[(mark + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
            text = text[..mark];
        }

        var dot = text.IndexOf('.');
        var point = (dot < 0 ? text.Length : dot) + exponent;
        var digits = dot < 0 ? text.ToString() : string.Concat(text[..dot], text[(dot + 1)..]);
        var significant = digits.TrimStart('0');
        if (significant.Length == 0) return ("0", 1);
        point -= digits.Length - significant.Length;
        return (significant.TrimEnd('0'), point);
    }
}
