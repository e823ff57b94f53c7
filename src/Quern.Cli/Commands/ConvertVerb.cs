using System.CommandLine;
using Quern.Cli.Converting;
using Quern.Cli.Csv;
using Quern.Converting;
using Quern.Converting.Trees;

namespace Quern.Cli.Commands;

/// <summary><c>quern convert</c>.</summary>
sealed class ConvertVerb : Verb
{
    readonly Argument<string[]> _files = new("IN... OUT")
    {
        Description = "files, folders or globs in quotes; the last one is the output",
        Arity = ArgumentArity.ZeroOrMore,
    };

    readonly Option<string?> _tree = Text("--tree", "FOLDER", "make a Parquet file of each CSV below a folder, in --out");
    readonly Option<string?> _out = Text("--out", "FOLDER", "where the results of --tree go, with a sources.yml");
    readonly Option<string?> _schema = Text("--schema", "FILE", "types of CSV, as quern schema infer writes them");
    readonly Option<string?> _columns = Text("--columns", "A,B,...", "columns of the output, in this order (default: all)");
    readonly Option<string?> _where = Text("--where", "SQL", "only rows that meet the condition");
    readonly Option<string?> _sort = Text("--sort", "A,B desc,...", "sort rows (default: the order of the inputs)");
    readonly Option<string?> _partitionBy = Text("--partition-by", "A,B,...", "OUT is a folder: A=value/B=value/data.parquet");
    readonly Option<int?> _parts =
        new("--parts") { HelpName = "N", Description = "OUT is a folder of N Parquet files with equal rows, in order" };

    readonly Option<bool> _unordered = new("--unordered") { Description = "rows in any order, which is faster" };
    readonly Option<string?> _compression = Text("--compression", "NAME", "zstd, snappy, lz4 or none (default: zstd)");
    readonly Option<int?> _level = new("--level") { HelpName = "N", Description = "level of zstd, 1 to 22 (default: 3)" };

    readonly Option<int?> _rowGroup =
        new("--row-group-size") { HelpName = "ROWS", Description = "rows of a row group or batch (default: 122880)" };

    readonly Option<string?> _rejects = Text("--rejects", "FILE", "set rows aside here that cannot be read; a folder with --tree, too");
    readonly Option<string?> _maxRejects = Text("--max-rejects", "N|P%", "fail when more are set aside (default: any number)");
    readonly Option<string?> _uuid = Text("--uuid", "text|native", "UUIDs as text, for readers without the type (default: native)");
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
          quern convert --tree data --out lake
        makes a Parquet file of each CSV below data, skips those that have not changed
        since, and writes lake/sources.yml for a project.
        """;

    public override IReadOnlyList<Argument> Arguments => [_files];

    public override IReadOnlyList<Option> Options =>
    [
        _columns, _where, _sort, _unordered, _partitionBy, _parts, _compression, _level, _rowGroup, _verify, _schema, _rejects, _maxRejects,
        .. _csv.All, _csvNull, _uuid, _temp, _tree, _out,
    ];

    public override ExitCode Execute(CommandContext context)
    {
        if (context.Value(_tree) is { } folder) return Tree(context, folder);
        if (context.Value(_out) is { } stray)
            throw Refused("QN1118", "--out goes with --tree only", "--out", stray, "quern convert --tree FOLDER --out FOLDER");
        var request = Request(context, context.Value(_files)!);
        Conversion.Check(request);
        if (context.Globals.Explain) return context.Explain(run => new Conversion(run, request).Explain());
        var say = context.Globals.Quiet || context.Globals.Json ? (Action<string>?)null : context.Screen.Say;
        return context.Run(run => new Conversion(run, request) { Say = say }.Make());
    }

    ExitCode Tree(CommandContext context, string folder)
    {
        (string Option, bool Given)[] others =
        [
            ("IN... OUT", context.Value(_files)!.Length > 0), ("--partition-by", context.Value(_partitionBy) is not null),
            ("--parts", context.Value(_parts) is not null), ("--csv-null", context.Value(_csvNull) is not null),
        ];
        if (others.FirstOrDefault(o => o.Given).Option is { } other)
            throw Refused("QN1118", "an option does not go with --tree", other, $"--tree {folder}", $"leave {other} out");
        if (context.Value(_out) is not { } to)
            throw Refused("QN1105", "no place for the result", "--out", null, $"quern convert --tree {folder} --out lake");
        var request = new TreeRequest { Folder = folder, Each = Request(context, [folder, to]) };
        if (context.Globals.Explain) return context.Explain(run => new TreeConversion(run, request).Explain());
        var quiet = context.Globals.Quiet || context.Globals.Json;
        Action<IReadOnlyList<TreeEntry>>? tell = quiet ? null : entries => context.Screen.Say(TreeText.Lines(entries));
        return context.Run(run => new TreeConversion(run, request) { Tell = tell }.Make());
    }

    static QuernException Refused(string code, string what, string where, string? value, string hint) =>
        new(new Fault(code, what) { Where = where, Value = value, Try = [hint], ExitCode = ExitCode.Usage });

    ConvertRequest Request(CommandContext context, string[] files)
    {
        if (files.Length == 0) throw Refused("QN1105", "nothing to read", "quern convert", null, "quern convert orders.csv orders.parquet");
        if (files.Length < 2)
            throw Refused("QN1105", "no place for the result", "quern convert", null, $"quern convert {files[0]} out.parquet");
        return new ConvertRequest
        {
            BaseDirectory = context.Surroundings.Directory,
            Inputs = files[..^1],
            Output = files[^1],
            Hints = _csv.Read(context),
            Schema = context.Value(_schema),
            Columns = Names(context, _columns),
            Where = context.Value(_where),
            Sort = Names(context, _sort) ?? [],
            PartitionBy = Names(context, _partitionBy) ?? [],
            Parts = context.Value(_parts),
            Unordered = context.Value(_unordered),
            Compression = context.Value(_compression),
            Level = context.Value(_level),
            RowGroupRows = context.Value(_rowGroup),
            UuidAsText = context.Value(_uuid) switch
            {
                null or "native" => false,
                "text" => true,
                var other => throw new QuernException(new Fault("QN1005", "not a form of UUIDs")
                {
                    Where = "--uuid",
                    Value = $"\"{other}\"",
                    Wanted = "text or native",
                    Try = ["--uuid text"],
                    ExitCode = ExitCode.Usage,
                }),
            },
            CsvNull = context.Value(_csvNull),
            Rejects = context.Value(_rejects),
            MaxRejects = context.Value(_maxRejects),
            Verify = context.Value(_verify),
            Threads = context.Globals.Threads,
            TempDirectory = context.Value(_temp) is { } temp ? context.Path(temp) : null,
        };
    }

    static string[]? Names(CommandContext context, Option<string?> option)
    {
        if (List(context.Value(option)) is not { } names) return null;
        return names.Length > 0 ? names : throw Refused("QN1005", "an option names no column", option.Name, "\"\"", "quern convert --help");
    }

    static string[]? List(string? text) => text?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    static Option<string?> Text(string name, string help, string description) => new(name) { HelpName = help, Description = description };
}
