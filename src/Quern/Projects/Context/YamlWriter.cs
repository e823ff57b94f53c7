using System.Globalization;
using System.Numerics;
using System.Text;
using Quern.Jinja;
using Quern.Jinja.Values;

namespace Quern.Projects.Context;

/// <summary>Values as YAML in block style, as <c>toyaml</c> writes them: lists stand at the indent of their key, texts that would be
/// read as
/// something else are quoted.</summary>
static class YamlWriter
{
    const int MostDepth = 100;

    /// <summary>Writes a value. Throws QN7007 for values that YAML has no plain form for.</summary>
    public static string Write(object? value, bool sortKeys)
    {
        var output = new StringBuilder();
        if (value is Dict { Count: > 0 } or List<object?> { Count: > 0 } or TupleValue { Count: > 0 })
        {
            WriteBlock(output, value, 0,
            sortKeys, 0);
        }
        else
        {
            output.Append(Scalar(value)).Append(value is Dict or List<object?> or TupleValue ? "\n" : "\n...\n");
        }

        return output.ToString();
    }

    static void WriteBlock(StringBuilder output, object value, int indent, bool sortKeys, int depth)
    {
        if (depth > MostDepth) throw TemplateFailure.Depth($"the value is nested more than {MostDepth} deep");
        var isFirst = true;
        if (value is Dict dict)
        {
            var entries = dict.Select(e => (Key: Scalar(e.Key), e.Value));
            foreach (var (key, item) in sortKeys ? entries.OrderBy(e => e.Key, StringComparer.Ordinal) : entries)
            {
                Begin();
                output.Append(key).Append(':');
                WriteItem(item, item is Dict ? indent + 2 : indent, true);
            }
            return;
        }
        foreach (var item in (IReadOnlyList<object?>)value)
        {
            Begin();
            output.Append('-');
            WriteItem(item, indent + 2, false);
        }

        // The first line of a block that stands behind a dash has its indent already.
        void Begin()
        {
            if (!isFirst || output.Length == 0 || output[^1] == '\n') output.Append(' ', indent);
            isFirst = false;
        }

        void WriteItem(object? item, int at, bool isOwnLine)
        {
            if (item is Dict { Count: > 0 } or List<object?> { Count: > 0 } or TupleValue { Count: > 0 })
            {
                output.Append(isOwnLine ? '\n' : ' ');
                WriteBlock(output, item, at, sortKeys, depth + 1);
            }
            else
            {
                output.Append(' ').Append(Scalar(item)).Append('\n');
            }
        }
    }

    static string Scalar(object? value) => value switch
    {
        null => "null",
        bool flag => flag ? "true" : "false",
        string text => Text(text),
        long or BigInteger or double or decimal => PythonText.Of(value),
        Dict => "{}",
        List<object?> or TupleValue => "[]",
        DateTime or DateTimeOffset or DateOnly => PythonText.Of(value),
        _ => throw TemplateFailure.Type($"a {Value.TypeName(value)} has no YAML form"),
    };

    static string Text(string text)
    {
        if (text.Any(char.IsControl)) return JsonText.Write(text, false);
        return IsPlain(text) ? text : $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
    }

    static bool IsPlain(string text) =>
        text.Length > 0 && text == text.Trim() && !"-?:,[]{}#&*!|>'\"%@`=".Contains(text[0])
            && !text.Contains(": ", StringComparison.Ordinal)
        && !text.Contains(" #", StringComparison.Ordinal) && !text.EndsWith(':')
        && text.ToLowerInvariant() is not ("null" or "~" or "true" or "false" or "yes" or "no" or "on" or "off" or "y" or "n")
        && !double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _) && !(char.IsAsciiDigit(text[0])
            && text.Any(c => c is '-' or ':' or '_'));
}
