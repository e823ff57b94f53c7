using System.CommandLine;
using Quern.Cli.Csv;
using Quern.Delivery.Postgres.Address;
using Quern.Loading;

namespace Quern.Cli.Commands;

/// <summary><c>quern load</c>.</summary>
sealed class LoadVerb : Verb
{
    readonly Argument<string[]> _sources = new("SOURCE...")
    {
        Description = "files, folders or globs in quotes; x.duckdb:table; - for CSV on standard input; or one query",
        Arity = ArgumentArity.ZeroOrMore,
    };

    readonly Option<string?> _to = Text("--to", "URL", "postgres://user@host:port/database, service=NAME, a file, or s3://bucket/file");
    readonly Option<string?> _table = Text("--table", "NAME", "table or schema.table (default: the name of the first source)");
    readonly Option<string?> _mode = Text("--mode", "MODE", "create, append, replace or merge (default: append)");
    readonly Option<string?> _key = Text("--key", "A,B,...", "columns that tell which rows are replaced or merged");
    readonly Option<string?> _dedupe = Text("--dedupe", "ORDER", "of rows with the same key take the first in this order: 'updated desc'");
    readonly Option<string[]> _index = new("--index")
    {
        HelpName = "A,B,...",
        Description = "an index of a new table, made after the load; may be repeated",
    };
    readonly Option<string?> _partitionBy = Text("--partition-by", "COLUMN:UNIT", "partitions of the table: by day, month or year");
    readonly Option<string[]> _geometry = new("--geometry")
    {
        HelpName = "COLUMN[:SRID[:TYPE]]",
        Description = "WKT or WKB becomes geometry; may be repeated",
    };
    readonly Option<bool> _dropZ = Flag("--drop-z", "leave heights out where the column has none");
    readonly Option<string?> _onNul = Text("--on-nul", "reject|strip", "a NUL character in a text (default: reject)");
    readonly Option<string?> _onNanos = Text("--on-nanos", "reject|truncate", "a time finer than a microsecond (default: reject)");
    readonly Option<string?> _contract = Text("--schema-contract", "freeze|evolve",
        "columns that the table lacks: refused or added (default: freeze)");
    readonly Option<string?> _method = Text("--method", "NAME",
        "copy, async, optimized, standard, s3, auto (default); SQLite: single_file, partitioned");
    readonly Option<string?> _stage = Text("--stage", "S3URL", "where the files of --method s3 wait: s3://bucket/folder");
    readonly Option<long?> _maxRows = new("--max-rows")
    {
        HelpName = "ROWS",
        Description = "rows of a file of --method partitioned (default: 500000)",
    };
    readonly Option<string?> _decimal = Text("--decimal", "text|real", "decimals in SQLite: exact, or doubles (default: text)");
    readonly Option<int?> _connections = new("--connections") { HelpName = "N", Description = "connections that send at once" };
    readonly Option<int?> _batchRows = new("--batch-rows") { HelpName = "ROWS", Description = "rows that are sent at a time" };
    readonly Option<int?> _retryFor = new("--retry-for")
    {
        HelpName = "SECONDS",
        Description = "try again what fails for a passing reason (default: 120)",
    };
    readonly Option<int?> _lockTimeout = new("--lock-timeout")
    {
        HelpName = "SECONDS",
        Description = "wait for locks of others (default: 30)",
    };
    readonly Option<bool> _allowEmpty = Flag("--allow-empty", "a source without rows empties what it replaces");
    readonly Option<string?> _rejects = Text("--rejects", "FILE", "set rows aside here that cannot be read or are refused");
    readonly Option<string?> _maxRejects = Text("--max-rejects", "N|P%", "fail when more are set aside (default: any number)");
    readonly Option<string?> _schema = Text("--schema", "FILE", "types of CSV, as quern schema infer writes them");
    readonly Option<string?> _temp = Text("--temp", "FOLDER", "where temporary files go (default: the system's folder)");
    readonly CsvOptions _csv = new();

    public override string Path => "load";

    public override string Summary => "files or a query into a database";

    public override string Memory => "a few MB for each connection; reading as the source needs it";

