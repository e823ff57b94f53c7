using Quern.Chunks;
using Quern.Csv.Inference;

namespace Quern.Converting;

/// <summary>What is to become of which files.</summary>
public sealed record ConvertRequest
{
    /// <summary>Absolute path that relative ones start from.</summary>
    public required string BaseDirectory { get; init; }

    /// <summary>Files, folders and globs of one kind; <c>-</c> for CSV on standard input; <c>x.duckdb:table</c> for a table.</summary>
    public required IReadOnlyList<string> Inputs { get; init; }

    /// <summary>A file, whose ending says its kind, or a folder; <c>x.duckdb:table</c> for a table.</summary>
    public required string Output { get; init; }

    /// <summary>What is said about CSV inputs. Default: nothing.</summary>
    public CsvHints Hints { get; init; } = new();

    /// <summary>A file with the schema of CSV inputs, as the caller wrote it. Default: null, the schema is found out.</summary>
    public string? Schema { get; init; }

    /// <summary>Columns of CSV inputs that are read as text, whatever they look like, where the schema is found out. Default: none.</summary>
    internal Func<IReadOnlyList<Column>, IReadOnlyCollection<string>> TakenAsText { get; init; } = _ => [];

    /// <summary>Columns of the output, in their order. Default: null, all.</summary>
    public IReadOnlyList<string>? Columns { get; init; }

    /// <summary>A condition in SQL that rows must meet. Default: null, none.</summary>
    public string? Where { get; init; }

    /// <summary>What rows are sorted by, as SQL says it: <c>day</c>, <c>cost desc</c>; rows that are equal in it are sorted by all columns.
    /// Default: nothing, rows keep the order of the inputs.</summary>
    public IReadOnlyList<string> Sort { get; init; } = [];

    /// <summary>Columns whose values make folders of the output: <c>day=2026-01-01/</c>. Default: nothing.</summary>
    public IReadOnlyList<string> PartitionBy { get; init; } = [];

    /// <summary>Files of the output, which is a folder then. Default: null, one.</summary>
    public int? Parts { get; init; }

    /// <summary>Rows may come in any order, which is faster. Default: false.</summary>
    public bool Unordered { get; init; }

    /// <summary>How the output is compressed: zstd, snappy, lz4, none. Default: null, as suits its kind.</summary>
    public string? Compression { get; init; }

    /// <summary>Level of the compression. Default: null, as suits it.</summary>
    public int? Level { get; init; }

    /// <summary>Rows of a Parquet row group or an Arrow batch. Default: null, 122,880, or fewer where these do not fit
    /// the memory limit.</summary>
    public int? RowGroupRows { get; init; }

    /// <summary>UUIDs become texts. Default: false, they keep their type.</summary>
    public bool UuidAsText { get; init; }

    /// <summary>How CSV output spells NULL. Default: null, empty.</summary>
    public string? CsvNull { get; init; }

    /// <summary>A CSV file for rows that cannot be read, as the caller wrote it. Default: null, the first one ends the run.</summary>
    public string? Rejects { get; init; }

    /// <summary>How messages name <see cref="Rejects"/>. Default: null, as the caller wrote it.</summary>
    internal string? RejectsName { get; init; }

    /// <summary>How many rows may be set aside: <c>100</c> or <c>0.5%</c>. Default: null, any number.</summary>
    public string? MaxRejects { get; init; }

    /// <summary>The output is read back and compared with the inputs. Default: false.</summary>
    public bool Verify { get; init; }

    /// <summary>Threads that work. Default: 1.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Absolute path of the folder for temporary files. Default: null, the system's.</summary>
    public string? TempDirectory { get; init; }
}
