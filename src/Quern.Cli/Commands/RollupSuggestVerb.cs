using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Quern.Rollups;
using Quern.Rollups.Routing;

namespace Quern.Cli.Commands;

/// <summary><c>quern rollup suggest</c>.</summary>
sealed class RollupSuggestVerb : Verb
{
    readonly Option<string?> _store = new("--store") { HelpName = "FOLDER", Description = "the store (default: store)" };
    readonly Option<string?> _queries = new("--queries") { HelpName = "PATH", Description = "the workload: a folder, a file, or -" };

    public override string Path => "rollup suggest";

    public override string Summary => "which rollups a workload needs, and does not";

    public override string Memory => "constant; columns that are no keys are counted with half of --memory";

    public override string Help =>
        """
        Reads the queries of a workload and says which grains to add, with their sizes
        estimated from the data and the queries each would serve, and which ones no
        query reads.
          quern rollup suggest --store store --queries workload/
        """;

    public override IReadOnlyList<Option> Options => [_store, _queries];

    public override ExitCode Execute(CommandContext context)
    {
        if (context.Value(_queries) is not { } queries) throw RollupUsage.Wrong("quern rollup suggest", null, "--queries");
        if (queries != "-") queries = context.Path(queries);
        string? answer = null;
        return context.RunInLines(
            run =>
            {
                var found = QueryExplanation.Suggest(
                    context.Path(context.Value(_store) ?? "store"), RollupUsage.Share(context, null), queries, RollupUsage.StandardInput, run.Cancellation);
                answer = new JsonObject { ["suggestions"] = new JsonArray([.. found.Select(s => (JsonNode)Json(s))]) }.ToJsonString(RollupUsage.Layout);
                if (context.Globals.Json) return;
                foreach (var line in found.SelectMany(Lines)) context.Screen.WriteData(VisibleText.Of(line));
                if (found.Count == 0) context.Screen.WriteData("every query is answered by a grain, and every grain answers one");
            },
            _ => false,
            () => answer);
    }

    static IEnumerable<string> Lines(Suggestion found)
    {
        var rows = found.Rows < 0 ? "size not known" : string.Create(CultureInfo.InvariantCulture, $"{(found.Action == "add" ? "about " : "")}{found.Rows:N0} rows");
        yield return $"{found.Action,-5} {found.Grain}: [{string.Join(", ", found.Keys)}]   {rows}";
        if (found.Queries.Count > 0) yield return $"      serves {string.Join(", ", found.Queries)}";
        if (found.Action == "drop") yield return "      no query of the workload reads it";
        foreach (var measure in found.Measures) yield return $"      with the measure {measure}";
    }

    static JsonObject Json(Suggestion found) => new()
    {
        ["action"] = found.Action,
        ["grain"] = found.Grain,
        ["keys"] = new JsonArray([.. found.Keys.Select(k => (JsonNode)k)]),
        ["rows"] = found.Rows < 0 ? null : found.Rows,
        ["queries"] = new JsonArray([.. found.Queries.Select(q => (JsonNode)q)]),
        ["measures"] = new JsonArray([.. found.Measures.Select(m => (JsonNode)m)]),
    };
}
