using System.Globalization;
using System.Text;

namespace Quern.Duck;

/// <summary>A place in a text of SQL.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1, in characters.</param>
/// <param name="Text">The line.</param>
public sealed record SqlPlace(int Line, int Column, string Text)
{
    // Of a long line, what is around the column.
    const int Shown = 100;

    /// <summary>The place of a byte of the UTF-8 form of a text; null when it lies outside.</summary>
    internal static SqlPlace? Find(string sql, int bytes)
    {
        var utf8 = Encoding.UTF8.GetBytes(sql);
        if (bytes < 0 || bytes >= utf8.Length) return null;
        var at = Encoding.UTF8.GetCharCount(utf8, 0, bytes);
        var start = at == 0 ? 0 : sql.LastIndexOf('\n', at - 1) + 1;
        var end = sql.IndexOf('\n', at);
        var line = sql.AsSpan(0, start).Count('\n') + 1;
        return new SqlPlace(line, at - start + 1, sql[start..(end < 0 ? sql.Length : end)].TrimEnd('\r'));
    }

    /// <summary><c>LINE 3: select b from t</c> and below it a caret at the column; the middle of it when the line is
    /// long.</summary>
    public override string ToString()
    {
        var label = string.Create(CultureInfo.InvariantCulture, $"LINE {Line}: ");
        var at = Math.Min(Column - 1, Text.Length);
        var from = Text.Length <= Shown ? 0 : Math.Clamp(at - (Shown / 2), 0, Text.Length - Shown);
        var shown = Text.AsSpan(from, Math.Min(Shown, Text.Length - from));
        var before = from > 0 ? "..." : "";
        var after = from + shown.Length < Text.Length ? "..." : "";

        // Tabs stay tabs, so that the caret stands below its column however wide they are.
        var caret = new StringBuilder().Append(' ', label.Length + before.Length);
        foreach (var character in shown[..(at - from)]) caret.Append(character == '\t' ? '\t' : ' ');
        return $"{label}{before}{shown}{after}\n{caret}^";
    }
}
