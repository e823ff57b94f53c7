using System.Globalization;
using System.Text;
using Quern.Jinja.Values;

namespace Quern.Jinja.Methods;

/// <summary>What the methods and filters of texts do, as Python's <c>str</c> does it.</summary>
static class TextMethods
{
    public static string Capitalized(string text) =>
        text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..].ToLowerInvariant();

    public static string Strip(string text, string? characters, bool left, bool right)
    {
        var (start, end) = (0, text.Length);
        while (left && start < end && IsStripped(text[start])) start++;
        while (right && end > start && IsStripped(text[end - 1])) end--;
        return text[start..end];

        bool IsStripped(char c) => characters is null ? Letters.IsSpace(c) : characters.Contains(c);
    }

    /// <summary>Pads to a width: on the left for 1, on the right for -1, on both sides for 0.</summary>
    public static string Pad(string text, long width, string fill, int side)
    {
        if (Letters.Count(fill) != 1) throw TemplateFailure.Type("the fill character must be one character");
        var missing = width - Letters.Count(text);
        if (missing <= 0) return text;
        Meter.ChargeText(missing + text.Length);
        // Of an odd number of blanks, the one left over goes to the left when the width is odd.
        var left = side switch { 1 => missing, -1 => 0, _ => missing / 2 + (missing & width & 1) };
        var output = new StringBuilder();
        output.Insert(0, fill, (int)left).Append(text);
        for (var i = missing - left; i > 0; i--) output.Append(fill);
        return output.ToString();
    }

    /// <summary>Replaces the first <paramref name="count"/> times, or all when it is negative.</summary>
    public static string Replaced(string text, string old, string with, long count)
    {
        Meter.Step(text.Length >> 6);
        if (old.Length == 0) return Interleaved(text, with, count < 0 ? long.MaxValue : count);
        var found = 0L;
        for (var at = text.IndexOf(old, StringComparison.Ordinal); at >= 0 && found != count; found++)
            at = text.IndexOf(old, at + old.Length, StringComparison.Ordinal);
        if (found == 0) return text;
        var length = text.Length + found * (with.Length - old.Length);
        Meter.ChargeText(length);
        if (count < 0) return text.Replace(old, with, StringComparison.Ordinal);
        var output = new StringBuilder((int)length);
        var from = 0;
        for (; found > 0; found--)
        {
            var at = text.IndexOf(old, from, StringComparison.Ordinal);
            output.Append(text, from, at - from).Append(with);
            from = at + old.Length;
        }

        return output.Append(text, from, text.Length - from).ToString();
    }

    /// <summary>The parts between runs of blanks.</summary>
    public static List<string> Words(string text, long limit = -1)
    {
        var words = new List<string>();
        var at = 0;
        while (true)
        {
            while (at < text.Length && Letters.IsSpace(text[at])) at++;
            if (at == text.Length) return words;
            var start = at;
            if (limit >= 0 && words.Count == limit)
            {
                words.Add(text[start..]);
                return words;
            }

            while (at < text.Length && !Letters.IsSpace(text[at])) at++;
            words.Add(text[start..at]);
        }
    }

    /// <summary>The parts between separators, at most <paramref name="limit"/> cuts from the left.</summary>
    public static List<string> Split(string text, string separator, long limit)
    {
        if (separator.Length == 0) throw TemplateFailure.Value("split needs a separator that is not empty");
        var parts = new List<string>();
        var from = 0;
        while (limit != 0)
        {
            var at = text.IndexOf(separator, from, StringComparison.Ordinal);
            if (at < 0) break;
            parts.Add(text[from..at]);
            from = at + separator.Length;
            limit--;
        }

        parts.Add(text[from..]);
        return parts;
    }

    /// <summary>As <see cref="Split"/> with the cuts from the right.</summary>
    public static List<string> SplitRight(string text, string separator, long limit)
    {
        if (separator.Length == 0) throw TemplateFailure.Value("rsplit needs a separator that is not empty");
        var parts = new List<string>();
        var to = text.Length;
        while (limit != 0)
        {
            var at = to < separator.Length ? -1 : text.LastIndexOf(separator, to - 1, StringComparison.Ordinal);
            if (at < 0) break;
            parts.Add(text[(at + separator.Length)..to]);
            to = at;
            limit--;
            if (to == 0) break;
        }

        parts.Add(text[..to]);
        parts.Reverse();
        return parts;
    }

    /// <summary>As <see cref="Words"/> with the cuts from the right.</summary>
    public static List<string> WordsRight(string text, long limit)
    {
        var words = new List<string>();
        var end = text.Length;
        while (true)
        {
            while (end > 0 && Letters.IsSpace(text[end - 1])) end--;
            if (end == 0) break;
            if (words.Count == limit)
            {
                words.Add(text[..end]);
                break;
            }

            var start = end;
            while (start > 0 && !Letters.IsSpace(text[start - 1])) start--;
            words.Add(text[start..end]);
            end = start;
        }

        words.Reverse();
        return words;
    }

    /// <summary>The lines of a text; a line end at its end makes no further line.</summary>
    public static List<string> Lines(string text, bool keepEnds)
    {
        Meter.ChargeText(text.Length);
        var lines = new List<string>();
        for (var at = 0; at < text.Length;)
        {
            var end = at;
            while (end < text.Length && !IsLineEnd(text[end])) end++;
            var next = end == text.Length ? end
                : text[end] == '\r' && end + 1 < text.Length && text[end + 1] == '\n' ? end + 2
                : end + 1;
            lines.Add(text[at..(keepEnds ? next : end)]);
            at = next;
        }

        return lines;
    }

    /// <summary>Every letter after something that is not one is made upper case, every other lower case.</summary>
    public static string Titled(string text)
    {
        var letters = text.ToCharArray();
        var inside = false;
        for (var i = 0; i < letters.Length; i++)
        {
            letters[i] = inside ? char.ToLowerInvariant(letters[i]) : char.ToUpperInvariant(letters[i]);
            inside = IsCased(letters[i]);
        }

        return new string(letters);
    }

    public static string CaseSwapped(string text) => string.Create(text.Length, text, (letters, source) =>
    {
        for (var i = 0; i < letters.Length; i++)
            letters[i] = char.IsUpper(source[i]) ? char.ToLowerInvariant(source[i]) : char.ToUpperInvariant(source[i]);
    });

    public static bool IsLower(string text) => text.Any(IsCased) && !text.Any(c => char.IsUpper(c) || IsTitle(c));

    public static bool IsUpper(string text) => text.Any(IsCased) && !text.Any(c => char.IsLower(c) || IsTitle(c));

    public static bool IsTitled(string text)
    {
        var (inside, any) = (false, false);
        foreach (var c in text)
        {
            if (char.IsUpper(c) || IsTitle(c) ? inside : char.IsLower(c) && !inside) return false;
            inside = IsCased(c);
            any |= inside;
        }

        return any;
    }

    public static bool IsIdentifier(string text) =>
        text.Length > 0 && !char.IsDigit(text[0]) && text.All(c => char.IsLetterOrDigit(c) || c == '_');

    public static string Untabbed(string text, long size)
    {
        var output = new StringBuilder();
        var column = 0L;
        foreach (var c in text)
        {
            if (c == '\t')
            {
                var blanks = size <= 0 ? 0 : size - column % size;
                Meter.ChargeText(blanks);
                output.Append(' ', (int)blanks);
                column += blanks;
                continue;
            }

            output.Append(c);
            column = c is '\n' or '\r' ? 0 : column + 1;
        }

        return output.ToString();
    }

    static string Interleaved(string text, string with, long count)
    {
        var letters = Iteration.Over(text);
        Meter.ChargeText(text.Length + Math.Min(count, letters.Count + 1L) * with.Length);
        var output = new StringBuilder();
        for (var i = 0; i < letters.Count; i++)
        {
            if (i < count) output.Append(with);
            output.Append((string)letters[i]!);
        }

        if (letters.Count < count) output.Append(with);
        return output.ToString();
    }

    static bool IsCased(char c) => char.IsUpper(c) || char.IsLower(c) || IsTitle(c);

    static bool IsTitle(char c) => char.GetUnicodeCategory(c) == UnicodeCategory.TitlecaseLetter;

    static bool IsLineEnd(char c) =>
        c is '\n' or '\r' or '\v' or '\f' or '\x1c' or '\x1d' or '\x1e' or '\x85' or '\u2028' or '\u2029';
}
