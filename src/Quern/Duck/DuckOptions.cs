namespace Quern.Duck;

/// <summary>How a database is opened.</summary>
public sealed record DuckOptions
{
    /// <summary>The database file; null for a database in memory.</summary>
    public string? Path { get; init; }

    /// <summary>Open the file for reading only, beside other readers. Default: false.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>Bytes that DuckDB's buffers may take; the process takes more (DESIGN section 2, point 8).</summary>
    public required long MemoryLimitBytes { get; init; }

    /// <summary>Threads that DuckDB runs queries with, at least 1.</summary>
    public required int Threads { get; init; }

    /// <summary>Where DuckDB spills to; empty to forbid spilling. See <see cref="SpillDirectory"/>.</summary>
    public required string TempDirectory { get; init; }

    /// <summary>Further settings by DuckDB's names, set at opening, such as <c>preserve_insertion_order</c>. Default:
    /// none.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();
}
