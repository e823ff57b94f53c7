namespace Quern.Delivery.Sqlite;

/// <summary>How tables are written to SQLite.</summary>
sealed record SqliteOptions
{
    /// <summary>The usual ones.</summary>
    public static SqliteOptions Default { get; } = new();

    /// <summary>The most rows of a file when there are several. Default: 500,000.</summary>
    public long MaxRows { get; init; } = 500_000;

    /// <summary>What becomes of rows that a table has already. Default: <see cref="LoadMode.Replace"/>.</summary>
    public LoadMode Mode { get; init; } = LoadMode.Replace;

    /// <summary>Columns of the key, to replace or merge by. Default: none, the whole table.</summary>
    public IReadOnlyList<string> Key { get; init; } = [];

    /// <summary>Of rows with the same key the first in this order is taken: what stands behind ORDER BY, for the engine. Default: null,
    /// such rows are refused where a key is to come once.</summary>
    public string? Dedupe { get; init; }

    /// <summary>Whether columns that a table does not have are added to it. Default: false, they are refused.</summary>
    public bool Evolves { get; init; }

    /// <summary>Indexes to make once the rows are in: their columns. Default: none.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Indexes { get; init; } = [];

    /// <summary>Decimals and whole numbers of more than 63 bits become doubles, inexactly. Default: false, they become text.</summary>
    public bool DecimalsAreReal { get; init; }

    /// <summary>Whether NUL characters are taken out of texts. Default: false, a text with one is an error.</summary>
    public bool StripNul { get; init; }

    /// <summary>Whether NaN becomes NULL. Default: false, it is an error.</summary>
    public bool NanIsNull { get; init; }

    /// <summary>Whether a table with other columns may be dropped and made anew when all of it is replaced. Default: true.</summary>
    public bool MayRemake { get; init; } = true;

    /// <summary>Size of a page of a new file in bytes, a power of 2 up to 65,536. Default: 32,768 (bench/results/sqlite.md).</summary>
    public int PageBytes { get; init; } = 32_768;

    /// <summary>Rows of an INSERT. Default: 16, which divides the rows of a chunk (bench/results/sqlite.md).</summary>
    public int RowsPerInsert { get; init; } = 16;

    /// <summary>Files written at a time. Default: 2.</summary>
    public int Writers { get; init; } = 2;

    /// <summary>How long a lock of another program is waited for. Default: 5 seconds.</summary>
    public TimeSpan LockWait { get; init; } = TimeSpan.FromSeconds(5);
}
