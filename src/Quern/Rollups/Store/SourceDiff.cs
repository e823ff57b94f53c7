namespace Quern.Rollups.Store;

/// <summary>What has become of the files of a store since it was built.</summary>
/// <param name="Same">Files whose size and time are those of the build.</param>
/// <param name="Changed">Files with another size or time, as they are now.</param>
/// <param name="New">Files that were not there.</param>
/// <param name="Gone">Files that are not there any more, as they were.</param>
sealed record SourceDiff(
    IReadOnlyList<SourceFile> Same,
    IReadOnlyList<SourceFile> Changed,
    IReadOnlyList<SourceFile> New,
    IReadOnlyList<SourceFile> Gone)
{
    /// <summary>Nothing has to be folded, and nothing to be taken away.</summary>
    public bool IsEmpty => Changed.Count + New.Count + Gone.Count == 0;

    /// <summary>New files are all there is: they can be added to what the store holds without what each of its files gave.</summary>
    public bool OnlyAdds => Changed.Count + Gone.Count == 0;

    /// <summary>Compares files by their paths.</summary>
    /// <param name="built">Those of the store.</param>
    /// <param name="now">Those that there are now, each once; rows need not be known.</param>
    public static SourceDiff Of(IReadOnlyList<SourceFile> built, IReadOnlyList<SourceFile> now)
    {
        var before = built.ToDictionary(f => f.Path, StringComparer.Ordinal);
        var paths = now.Select(f => f.Path).ToHashSet(StringComparer.Ordinal);
        return new(
            [.. now.Where(f => before.TryGetValue(f.Path, out var was) && IsSame(was, f)).Select(f => before[f.Path])],
            [.. now.Where(f => before.TryGetValue(f.Path, out var was) && !IsSame(was, f))],
            [.. now.Where(f => !before.ContainsKey(f.Path))],
            [.. built.Where(f => !paths.Contains(f.Path))]);
    }

    static bool IsSame(SourceFile was, SourceFile now) => was.Bytes == now.Bytes && was.Modified == now.Modified;
}
