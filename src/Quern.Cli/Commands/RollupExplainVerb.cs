using System.CommandLine;
using System.Text.Json.Nodes;
using Quern.Rollups;

namespace Quern.Cli.Commands;

/// <summary><c>quern rollup explain</c>.</summary>
sealed class RollupExplainVerb : Verb
{
    readonly Argument<string?> _query = new("QUERY")
    {
        Description = "a file with a query or a list, a folder of them, or - for standard input",
        Arity = ArgumentArity.ZeroOrOne,
    };

    readonly Option<string?> _store = new("--store") { HelpName = "FOLDER", Description = "the store (default: store)" };
    readonly Option<string?> _sql = new("--sql") { HelpName = "QUERY", Description = "one query in SQL" };

    public override string Path => "rollup explain";

    public override string Summary => "which rollup answers a query, and why";

    public override string Memory => "constant, a few MB";

    public override string Help =>
        """
        Names the grain that answers a query and what it reads of it; of every other
        grain the reason why it is not taken, and the change that would make it match.
          quern rollup explain --store store query.json
          quern rollup explain --sql "select week, count(*) from events group by week"
        """;

    public override IReadOnlyList<Argument> Arguments => [_query];

    public override IReadOnlyList<Option> Options => [_store, _sql];

    public override ExitCode Execute(CommandContext context)
    {
        var (queries, sql) = (context.Value(_query), context.Value(_sql));
        if (queries is null == sql is null) throw RollupUsage.Wrong("quern rollup explain", null, "a file of queries, or --sql");
        var store = context.Path(context.Value(_store) ?? "store");
        if (queries is not (null or "-")) queries = context.Path(queries);
        string? answer = null;
        return context.RunInLines(
            _ =>
            {
                if (context.Globals.Json)
                {
                    var explained = QueryExplanation.Of(store, RollupUsage.Share(context, null), queries, sql, RollupUsage.StandardInput);
                    answer = new JsonObject { ["queries"] = new JsonArray([.. explained.Select(e => (JsonNode)e.Json)]) }.ToJsonString(RollupUsage.Layout);
                    return;
                }
                foreach (var line in RollupUsage.Explain(context, store, queries, sql)) context.Screen.WriteData(VisibleText.Of(line));
            },
            _ => false,
            () => answer);
    }
}
