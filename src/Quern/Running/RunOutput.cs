namespace Quern.Running;

/// <summary>Something a run has made.</summary>
/// <param name="Path">File, folder, or a database and table as the user would name it; never with a password.</param>
/// <param name="Kind">What it is: "duckdb", "parquet", "csv", "postgres", ...</param>
/// <param name="Rows">Rows in it, as confirmed by the destination.</param>
/// <param name="Bytes">Its size; null when it has none that is known.</param>
public sealed record RunOutput(string Path, string Kind, long Rows, long? Bytes = null);