    public override string Help =>
        """
        Loads CSV, Parquet, Arrow IPC, a DuckDB table or the rows of a query into a
        table of PostgreSQL, by COPY in its binary format, or of SQLite.
          quern load 'data/*.parquet' --to postgres://me@host/db \
            --table public.entity --mode replace --key dataset
          quern load "from 'a.parquet' where ok" --to postgres://me@host/db \
            --table a --mode create
          quern load orders.csv --to shop.sqlite --table orders --index customer
        All is one transaction: the table has all rows, counted, or is as it was.
        Passwords come from the address, PGPASSWORD, ~/.pgpass or the service, and
        are never shown. To other machines the connection is sslmode=verify-full
        unless something weaker is written down.
        """;

    public override IReadOnlyList<Argument> Arguments => [_sources];

    public override IReadOnlyList<Option> Options =>
    [
        _to, _table, _mode, _key, _dedupe, _index, _partitionBy, _geometry, _dropZ, _onNul, _onNanos, _contract, _method, _stage, _connections,
        _batchRows, _maxRows, _decimal, _retryFor, _lockTimeout, _allowEmpty, _rejects, _maxRejects, _schema, .. _csv.All, _temp,
    ];

    public override ExitCode Execute(CommandContext context)
    {
        var request = Request(context);
        Load.Check(request);
        if (context.Globals.Explain) return context.Explain(run => new Load(run, request).Explain());
        var say = context.Globals.Quiet || context.Globals.Json ? (Action<string>?)null : context.Screen.Say;
        return context.Run(run => new Load(run, request) { Say = say }.Make());
    }

    LoadRequest Request(CommandContext context)
    {
        if (context.Value(_sources) is not { Length: > 0 } sources)
            throw Missing("nothing to read", "quern load orders.csv --to postgres://me@host/db");
        if (context.Value(_to) is not { } to) throw Missing("no place for the result", $"quern load {sources[0]} --to postgres://me@host/db");
        return new LoadRequest
        {
            BaseDirectory = context.Surroundings.Directory,
            Inputs = sources,
            To = to,
            Table = context.Value(_table),
            Mode = LoadWords.Mode(context.Value(_mode)),
            Keys = LoadWords.List(context.Value(_key)),
            Dedupe = context.Value(_dedupe),
            Indexes = context.Value(_index) ?? [],
            PartitionBy = context.Value(_partitionBy),
            Geometry = context.Value(_geometry) ?? [],
            DropZ = context.Value(_dropZ),
            StripNul = LoadWords.StripsNul(context.Value(_onNul)),
            CutNanos = LoadWords.CutsNanos(context.Value(_onNanos)),
            Evolves = LoadWords.Evolves(context.Value(_contract)),
            Method = LoadWords.Method(context.Value(_method)),
            Stage = context.Value(_stage),
            Connections = context.Value(_connections),
            BatchRows = context.Value(_batchRows),
            MaxRows = context.Value(_maxRows),
            DecimalsAreReal = LoadWords.DecimalsAreReal(context.Value(_decimal)),
            RetryBudget = LoadWords.RetryBudget(context.Value(_retryFor)),
            LockTimeout = LoadWords.LockTimeout(context.Value(_lockTimeout)),
            AllowEmpty = context.Value(_allowEmpty),
            Rejects = context.Value(_rejects),
            MaxRejects = context.Value(_maxRejects),
            Hints = _csv.Read(context),
            Schema = context.Value(_schema),
            Threads = context.Globals.Threads,
            TempDirectory = context.Value(_temp) is { } temp ? context.Path(temp) : null,
            Connection = new ConnectionDefaults(context.Surroundings.Variables, Environment.UserName)
            {
                Secrets = context.Surroundings.Secrets,
            },
        };
    }

    static QuernException Missing(string what, string hint) =>
        new(new Fault("QN1105", what) { Where = "quern load", Try = [hint], ExitCode = ExitCode.Usage });

    static Option<bool> Flag(string name, string description) => new(name) { Description = description };

    static Option<string?> Text(string name, string help, string description) => new(name) { HelpName = help, Description = description };
}
