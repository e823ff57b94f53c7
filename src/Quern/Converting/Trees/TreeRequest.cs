namespace Quern.Converting.Trees;

/// <summary>A folder whose CSV files are to become Parquet files.</summary>
public sealed record TreeRequest
{
    /// <summary>The folder, as the caller wrote it.</summary>
    public required string Folder { get; init; }

    /// <summary>How each file is converted; its inputs are not looked at, and its output names the folder of the results.</summary>
    public required ConvertRequest Each { get; init; }
}
