namespace Quern.Duck;

/// <summary>What a statement cost, as DuckDB measured it.</summary>
public sealed record DuckProfile
{
    /// <summary>The statement.</summary>
    public required string Sql { get; init; }

    /// <summary>From start to the last row.</summary>
    public required TimeSpan Latency { get; init; }

    /// <summary>Of all threads together, inside operators.</summary>
    public required TimeSpan Cpu { get; init; }

    /// <summary>Rows of the result.</summary>
    public required long RowsReturned { get; init; }

    /// <summary>Rows that all scans read.</summary>
    public required long RowsScanned { get; init; }

    /// <summary>Largest use of DuckDB's buffers, in bytes, by all sessions of the database.</summary>
    public required long PeakBufferBytes { get; init; }

    /// <summary>Largest use of the temporary directory, in bytes: more than 0 means that it spilled.</summary>
    public required long PeakTempBytes { get; init; }

    /// <summary>All of DuckDB's metrics of the statement by their names, as texts.</summary>
    public required IReadOnlyDictionary<string, string> Metrics { get; init; }

    /// <summary>The plan's last operators; their children feed them.</summary>
    public required IReadOnlyList<DuckOperator> Operators { get; init; }
}
