using System.Text;

namespace Quern.Yaml;

/// <summary>Indents the lines that continue a list or mapping in brackets, or a text in quotes.</summary>
/// <remarks>YAML 1.2 wants such lines further in than what they belong to, and YamlDotNet insists on it; YAML 1.1 and PyYAML, and so
/// the files of many projects, do not. Text after <c>|</c> and <c>&gt;</c> stays as it is.</remarks>
sealed class FlowIndent
{
    readonly StringBuilder _output = new();
    int _depth;
    char _quote;
    int _begin;

    /// <summary>The text with such lines indented; the very same text when there are none.</summary>
    public static string Deepen(string text)
    {
        var indent = new FlowIndent();
        var block = -1;
        foreach (var line in text.Split('\n'))
        {
            var isFlow = indent._depth > 0 || indent._quote != 0;
            var lead = line.Length - line.TrimStart(' ').Length;
            if (!isFlow && block >= 0 && (lead > block || line.Trim().Length == 0))
            {
                indent._output.Append(line).Append('\n');
                continue;
            }
            block = -1;
            if (isFlow && line.Trim().Length > 0) indent._output.Append(' ', indent._begin + 1);
            indent._output.Append(line).Append('\n');
            if (!isFlow) indent._begin = line.Length - line.TrimStart(' ', '-', '?').Length;
            indent.Scan(line);
            if (indent._depth == 0 && indent._quote == 0 && OpensText(line)) block = lead;
        }
        return indent._output.ToString(0, indent._output.Length - 1);
    }

    void Scan(string line)
    {
        // Whether a value may begin here: outside of brackets, a bracket or quote within a plain text is nothing but text.
        var atStart = true;
        for (var i = 0; i < line.Length; i++)
        {
            var c = line[i];
            if (_quote == '"' && c == '\\') i++;
            else if (_quote != 0) _quote = c == _quote ? '\0' : _quote;
            else if (c == '#' && (i == 0 || line[i - 1] is ' ' or '\t')) return;
            else if (c is '[' or '{' && (atStart || _depth > 0)) _depth++;
            else if (c is ']' or '}' && _depth > 0) _depth--;
            else if (c is '"' or '\'' && atStart) _quote = c;
            else if (c is ' ' or '\t') continue;
            atStart = c is '[' or '{' || _depth > 0 && c is ',' or ':'
                || c is ':' or '-' or '?' && (i + 1 == line.Length || line[i + 1] == ' ');
        }
    }

    // A line that ends in | or >, perhaps with a digit and a sign: what is further in below it is text.
    static bool OpensText(string line)
    {
        var end = line.TrimEnd();
        var comment = end.LastIndexOf(" #", StringComparison.Ordinal);
        if (comment > 0) end = end[..comment].TrimEnd();
        end = end.TrimEnd('+', '-', '1', '2', '3', '4', '5', '6', '7', '8', '9');
        return end.Length > 1 && end[^1] is '|' or '>' && end[^2] is ' ';
    }
}
