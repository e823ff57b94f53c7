namespace Quern.Peeking;

/// <summary>What looking into a file has shown.</summary>
/// <param name="Name">The file as messages name it.</param>
/// <param name="Format">CSV, Parquet, DuckDB or Arrow IPC.</param>
public sealed record Preview(string Name, string Format)
{
    /// <summary>Bytes on disk; null when nobody knows.</summary>
    public long? SizeBytes { get; init; }

    /// <summary>Rows there are; null when that would mean to read them all.</summary>
    public long? RowCount { get; init; }

    /// <summary>The number of rows is worked out from the size of the first ones.</summary>
    public bool IsEstimate { get; init; }

    /// <summary>What else there is to say, a few words each: the delimiter, the encoding.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>Names and types, and statistics when they were asked for; empty for a list of tables.</summary>
    public IReadOnlyList<PeekColumn> Columns { get; init; } = [];

    /// <summary>The first rows: cells as text, null for NULL.</summary>
    public IReadOnlyList<IReadOnlyList<string?>> Rows { get; init; } = [];

    /// <summary>Statistics were asked for.</summary>
    public bool HasStats { get; init; }

    /// <summary>Rows that the statistics are of.</summary>
    public long StatsRows { get; init; }

    /// <summary>Tables of a database of which none was named; null for anything else.</summary>
    public IReadOnlyList<PeekTable>? Tables { get; init; }
}
