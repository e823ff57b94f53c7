using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Quern.Cli.Peeking;
using Quern.Rollups;

namespace Quern.Cli.Commands;

/// <summary><c>quern rollup query</c>.</summary>
sealed class RollupQueryVerb : Verb
{
    static readonly string[] Formats = ["csv", "json", "arrow", "table"];

    readonly Option<string?> _store = Text("--store", "FOLDER", "the store (default: store)");
    readonly Option<string?> _queries = Text("--queries", "PATH", "a folder, a file with one query or a list, or - for standard input");
    readonly Option<string?> _sql = Text("--sql", "QUERY", "one query in SQL");
    readonly Option<string?> _out = Text("--out", "FOLDER", "a file of its own for each result, named as its query");
    readonly Option<string?> _format = Text("--format", "FORMAT", "csv, json, arrow or table (default: csv; on a terminal table)");
    readonly Option<bool> _noRollups = new("--no-rollups") { Description = "answer from all rows only" };
    readonly Option<bool> _verify = new("--verify") { Description = "answer from rollups and from all rows, and compare" };
    readonly Option<string?> _temp = Text("--temp", "FOLDER", "where temporary files go (default: the system's folder)");

    public override string Path => "rollup query";

    public override string Summary => "answer queries from rollups";

    public override string Memory => "the result; for what no grain answers the engine takes half of --memory";

    public override string Help =>
        """
        Answers from the smallest grain that can, exactly, and else from all rows.
          quern rollup query --store store --queries queries/ --out results/
          quern rollup query --store store --sql \
            "select day, sum(bid_price) from events where type = 'click' group by day"
        Queries are JSON, one object or a list of them, or .sql files. A query that
        fails writes no file, the others are answered, and the exit code is 1.
        """;

    public override IReadOnlyList<Option> Options => [_store, _queries, _sql, _out, _format, _noRollups, _verify, _temp];

    public override ExitCode Execute(CommandContext context)
    {
        var format = context.Value(_format) ?? (context.Value(_out) is null && context.Screen.DataColumns is not null ? "table" : "csv");
        if (!Formats.Contains(format)) throw RollupUsage.Wrong("--format", format, string.Join(", ", Formats));
        if (format == "table" && context.Value(_out) is not null) throw RollupUsage.Wrong("--format", format, "csv, json or arrow with --out");
        var answers = new JsonArray();
        var batch = Batch(context, format, answers);
        if (context.Globals.Explain) return context.Explain(_ => RollupUsage.Explain(context, batch.Store, batch.Queries, batch.Sql));
        return context.RunInLines(
            run => batch.Run(run.Cancellation), fault => fault.Code == "QN7565",
            () => new JsonObject { ["queries"] = answers }.ToJsonString(RollupUsage.Layout));
    }

    QueryBatch Batch(CommandContext context, string format, JsonArray answers)
    {
        var (queries, sql) = (context.Value(_queries), context.Value(_sql));
        if (queries is null == sql is null) throw RollupUsage.Wrong("quern rollup query", null, "one of --queries and --sql");
        var isSilent = context.Globals.Json || context.Globals.Quiet;
        return new QueryBatch
        {
            Store = context.Path(context.Value(_store) ?? "store"),
            Queries = queries is null or "-" ? queries : context.Path(queries),
            Sql = sql,
            Out = context.Value(_out) is { } folder ? context.Path(folder) : null,
            Format = format == "table" ? "csv" : format,
            UseRollups = !context.Value(_noRollups),
            Verify = context.Value(_verify),
            Options = RollupUsage.Share(context, context.Value(_temp)),
            Input = RollupUsage.StandardInput,
            Answered = (name, result, file, took) =>
            {
                answers.Add((JsonNode)new JsonObject
                {
                    ["name"] = name,
                    ["answered_by"] = result.AnsweredBy,
                    ["rows"] = result.Rows,
                    ["rows_read"] = result.RowsRead < 0 ? null : result.RowsRead,
                    ["ms"] = Math.Round(took.TotalMilliseconds, 3),
                    ["file"] = file,
                });
                if (file is null && !context.Globals.Json) Show(context, result, format);
                if (!isSilent && (file is not null || queries is not null)) context.Screen.Say(Line(name, result, took));
            },
            Failed = (name, fault) =>
            {
                answers.Add((JsonNode)new JsonObject
                {
                    ["name"] = name,
                    ["error"] = new JsonObject { ["code"] = fault.Code, ["what"] = fault.What, ["where"] = fault.Where, ["value"] = fault.Value, ["wanted"] = fault.Wanted },
                });
                foreach (var line in $"{name}: {context.Surroundings.Secrets.Hide(fault)}".Split('\n')) context.Screen.Say(line);
            },
        };
    }

    static string Line(string name, QueryResult result, TimeSpan took) => string.Create(
        CultureInfo.InvariantCulture,
        $"{name}   {result.Rows:N0} rows from {result.AnsweredBy}{(result.RowsRead < 0 ? "" : $", {result.RowsRead:N0} read")}, {took.TotalMilliseconds:N1} ms");

    static void Show(CommandContext context, QueryResult result, string format)
    {
        var screen = context.Screen;
        if (format != "table")
        {
            QueryBatch.Write(result, format, screen.Data);
            return;
        }
        var lines = new StringBuilder();
        foreach (var line in TableText.Lines([.. result.Columns.Select(c => c.Name)], result.NumberColumns(), result.Texts(), screen.DataColumns ?? screen.Width))
            lines.Append(line).Append('\n');
        screen.Data.Write(Encoding.UTF8.GetBytes(screen.Secrets.Hide(lines.ToString())));
    }

    static Option<string?> Text(string name, string help, string description) => new(name) { HelpName = help, Description = description };
}
