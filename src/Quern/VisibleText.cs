using System.Buffers;
using System.Globalization;
using System.Text;

namespace Quern;

/// <summary>
/// Text that no terminal obeys: names of files and values come from elsewhere, and may hold any character. A control
/// character is shown as <c>\x1B</c>; tabs stay, so that columns stay below each other.
/// </summary>
public static class VisibleText
{
    /// <summary>C0 without the tab, DEL and C1 (ECMA-48).</summary>
    static readonly SearchValues<char> Hidden = SearchValues.Create(
        [.. Enumerable.Range(0, 0xA0).Select(c => (char)c).Where(c => char.IsControl(c) && c != '\t')]);

    /// <summary>The text on one line: line ends are shown, too.</summary>
    public static string Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!text.AsSpan().ContainsAny(Hidden)) return text;
        var visible = new StringBuilder();
        foreach (var c in text)
        {
            if (Hidden.Contains(c)) visible.Append(CultureInfo.InvariantCulture, $"\\x{(int)c:X2}");
            else visible.Append(c);
        }
        return visible.ToString();
    }

    /// <summary>The text with its line feeds as they are.</summary>
    public static string OfLines(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return string.Join('\n', text.Split('\n').Select(Of));
    }
}
