namespace Quern.Converting.Trees;

/// <summary>What became of a CSV file.</summary>
/// <param name="Name">Its path below the folder.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Parquet">Path of its Parquet file below the folder of the results.</param>
public sealed record TreeEntry(string Name, long Bytes, string Parquet)
{
    /// <summary>Size of the Parquet file; null when there is none.</summary>
    public long? ParquetBytes { get; init; }

    /// <summary>Its rows; null when there is no Parquet file.</summary>
    public long? Rows { get; init; }

    /// <summary>Rows that were set aside. Default: 0.</summary>
    public long Rejected { get; init; }

    /// <summary>It was converted before, and neither it nor the options have changed since. Default: false.</summary>
    public bool IsUnchanged { get; init; }

    /// <summary>Why it could not be converted; null when it was.</summary>
    public Fault? Fault { get; init; }
}
