using System.Globalization;
using System.Text;

namespace Quern.Cli.Peeking;

/// <summary>A table that fits a width: cells that are too long are cut, and columns for which there is no room are left out, which a
/// line below says.</summary>
static class TableText
{
    /// <summary>Letters of a cell, at most.</summary>
    const int MostCell = 32;

    /// <summary>Letters that a cell keeps where all columns are to show.</summary>
    const int LeastCell = 8;

    const string Between = "  ";

    /// <summary>Its lines.</summary>
    /// <param name="names">Of the columns.</param>
    /// <param name="isNumber">For each column, whether its cells stand at the right.</param>
    /// <param name="rows">Cells as text, null for NULL.</param>
    /// <param name="width">Columns of the terminal.</param>
    /// <param name="narrows">Wide cells are cut further before a column is left out. Default: false.</param>
    public static List<string> Lines(
        IReadOnlyList<string> names, IReadOnlyList<bool> isNumber, IReadOnlyList<IReadOnlyList<string?>> rows, int width, bool narrows = false)
    {
        var cells = rows.Select(row => row.Select(cell => Cut(cell ?? "NULL", MostCell)).ToArray()).ToList();
        var heads = names.Select(name => Cut(name, MostCell)).ToArray();
        var widths = heads.Select((head, i) => cells.Select(row => Length(row[i])).Append(Length(head)).Max()).ToArray();
        if (narrows)
        {
            Narrow(widths, isNumber, width);
            cells = [.. cells.Select(row => row.Select((cell, i) => Cut(cell, widths[i])).ToArray())];
            heads = [.. heads.Select((head, i) => Cut(head, widths[i]))];
        }
        var shown = Fitting(widths, width);
        List<string> lines = [Line(heads, widths, isNumber, shown)];
        lines.Add(string.Join(Between, widths.Take(shown).Select(w => new string('-', w))));
        lines.AddRange(cells.Select(row => Line(row, widths, isNumber, shown)));
        if (shown == names.Count) return lines;
        var hidden = names.Count - shown;
        lines.Add(string.Create(CultureInfo.InvariantCulture, $"({hidden:N0} of {names.Count:N0} columns do not fit: a pipe, or --json, has all)"));
        return lines;
    }

    // The widest column of texts gives first; numbers keep their digits.
    static void Narrow(int[] widths, IReadOnlyList<bool> isNumber, int width)
    {
        while (widths.Sum() + (Between.Length * (widths.Length - 1)) > width)
        {
            var widest = Enumerable.Range(0, widths.Length).Where(i => !isNumber[i]).MaxBy(i => widths[i]);
            if (isNumber[widest] || widths[widest] <= LeastCell) return;
            widths[widest]--;
        }
    }

    static int Fitting(int[] widths, int width)
    {
        var (shown, used) = (0, 0);
        while (shown < widths.Length && used + widths[shown] + (shown == 0 ? 0 : Between.Length) <= width)
        {
            used += widths[shown] + (shown == 0 ? 0 : Between.Length);
            shown++;
        }
        return Math.Max(1, shown);
    }

    static string Line(string[] cells, int[] widths, IReadOnlyList<bool> isNumber, int shown) => string.Join(
        Between,
        cells.Take(shown).Select((cell, i) =>
        {
            var blanks = new string(' ', widths[i] - Length(cell));
            return isNumber[i] ? blanks + cell : cell + blanks;
        })).TrimEnd();

    static string Cut(string text, int most)
    {
        text = VisibleText.Of(text).Replace('\t', ' ');
        if (Length(text) <= most) return text;
        var cut = new StringBuilder();
        foreach (var rune in text.EnumerateRunes().Take(most - 3)) cut.Append(rune.ToString());
        return cut.Append("...").ToString();
    }

    static int Length(string text) => text.EnumerateRunes().Count();
}
