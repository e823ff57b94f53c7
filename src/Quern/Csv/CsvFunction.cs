using Quern.Chunks;
using Quern.Duck;
using Quern.Files;

namespace Quern.Csv;

/// <summary>
/// CSV in SQL: <c>select a, b from quern_csv('data/*.csv.gz', columns = {'a': 'VARCHAR', 'b': 'DECIMAL(12,2)'})</c>, or with a list
/// of paths and globs. Without columns they are those of the first file's header, and all are VARCHAR.
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
        var files = InputFiles.Find(baseDirectory ?? Environment.CurrentDirectory, given.Files());
        var read = new CsvRead
        {
            Files = [.. files.Select(f => new CsvFile(f.Path, f.Name))],
            Columns = given.Columns() ?? [.. CsvHeader.Read(files[0].Path, files[0].Name).Columns.Select(name => given.Column(name, Varchar))],
            Dialect = given.Dialect(),
            Nulls = given.Nulls(),
        };
        foreach (var column in read.Columns) column.Check();
        return new CsvTable(
            read with
            {
                BlockBytes = (int)given.Number("block_bytes", read.BlockBytes, 1),
                MaxRowBytes = (int)given.Number("max_row_bytes", read.MaxRowBytes, 1),
            },
            maxThreads);
    }
}
