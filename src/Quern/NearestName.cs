namespace Quern;

/// <summary>
/// Finds the name that a user probably meant: of a file, a field, a filter. Optimal string alignment distance, case ignored:
/// insertions, deletions, substitutions and swaps of neighbours cost one each (Damerau 1964).
/// </summary>
public static class NearestName
{
    /// <summary>
    /// The nearest of <paramref name="candidates"/>, the first of equals; null when more than a third of the letters of
    /// <paramref name="name"/> would change (of a short name, more than one).
    /// </summary>
    public static string? Of(string name, IEnumerable<string> candidates)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(candidates);
        var best = default(string);
        var bestEdits = Math.Max(1, name.Length / 3) + 1;
        foreach (var candidate in candidates)
        {
            if (Math.Abs(candidate.Length - name.Length) >= bestEdits) continue;
            var edits = Edits(name, candidate);
            if (edits >= bestEdits) continue;
            best = candidate;
            bestEdits = edits;
        }
        return best;
    }

    static int Edits(string a, string b)
    {
        // Three rows of the table: before the last, last, current.
        var (older, last, current) = (new int[b.Length + 1], new int[b.Length + 1], new int[b.Length + 1]);
        for (var j = 0; j <= b.Length; j++) last[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            current[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var change = Same(a[i - 1], b[j - 1]) ? 0 : 1;
                current[j] = Math.Min(Math.Min(last[j], current[j - 1]) + 1, last[j - 1] + change);
                if (i > 1 && j > 1 && Same(a[i - 1], b[j - 2]) && Same(a[i - 2], b[j - 1]))
                    current[j] = Math.Min(current[j], older[j - 2] + 1);
            }
            (older, last, current) = (last, current, older);
        }
        return last[b.Length];
    }

    static bool Same(char a, char b) => char.ToLowerInvariant(a) == char.ToLowerInvariant(b);
}
