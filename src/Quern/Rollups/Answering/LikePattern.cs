using System.Text;

namespace Quern.Rollups.Answering;

/// <summary>A pattern of SQL's LIKE: % stands for any characters, _ for one, of Unicode.</summary>
sealed class LikePattern
{
    readonly List<(Rune Rune, char Wild)> _parts = [];

    /// <summary>Reads a pattern.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="escape">Makes the next character stand for itself; null for none.</param>
    public LikePattern(string pattern, char? escape)
    {
        var isEscaped = false;
        foreach (var rune in pattern.EnumerateRunes())
        {
            if (!isEscaped && escape is { } mark && rune.Value == mark)
            {
                isEscaped = true;
            }
            else
            {
                _parts.Add((rune, !isEscaped && rune.Value is ('%' or '_') ? (char)rune.Value : '\0'));
                isEscaped = false;
            }
        }
    }

    /// <summary>The whole text matches.</summary>
    public bool Matches(string text)
    {
        var runes = text.EnumerateRunes().ToArray();
        // Behind the last % and the text that it has taken so far, for another try with one more character.
        var (part, at, star, taken) = (0, 0, -1, 0);
        while (at < runes.Length)
        {
            if (part < _parts.Count && _parts[part].Wild == '%') (star, taken) = (++part, at);
            else if (part < _parts.Count && (_parts[part].Wild == '_' || _parts[part].Wild == '\0' && _parts[part].Rune == runes[at])) (part, at) = (part + 1, at + 1);
            else if (star >= 0) (part, at) = (star, ++taken);
            else return false;
        }
        while (part < _parts.Count && _parts[part].Wild == '%') part++;
        return part == _parts.Count;
    }
}
