using System.CommandLine;
using Quern.Delivery.Postgres.Address;
using Quern.Loading.Benchmark;

namespace Quern.Cli.Commands;

/// <summary><c>quern bench load</c>.</summary>
sealed class BenchLoadVerb : Verb
{
    readonly Argument<string[]> _sources = new("SOURCE...")
    {
        Description = "files, folders or globs in quotes; x.duckdb:table (default: rows are made up)",
        Arity = ArgumentArity.ZeroOrMore,
    };

    readonly Option<string?> _to = Text("--to", "URL", "postgres://user@host:port/database or service=NAME");
    readonly Option<string?> _table = Text("--table", "NAME", $"a table that is not there (default: {LoadBenchRequest.UsualTable})");
    readonly Option<long?> _rows = new("--rows") { HelpName = "N", Description = "rows that are made up (default: 1000000)" };
    readonly Option<int?> _seed = new("--seed") { HelpName = "N", Description = "other seeds make up other rows (default: 1)" };
    readonly Option<int?> _rounds = new("--rounds") { HelpName = "N", Description = "times that each method runs (default: 3)" };
    readonly Option<string?> _methods = Text("--methods", "A,B,...", "methods that run (default: all)");
    readonly Option<string?> _against = Text("--against", "NAME", "what ratios refer to (default: psql if it runs, else the first)");
    readonly Option<bool> _psql = new("--psql") { Description = @"psql \copy and the server's own COPY run beside ours" };
    readonly Option<string[]> _geometry = new("--geometry")
    {
        HelpName = "COLUMN[:SRID[:TYPE]]",
        Description = "WKT or WKB of the files becomes geometry; may be repeated",
    };
    readonly Option<string?> _out = Text("--out", "FILE.md", "write the result as Markdown, too");
    readonly Option<string?> _temp = Text("--temp", "FOLDER", "where temporary files go (default: the system's folder)");

    public override string Path => "bench load";

    public override string Summary => "measure the ways into a database";

    public override string Memory => "as quern load";

    public override string Help =>
        """
        Loads the same rows into a table of its own by one method after the other, in
        turn, and prints how long each took: rank, rows/s, MB/s of COPY BINARY, CPU
        and memory of the client, and the ratio to one of them.
          quern bench load --to postgres://me@host/db --psql
          quern bench load 'data/*.parquet' --to postgres://me@host/db --rounds 5 \
            --methods copy,async,replace --out bench.md
        Methods: copy, async, replace, unlogged, unlogged-2 (one and two connections
        into an UNLOGGED table), optimized and standard (fewer rows, as they are
        slow); with --psql also psql and server.
        The table must not be there; it is made, and dropped at the end. Nothing else
        in the database is changed.
        """;

    public override IReadOnlyList<Argument> Arguments => [_sources];

    public override IReadOnlyList<Option> Options =>
        [_to, _table, _rows, _seed, _rounds, _methods, _against, _psql, _geometry, _out, _temp];

    public override ExitCode Execute(CommandContext context)
    {
        var request = Request(context);
        LoadBench.Check(request);
        if (context.Globals.Explain) return context.Explain(run => new LoadBench(run, request).Explain());
        var say = context.Globals.Quiet || context.Globals.Json ? (Action<string>?)null : context.Screen.Say;
        string? answer = null;
        return context.RunInLines(
            run =>
            {
                var report = new LoadBench(run, request) { Say = say }.Make();
                if (context.Globals.Json) answer = LoadBenchText.Json(report);
                else foreach (var line in LoadBenchText.Table(report)) context.Screen.WriteData(VisibleText.Of(line));
            },
            _ => false,
            () => answer);
    }

    LoadBenchRequest Request(CommandContext context)
    {
        if (context.Value(_to) is not { } to)
        {
            throw new QuernException(new Fault("QN1105", "no database to measure")
            {
                Where = "quern bench load",
                Try = ["quern bench load --to postgres://me@host/db"],
                ExitCode = ExitCode.Usage,
            });
        }
        return new LoadBenchRequest
        {
            BaseDirectory = context.Surroundings.Directory,
            Inputs = context.Value(_sources) ?? [],
            To = to,
            Table = context.Value(_table) ?? LoadBenchRequest.UsualTable,
            Rows = context.Value(_rows) ?? 1_000_000,
            Seed = context.Value(_seed) ?? 1,
            Rounds = context.Value(_rounds) ?? 3,
            Methods = List(context.Value(_methods)) is { Length: > 0 } some ? some : LoadBenchRequest.AllMethods,
            Against = context.Value(_against),
            WithPsql = context.Value(_psql),
            Geometry = context.Value(_geometry) ?? [],
            Page = context.Value(_out) is { } page ? context.Path(page) : null,
            Threads = context.Globals.Threads,
            TempDirectory = context.Value(_temp) is { } temp ? context.Path(temp) : null,
            ProgramPath = context.Variable("PATH") ?? "",
            Connection = new ConnectionDefaults(context.Surroundings.Variables, Environment.UserName)
            {
                Secrets = context.Surroundings.Secrets,
            },
        };
    }

    static string[] List(string? text) => text?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];

    static Option<string?> Text(string name, string help, string description) => new(name) { HelpName = help, Description = description };
}
