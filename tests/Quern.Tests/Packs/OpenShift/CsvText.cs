using System.Text;

namespace Quern.Tests.Packs.OpenShift;

/// <summary>A small reader of CSV (RFC 4180, lines end in LF), to look at files without the product's reader.</summary>
static class CsvText
{
    /// <summary>Header and rows; an unquoted field that is <paramref name="nullText"/> is null.</summary>
    public static IReadOnlyList<string?[]> Read(string text, string? nullText = null)
    {
        var rows = new List<string?[]>();
        var row = new List<string?>();
        var field = new StringBuilder();
        var (isQuoted, wasQuoted) = (false, false);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (isQuoted && c == '"' && i + 1 < text.Length && text[i + 1] == '"')
            {
                field.Append(text[++i]);
            }
            else if (c == '"')
            {
                (isQuoted, wasQuoted) = (!isQuoted, true);
            }
            else if (isQuoted || c is not (',' or '\n'))
            {
                field.Append(c);
            }
            else
            {
                row.Add(!wasQuoted && field.ToString() == nullText ? null : field.ToString());
                field.Clear();
                wasQuoted = false;
                if (c == ',') continue;
                rows.Add([.. row]);
                row.Clear();
            }
        }
        return rows;
    }

    /// <summary>A field as it stands in a file.</summary>
    public static string Field(string text) =>
        text.AsSpan().IndexOfAny(",\"\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
