namespace Quern.Bench.Csv;

/// <summary>What <c>csv</c> measures.</summary>
/// <param name="Rows">Rows of the first shape; others have a share of it.</param>
/// <param name="Rounds">Measured rounds.</param>
/// <param name="Threads">Threads of all readers.</param>
/// <param name="Seed">What the files are made from.</param>
sealed record CsvPlan(long Rows, int Rounds, int Threads, int Seed)
{
    /// <summary>The files.</summary>
    public required IReadOnlyList<CsvShape> Shapes { get; init; }

    /// <summary>Where they are.</summary>
    public required string Folder { get; init; }

    /// <summary>Where the programs of other readers are; null for no Parquet.</summary>
    public required string? Rivals { get; init; }

    /// <summary>The command.</summary>
    public required string Quern { get; init; }
}
