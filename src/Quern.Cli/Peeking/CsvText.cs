using System.Buffers;
using System.Text;

namespace Quern.Cli.Peeking;

/// <summary>A few rows as CSV: commas, LF, double quotes where they are needed. NULL is empty, and an empty text is in quotes.</summary>
static class CsvText
{
    static readonly SearchValues<char> Special = SearchValues.Create(",\"\r\n");

    /// <summary>Header and rows, each with its line end.</summary>
    public static string Of(IReadOnlyList<string> names, IEnumerable<IReadOnlyList<string?>> rows)
    {
        var text = new StringBuilder();
        Line(text, names);
        foreach (var row in rows) Line(text, row);
        return text.ToString();
    }

    static void Line(StringBuilder text, IReadOnlyList<string?> cells)
    {
        for (var i = 0; i < cells.Count; i++)
        {
            if (i > 0) text.Append(',');
            Cell(text, cells[i], isOnly: cells.Count == 1);
        }
        text.Append('\n');
    }

    static void Cell(StringBuilder text, string? cell, bool isOnly)
    {
        // A line of one empty cell would be a blank line, which is no row.
        if (cell is null && !isOnly) return;
        if (cell is { Length: > 0 } && !cell.AsSpan().ContainsAny(Special) && cell[0] != ' ' && cell[^1] != ' ')
            text.Append(cell);
        else
            text.Append('"').Append(cell?.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
    }
}
