using Quern.Csv.Inference;
using Quern.Delivery;
using Quern.Delivery.Postgres.Address;
using Quern.Delivery.S3;

namespace Quern.Loading;

/// <summary>What is to be loaded, and where.</summary>
public sealed record LoadRequest
{
    /// <summary>Absolute path that relative ones start from.</summary>
    public required string BaseDirectory { get; init; }

    /// <summary>Files, folders and globs of one kind; <c>-</c> for CSV on standard input; <c>x.duckdb:table</c> for a table; or one
    /// query.</summary>
    public required IReadOnlyList<string> Inputs { get; init; }

    /// <summary><c>postgres://user@host:port/database</c>, <c>service=NAME</c>, or a file as <see cref="Destinations.Parse"/> takes
    /// it.</summary>
    public required string To { get; init; }

    /// <summary>The table, with its schema or without. Default: null, the name of the first input.</summary>
    public string? Table { get; init; }

    /// <summary>What becomes of the rows that are there. Default: null, <see cref="LoadMode.Append"/>; a file is replaced.</summary>
    public LoadMode? Mode { get; init; }

    /// <summary>Columns that tell which rows are replaced or changed. Default: none.</summary>
    public IReadOnlyList<string> Keys { get; init; } = [];

    /// <summary>Of rows with the same key the first in this order is taken, as behind ORDER BY. Default: null, such rows are
    /// refused.</summary>
    public string? Dedupe { get; init; }

    /// <summary>Indexes of a new table: <c>a</c>, <c>a,b</c>. Default: none.</summary>
    public IReadOnlyList<string> Indexes { get; init; } = [];

    /// <summary>Partitions of a new table: <c>column:day</c>, <c>:month</c>, <c>:year</c>. Default: null, none.</summary>
    public string? PartitionBy { get; init; }

    /// <summary>Columns of shapes: <c>column</c>, <c>column:4326</c>, <c>column:4326:MultiPolygon</c>. Default: none.</summary>
    public IReadOnlyList<string> Geometry { get; init; } = [];

    /// <summary>NUL characters are left out of texts. Default: false, a row with one is refused.</summary>
    public bool StripNul { get; init; }

    /// <summary>What is finer than a microsecond is cut. Default: false, a row with it is refused.</summary>
    public bool CutNanos { get; init; }

    /// <summary>Heights are left out where the column has none. Default: false, a row with one is refused.</summary>
    public bool DropZ { get; init; }

    /// <summary>Columns that the table does not have are added to it. Default: false, they are refused.</summary>
    public bool Evolves { get; init; }

    /// <summary>How rows are sent. Default: as suits them.</summary>
    public LoadMethod Method { get; init; }

    /// <summary><c>s3://bucket/folder</c> where files wait, of <see cref="LoadMethod.S3"/>. Default: null, none.</summary>
    public string? Stage { get; init; }

    /// <summary>Connections that send at once. Default: null, as the method has it.</summary>
    public int? Connections { get; init; }

    /// <summary>Rows that are sent at a time. Default: null, as the method has it.</summary>
    public int? BatchRows { get; init; }

    /// <summary>The most rows of a file, of <see cref="LoadMethod.Partitioned"/>. Default: null, 500,000.</summary>
    public long? MaxRows { get; init; }

    /// <summary>Decimals and whole numbers of more than 63 bits become doubles in SQLite, which are not exact. Default: false, they become text.</summary>
    public bool DecimalsAreReal { get; init; }

    /// <summary>An input without rows empties the table where the mode says so. Default: false, the table stays.</summary>
    public bool AllowEmpty { get; init; }

    /// <summary>A CSV file for rows that cannot be read or that the database refuses. Default: null, the first one ends the run.</summary>
    public string? Rejects { get; init; }

    /// <summary>How many rows may be set aside: <c>100</c> or <c>0.5%</c>. Default: null, any number.</summary>
    public string? MaxRejects { get; init; }

    /// <summary>What is said about CSV inputs. Default: nothing.</summary>
    public CsvHints Hints { get; init; } = new();

    /// <summary>A file with the schema of CSV inputs. Default: null, the schema is found out.</summary>
    public string? Schema { get; init; }

    /// <summary>Time in which what failed for a passing reason is tried again, from the first failure on. Default: 2 minutes.</summary>
    public TimeSpan RetryBudget { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Time that the load waits for a lock of others, each time. Default: 30 seconds.</summary>
    public TimeSpan LockTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Threads that read. Default: 1.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Absolute path of the folder for temporary files. Default: null, the system's.</summary>
    public string? TempDirectory { get; init; }

    /// <summary>How S3 is reached. Default: the usual ways.</summary>
    internal S3Settings Storage { get; init; } = S3Settings.Default;

    /// <summary>What stands for parts that an address does not have. Default: no environment.</summary>
    public ConnectionDefaults Connection { get; init; } = ConnectionDefaults.None;
}
