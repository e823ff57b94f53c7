namespace Quern.Csv.Inference;

/// <summary>Lists of names that are the same, name by name: files of a set mostly have one list, which is kept once.</summary>
sealed class SameNames : IEqualityComparer<IReadOnlyList<string>>
{
    /// <inheritdoc/>
    public bool Equals(IReadOnlyList<string>? x, IReadOnlyList<string>? y) =>
        ReferenceEquals(x, y) || (x is not null && y is not null && x.SequenceEqual(y));

    /// <inheritdoc/>
    public int GetHashCode(IReadOnlyList<string> obj)
    {
        var hash = default(HashCode);
        foreach (var name in obj) hash.Add(name, StringComparer.Ordinal);
        return hash.ToHashCode();
    }
}
