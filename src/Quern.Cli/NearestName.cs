namespace Quern.Cli;

/// <summary>The known name that a mistyped one probably means.</summary>
/// <remarks>
/// Optimal string alignment distance: insertions, deletions, substitutions and swaps of neighbours cost one each
/// (Damerau 1964). A name that starts with what was typed is near at any length.
/// </remarks>
static class NearestName
{
    /// <summary>The nearest of the known names; null when none is near: at most a third of the letters, rounded up, may differ.</summary>
    public static string? Of(string typed, IEnumerable<string> known)
    {
        // Dashes that all options share would make any two of them look alike.
        var bare = typed.TrimStart('-');
        return known
            .Select(name => (Name: name, Bare: name.TrimStart('-')))
            .Select(candidate => (candidate.Name, Distance: Distance(bare, candidate.Bare), Longest: Math.Max(bare.Length, candidate.Bare.Length)))
            .Where(candidate => candidate.Distance <= (candidate.Longest + 2) / 3)
            .OrderBy(candidate => candidate.Distance)
            .ThenBy(candidate => candidate.Name, StringComparer.Ordinal)
            .Select(candidate => candidate.Name)
            .FirstOrDefault();
    }

    static int Distance(string a, string b)
    {
        if (a.Length >= 2 && b.StartsWith(a, StringComparison.Ordinal)) return 0;
        // Three rows of the table: before the last, last, current.
        var (older, last, current) = (new int[b.Length + 1], new int[b.Length + 1], new int[b.Length + 1]);
        for (var j = 0; j <= b.Length; j++) last[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            current[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = a[i - 1] == b[j - 1] ? 0 : 1;
                current[j] = Math.Min(Math.Min(last[j] + 1, current[j - 1] + 1), last[j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    current[j] = Math.Min(current[j], older[j - 2] + 1);
            }
            (older, last, current) = (last, current, older);
        }
        return last[b.Length];
    }
}
