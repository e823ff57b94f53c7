using System.Globalization;

namespace Quern.Models.Profiling;

/// <summary>Reads what DuckDB prints of an operator: <c>{Function=READ_CSV_AUTO, 'Filename(s)'=a.csv, __estimated_cardinality__=5}</c>.
/// Texts with commas or quotes in them stand in single quotes, with a backslash before quotes.</summary>
static class OperatorDetails
{
    /// <summary>The value of a name; null when it is not there.</summary>
    public static string? Text(string details, string name)
    {
        var at = Find(details, name);
        if (at < 0) return null;
        var rest = details.AsSpan(at);
        if (rest.StartsWith("'")) return Quoted(rest[1..]);
        var end = rest.IndexOfAny(',', '}');
        return (end < 0 ? rest : rest[..end]).Trim().ToString();
    }

    /// <summary>How many rows DuckDB thought it would give; null when it does not say.</summary>
    public static long? Estimate(string details) =>
        long.TryParse(Text(details, "__estimated_cardinality__"), NumberStyles.None, CultureInfo.InvariantCulture, out var rows)
            ? rows : null;

    // Behind "name=" or "'name'=" where an entry begins.
    static int Find(string details, string name)
    {
        foreach (var key in (string[])[$"{name}=", $"'{name}'="])
        {
            for (var at = details.IndexOf(key, StringComparison.Ordinal); at > 0; at = details.IndexOf(key, at + 1, StringComparison.Ordinal))
            {
                if (details[at - 1] == '{' || details.AsSpan(0, at).EndsWith(", ")) return at + key.Length;
            }
        }
        return -1;
    }

    static string Quoted(ReadOnlySpan<char> text)
    {
        var value = new System.Text.StringBuilder();
        for (var i = 0; i < text.Length && text[i] != '\''; i++)
        {
            if (text[i] == '\\' && i + 1 < text.Length) i++;
            value.Append(text[i]);
        }
        return value.ToString();
    }
}
