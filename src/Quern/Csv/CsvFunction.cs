using Quern.Chunks;
using Quern.Csv.Inference;
using Quern.Duck;
using Quern.Files;

namespace Quern.Csv;

/// <summary>
/// CSV in SQL: <c>select a, b from quern_csv('data/*.csv.gz', columns = {'a': 'VARCHAR', 'b': 'DECIMAL(12,2)'})</c>, or with a list
/// of paths and globs; or <c>schema = 'events.yml'</c>, which says all about the files. Without either, columns are those of the
/// first file's header, and all are VARCHAR.
/// </summary>
/// <param name="maxThreads">Threads that may read at once, up to those of the database.</param>
/// <param name="baseDirectory">Where relative paths begin. Default: the current directory.</param>
sealed class CsvFunction(int maxThreads, string? baseDirectory = null) : TableFunction
{
    static readonly LogicalType Varchar = LogicalType.Of(TypeKind.Varchar);
    static readonly LogicalType BigInt = LogicalType.Of(TypeKind.BigInt);
    static readonly LogicalType Any = LogicalType.Of(TypeKind.Any);
    static readonly LogicalType Texts = LogicalType.List(Varchar);

    /// <inheritdoc/>
    public override string Name => "quern_csv";

    /// <inheritdoc/>
    public override IReadOnlyList<LogicalType> Parameters => [Any];

    /// <inheritdoc/>
    public override IReadOnlyList<Column> NamedParameters { get; } =
    [
        new("schema", Varchar),
        new("columns", Any),
        new("names", Texts),
        new("types", Texts),
        new("formats", Any),
        new("nullstr", Any),
        new("empty", Varchar),
        new("bad", Any),
        new("delim", Varchar),
        new("quote", Varchar),
        new("escape", Varchar),
        new("comment", Varchar),
        new("encoding", Varchar),
        new("header", LogicalType.Of(TypeKind.Boolean)),
        new("skip", BigInt),
        new("block_bytes", BigInt),
        new("max_row_bytes", BigInt),
    ];

    /// <inheritdoc/>
    public override TableSource Bind(TableArguments arguments)
    {
        var given = new CsvArguments(arguments);
        var (inputs, columns) = (given.Files(), given.Columns());
        var (dialect, nulls) = (given.Dialect(), given.Nulls());
        var blockBytes = (int?)given.Number("block_bytes", 1);
        var maxRowBytes = (int?)given.Number("max_row_bytes", 1);
        foreach (var column in columns ?? []) column.Check();
        var folder = baseDirectory ?? Environment.CurrentDirectory;
        IReadOnlyList<CsvFile> files = [.. InputFiles.Find(folder, inputs).Select(f => new CsvFile(f.Path, f.Name))];
        var read = given.Schema(folder) is { } schema ? schema.ToRead(files) : new CsvRead
        {
            Files = files,
            Columns = columns ?? [.. Header(files[0], dialect).Select(name => given.Column(name, Varchar))],
            Dialect = dialect,
            Nulls = nulls,
        };
        return new CsvTable(
            read with { BlockBytes = blockBytes ?? read.BlockBytes, MaxRowBytes = maxRowBytes ?? read.MaxRowBytes }, maxThreads);
    }

    static IReadOnlyList<string> Header(CsvFile file, CsvDialect dialect) =>
        FileLayout.Of(FileStart.Read(file, dialect.Encoding), dialect).Names;
}
