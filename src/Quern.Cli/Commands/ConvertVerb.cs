using System.CommandLine;
using Quern.Cli.Csv;
using Quern.Converting;

namespace Quern.Cli.Commands;

/// <summary><c>quern convert</c>.</summary>
sealed class ConvertVerb : Verb
{
    readonly Argument<string[]> _files = new("IN... OUT")
    {
        Description = "files, folders or globs in quotes; the last one is the output", Arity = ArgumentArity.OneOrMore,
    };

    readonly Option<string?> _schema = Text("--schema", "FILE", "types of CSV, as quern schema infer writes them");
    readonly Option<string?> _columns = Text("--columns", "A,B,...", "columns of the output, in this order (default: all)");
    readonly Option<string?> _where = Text("--where", "SQL", "only rows that meet the condition");
    readonly Option<string?> _sort = Text("--sort", "A,B desc,...", "sort rows (default: the order of the inputs)");
    readonly Option<bool> _unordered = new("--unordered") { Description = "rows in any order, which is faster" };
    readonly Option<string?> _compression = Text("--compression", "NAME", "zstd, snappy, lz4 or none (default: zstd)");
    readonly Option<int?> _level = new("--level") { HelpName = "N", Description = "level of zstd, 1 to 22 (default: 3)" };
    readonly Option<int?> _rowGroup = new("--row-group-size") { HelpName = "ROWS", Description = "rows of a row group or batch (default: 122880)" };
    readonly Option<string?> _rejects = Text("--rejects", "FILE", "set rows aside here that cannot be read");
    readonly Option<string?> _maxRejects = Text("--max-rejects", "N|P%", "fail when more are set aside (default: any number)");
    readonly Option<string?> _csvNull = Text("--csv-null", "TEXT", "how CSV output spells NULL (default: empty)");
    readonly Option<bool> _verify = new("--verify") { Description = "read the output back and compare it with the input" };
    readonly Option<string?> _temp = Text("--temp", "FOLDER", "where temporary files go (default: the system's folder)");
    readonly CsvOptions _csv = new();

    public override string Path => "convert";

    public override string Summary => "files from one format into another";

    public override string Memory => "a row group for each thread; sorting beyond --memory goes to disk";

    public override string Help =>
        """
        Reads CSV, Parquet, Arrow IPC or a DuckDB table and writes one of them: the
        endings say which. Several inputs are one table, columns together by name.
          quern convert orders.csv orders.parquet
          quern convert 'logs/*.csv.gz' logs.parquet --where "status >= 500"
          quern convert shop.duckdb:orders by-day.csv --sort day,id
        Rows keep their order and the same input gives the same bytes, unless
        --unordered. Types of CSV are those of --schema, or are found out and printed.
        A row that cannot be read ends the run, or is set aside with --rejects
        (exit code 3). The output is replaced whole, or stays as it is.
        """;

    public override IReadOnlyList<Argument> Arguments => [_files];

    public override IReadOnlyList<Option> Options =>
    [
        _columns, _where, _sort, _unordered, _compression, _level, _rowGroup, _verify, _schema, _rejects, _maxRejects, .. _csv.All, _csvNull, _temp,
    ];

    public override ExitCode Execute(CommandContext context)
    {
        var request = Request(context);
        Conversion.Check(request);
        if (context.Globals.Explain) return context.Explain(run => new Conversion(run, request).Explain());
        return context.Run(run => new Conversion(run, request) { Say = context.Globals.Quiet || context.Globals.Json ? null : context.Screen.Say }.Make());
    }

    ConvertRequest Request(CommandContext context)
    {
        var files = context.Value(_files)!;
        if (files.Length < 2)
        {
            throw new QuernException(new Fault("QN1105", "no place for the result")
            {
                Where = "quern convert",
                Try = [$"quern convert {files[0]} out.parquet"],
                ExitCode = ExitCode.Usage,
            });
        }
        return new ConvertRequest
        {
            BaseDirectory = context.Surroundings.Directory,
            Inputs = files[..^1],
            Output = files[^1],
            Hints = _csv.Read(context),
            Schema = context.Value(_schema),
            Columns = List(context.Value(_columns)),
            Where = context.Value(_where),
            Sort = List(context.Value(_sort)) ?? [],
            Unordered = context.Value(_unordered),
            Compression = context.Value(_compression),
            Level = context.Value(_level),
            RowGroupRows = context.Value(_rowGroup),
            CsvNull = context.Value(_csvNull),
            Rejects = context.Value(_rejects),
            MaxRejects = context.Value(_maxRejects),
            Verify = context.Value(_verify),
            Threads = context.Globals.Threads,
            TempDirectory = context.Value(_temp) is { } temp ? context.Path(temp) : null,
        };
    }

    static string[]? List(string? text) => text?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    static Option<string?> Text(string name, string help, string description) => new(name) { HelpName = help, Description = description };
}
