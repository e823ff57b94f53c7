namespace Quern.Converting;

/// <summary>Kinds of files that are converted into each other.</summary>
enum FileForm
{
    /// <summary>Text with delimiters, compressed or not.</summary>
    Csv,

    /// <summary>Apache Parquet.</summary>
    Parquet,

    /// <summary>Apache Arrow IPC.</summary>
    Arrow,

    /// <summary>A DuckDB database.</summary>
    DuckDb,

    /// <summary>A SQLite database.</summary>
    Sqlite,
}
