namespace Quern.Jinja.Values;

/// <summary>
/// Texts counted in characters, as Python counts them, where .NET counts UTF-16 units: the two differ only for texts
/// with characters beyond U+FFFF.
/// </summary>
static class Letters
{
    public static int Count(string text)
    {
        if (!HasPairs(text)) return text.Length;
        var pairs = 0;
        for (var i = 0; i + 1 < text.Length; i++)
        {
            if (!char.IsHighSurrogate(text[i]) || !char.IsLowSurrogate(text[i + 1])) continue;
            pairs++;
            i++;
        }

        return text.Length - pairs;
    }

    /// <summary>Whether the text has characters beyond U+FFFF.</summary>
    public static bool HasPairs(string text)
    {
        if (text.Length > 1024) Meter.Step(text.Length >> 8);
        return text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF');
    }

    /// <summary>Characters that Python strips and splits at.</summary>
    public static bool IsSpace(char c) => char.IsWhiteSpace(c) || c is >= '\x1c' and <= '\x1f';

    /// <summary>The offset in UTF-16 units of a character.</summary>
    public static int Offset(string text, int index)
    {
        var at = 0;
        while (index-- > 0 && at < text.Length) at += IsPair(text, at) ? 2 : 1;
        return at;
    }

    /// <summary>The character at an index.</summary>
    public static string At(string text, int index)
    {
        if (!HasPairs(text)) return text[index].ToString();
        var at = Offset(text, index);
        return text.Substring(at, IsPair(text, at) ? 2 : 1);
    }

    /// <summary>The index in characters of an offset in UTF-16 units; -1 stays.</summary>
    public static int Index(string text, int offset) =>
        offset < 0 || !HasPairs(text) ? offset : Count(text[..offset]);

    static bool IsPair(string text, int at) =>
        char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]);
}
