using System.Globalization;
using System.Numerics;
using System.Text;

namespace Quern.Jinja.Values;

/// <summary>
/// Values as JSON, laid out as Python's <c>json.dumps</c> does: <c>", "</c> and <c>": "</c>, ASCII only.
/// </summary>
public static class JsonText
{
    const int MaxDepth = 200;

    /// <summary>Writes a value. Throws QN7007 for values JSON has no form for.</summary>
    /// <param name="value">The value.</param>
    /// <param name="sortKeys">Whether the keys of dicts are sorted.</param>
    /// <param name="indent">Blanks per level, each item on its own line; below 0 (the default) all on one line.</param>
    public static string Write(object? value, bool sortKeys, int indent = -1)
    {
        var output = new StringBuilder();
        Write(output, value, sortKeys, indent, 0);
        return output.ToString();
    }

    static void Write(StringBuilder output, object? value, bool sortKeys, int indent, int depth)
    {
        Meter.Descend();
        Meter.Charge(16);
        if (depth > MaxDepth) throw TemplateFailure.Depth($"the value is nested more than {MaxDepth} deep");
        switch (value)
        {
            case null:
                output.Append("null");
                break;
            case bool flag:
                output.Append(flag ? "true" : "false");
                break;
            case string text:
                Meter.ChargeText(text.Length);
                Quote(output, text);
                break;
            case long or BigInteger or decimal:
                output.Append(PythonText.Of(value));
                break;
            case double real:
                output.Append(double.IsNaN(real) ? "NaN"
                    : double.IsInfinity(real) ? (real > 0 ? "Infinity" : "-Infinity")
                    : PythonText.Real(real));
                break;
            case Dict dict:
                WriteEntries(output, dict, sortKeys, indent, depth);
                break;
            case IReadOnlyList<object?> list and (List<object?> or TupleValue):
                WriteItems(output, list, sortKeys, indent, depth);
                break;
            case Undefined undefined:
                throw undefined.Failure();
            case DateTime or DateTimeOffset or DateOnly or TimeOnly:
                Quote(output, Moments.Print(value));
                break;
            default:
                throw TemplateFailure.Type($"a {Value.TypeName(value)} has no JSON form",
                    "convert it first, as in: | list or | string");
        }
    }

    static void WriteItems(StringBuilder output, IReadOnlyList<object?> items, bool sortKeys, int indent, int depth)
    {
        output.Append('[');
        for (var i = 0; i < items.Count; i++)
        {
            Separate(output, i, indent, depth + 1);
            Write(output, items[i], sortKeys, indent, depth + 1);
        }

        if (items.Count > 0) Break(output, indent, depth);
        output.Append(']');
    }

    static void WriteEntries(StringBuilder output, Dict dict, bool sortKeys, int indent, int depth)
    {
        var entries = new List<object?>();
        foreach (var (key, value) in dict) entries.Add(new TupleValue(key, value));
        if (sortKeys) Ordering.Sort(entries, entry => ((TupleValue)entry!)[0], false);
        output.Append('{');
        for (var i = 0; i < entries.Count; i++)
        {
            var entry = (TupleValue)entries[i]!;
            Separate(output, i, indent, depth + 1);
            Quote(output, Key(entry[0]));
            output.Append(": ");
            Write(output, entry[1], sortKeys, indent, depth + 1);
        }

        if (entries.Count > 0) Break(output, indent, depth);
        output.Append('}');
    }

    static string Key(object? key) => key switch
    {
        string text => text,
        null => "null",
        bool flag => flag ? "true" : "false",
        long or BigInteger or double => PythonText.Of(key),
        _ => throw TemplateFailure.Type($"a {Value.TypeName(key)} cannot be a key in JSON"),
    };

    static void Separate(StringBuilder output, int index, int indent, int depth)
    {
        if (index > 0) output.Append(indent < 0 ? ", " : ",");
        Break(output, indent, depth);
    }

    static void Break(StringBuilder output, int indent, int depth)
    {
        if (indent < 0) return;
        Meter.ChargeText(indent * depth);
        output.Append('\n').Append(' ', indent * depth);
    }

    static void Quote(StringBuilder output, string text)
    {
        output.Append('"');
        foreach (var c in text)
        {
            switch (c)
            {
                case '"': output.Append("\\\""); break;
                case '\\': output.Append("\\\\"); break;
                case '\n': output.Append("\\n"); break;
                case '\r': output.Append("\\r"); break;
                case '\t': output.Append("\\t"); break;
                case '\b': output.Append("\\b"); break;
                case '\f': output.Append("\\f"); break;
                case < ' ' or > '~': output.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"); break;
                default: output.Append(c); break;
            }
        }

        output.Append('"');
    }
}
