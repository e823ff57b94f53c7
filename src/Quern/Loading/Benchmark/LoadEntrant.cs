namespace Quern.Loading.Benchmark;

/// <summary>A method that runs against others.</summary>
/// <param name="Name">Its short name.</param>
/// <param name="What">What it does, in words.</param>
/// <param name="Rows">Rows of each load.</param>
/// <param name="Go">Loads so many rows into the empty table, and measures that.</param>
sealed record LoadEntrant(string Name, string What, long Rows, Func<long, LoadEffort> Go)
{
    /// <summary>The table is UNLOGGED. Default: false.</summary>
    public bool IsUnlogged { get; init; }

    /// <summary>It loads all rows or none, so it cannot be tried with a few. Default: false.</summary>
    public bool IsWhole { get; init; }
}
