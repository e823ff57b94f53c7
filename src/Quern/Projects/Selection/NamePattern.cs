namespace Quern.Projects.Selection;

/// <summary>Wildcards of names, as Python's <c>fnmatch</c> on Linux reads them: <c>*</c> any text, <c>?</c> one letter,
/// <c>[a-c]</c> one of these, <c>[!a-c]</c> none of these; a bracket that is not closed is itself. Case counts; a dot is a letter
/// like others.</summary>
/// <remarks>Matches in time of pattern times text: only the last star is tried again.</remarks>
static class NamePattern
{
    /// <summary>Whether a text has letters that are wildcards in a name of parts.</summary>
    public static bool HasWildcard(ReadOnlySpan<char> text) => text.ContainsAny("*?[]");

    /// <summary>Whether the whole text fits the pattern.</summary>
    public static bool Matches(ReadOnlySpan<char> text, ReadOnlySpan<char> pattern)
    {
        int at = 0, next = 0, star = -1, starText = 0;
        while (at < text.Length)
        {
            if (next < pattern.Length && pattern[next] == '*')
            {
                (star, starText) = (next++, at);
            }
            else if (next < pattern.Length && MatchesOne(text[at], pattern[next..], out var width))
            {
                at++;
                next += width;
            }
            else if (star >= 0)
            {
                next = star + 1;
                at = ++starText;
            }
            else
            {
                return false;
            }
        }
        return pattern[next..].Trim('*').IsEmpty;
    }

    static bool MatchesOne(char letter, ReadOnlySpan<char> pattern, out int width)
    {
        width = 1;
        if (pattern[0] == '?') return true;
        if (pattern[0] != '[') return pattern[0] == letter;
        // A bracket right behind the opening (or behind its !) is a letter of the set.
        var from = pattern.Length > 1 && pattern[1] == '!' ? 2 : 1;
        var end = from < pattern.Length ? pattern[(from + 1)..].IndexOf(']') : -1;
        if (end < 0) return letter == '[';
        end += from + 1;
        width = end + 1;
        return IsIn(letter, pattern[from..end]) != (from == 2);
    }

    static bool IsIn(char letter, ReadOnlySpan<char> set)
    {
        for (var i = 0; i < set.Length; i++)
        {
            if (i + 2 < set.Length && set[i + 1] == '-')
            {
                if (letter >= set[i] && letter <= set[i + 2]) return true;
                i += 2;
            }
            else if (set[i] == letter)
            {
                return true;
            }
        }
        return false;
    }
}
