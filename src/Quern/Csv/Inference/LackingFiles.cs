namespace Quern.Csv.Inference;

/// <summary>Which files lack a column that others have. Files mostly share one list of names, which is looked through once.</summary>
sealed class LackingFiles
{
    /// <summary>Files that evidence names because they lack a column.</summary>
    const int MostNamed = 20;

    readonly List<(HashSet<string> Names, List<(int Place, string Name)> Files)> _groups = [];

    /// <summary>Files with a record are looked at; others have no columns to lack.</summary>
    /// <param name="layouts">The files; equal lists of names are the same object.</param>
    public LackingFiles(IReadOnlyList<FileLayout> layouts)
    {
        var files = layouts.Select((layout, place) => (layout.Names, File: (place, layout.Start.File.Name))).Where(file => file.Names.Count > 0);
        foreach (var group in files.GroupBy(file => file.Names, ReferenceEqualityComparer.Instance))
            _groups.Add((new(group.First().Names, StringComparer.OrdinalIgnoreCase), [.. group.Select(file => file.File)]));
    }

    /// <summary>Whether a file lacks the column.</summary>
    public bool Any(string name) => _groups.Exists(g => !g.Names.Contains(name));

    /// <summary>Files that lack the column: the first, and how many more.</summary>
    public List<string> Files(string name)
    {
        var files = _groups.Where(g => !g.Names.Contains(name)).SelectMany(g => g.Files).Order().Select(file => file.Name).ToList();
        return files.Count <= MostNamed ? files : [.. files.Take(MostNamed), FormattableString.Invariant($"and {files.Count - MostNamed:N0} more")];
    }
}
