namespace Quern.Files;

/// <summary>
/// Finds the name a user probably meant, by the number of edits (Levenshtein, case ignored) between two names.
/// </summary>
static class NearestName
{
    /// <summary>
    /// The nearest of <paramref name="candidates"/>, the first of equals; null when a third of its letters or more
    /// would change.
    /// </summary>
    internal static string? Of(string name, IEnumerable<string> candidates)
    {
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
        var row = new int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++) row[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var above = row[j];
                var change = char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]) ? 0 : 1;
                row[j] = Math.Min(diagonal + change, Math.Min(above, row[j - 1]) + 1);
                diagonal = above;
            }
        }
        return row[b.Length];
    }
}
