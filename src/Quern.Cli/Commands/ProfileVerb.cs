using System.CommandLine;
using Quern.Cli.Projects;
using Quern.Cli.Reporting;
using Quern.Models.Profiling;
using Quern.Models.Results;
using Quern.Projects;
using Quern.Projects.Nodes;
using Quern.Projects.Warehouses;

namespace Quern.Cli.Commands;

/// <summary><c>quern profile</c>.</summary>
sealed class ProfileVerb : ProjectVerb
{
    readonly SelectionOptions _selection = new();
    readonly Switch _fullRefresh = new("--full-refresh", "build incremental models and seeds from nothing", "DBT_FULL_REFRESH", "-f");

    public override string Path => "profile";

    public override string Summary => "where a model's time and memory go";

    public override string Help =>
        """
        Runs nodes as `run` does, measures each operator of their statements, and
        shows of the most expensive statement of each: shares of time, rows, bytes
        spilled, and hints with the numbers they come from.
          quern profile -s orders
          quern profile -s orders --json
        """;

    protected override string Which => "build";

    protected override IReadOnlyList<Option> Own => [.. _selection.All, .. _fullRefresh.Options];

    protected override Invocation Complete(CommandContext context, Invocation invocation)
    {
        var isFull = _fullRefresh.Read(context) ?? false;
        invocation.Arguments["full_refresh"] = isFull;
        return _selection.Complete(context, invocation) with { FullRefresh = isFull };
    }

    protected override void Explain(ProjectWork work) => new ProjectPlan(work, Chosen(work)).Say();

    protected override void Work(ProjectWork work)
    {
        work.Found();
        var nodes = Chosen(work);
        if (nodes.Count == 0) work.NothingToDo();
        else work.RunNodes(nodes, CostLevel.Operators, results => Say(work, results));
    }

    List<Node> Chosen(ProjectWork work)
    {
        var request = _selection.Read(work.Context);
        if (request is { Select: null, Selector: null }) throw Nothing();
        return ShowVerb.Named(work.Select(request, Which), request.Select);
    }

    static void Say(ProjectWork work, RunResults results)
    {
        var threads = work.Share().Threads;
        var profiles = results.Results.Where(r => r.Profile is not null && !IsView(r.Node))
            .Select(r => (Result: r, Profile: NodeProfile.Of(r.Profile!, r.SpillBytes ?? 0, threads))).ToList();
        if (work.Context.Globals.Json)
        {
            work.Answer = ProfileJson.Of(profiles);
            return;
        }
        foreach (var (result, profile) in profiles)
        {
            var title = $"Profile of node '{result.Node.Name}':";
            work.Log.Result($"{title}\n{string.Join('\n', profile.Lines())}", "NodeProfile");
        }
        foreach (var view in results.Results.Where(r => IsView(r.Node)))
            work.Log.Result($"Node '{view.Node.Name}' is a view: its time is spent where it is read", "NodeProfile");
    }

    static bool IsView(Resource resource) => resource is Node { Kind: ResourceKind.Model, Config.Materialized: "view" };

    static QuernException Nothing() => new(new Fault("QN1007", "--select is missing")
    {
        Where = "quern profile",
        Try = ["quern profile -s MODEL"],
        ExitCode = ExitCode.Usage,
    });
}
