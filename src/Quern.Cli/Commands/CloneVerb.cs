using System.CommandLine;
using Quern.Cli.Projects;
using Quern.Projects;
using Quern.Projects.Nodes;

namespace Quern.Cli.Commands;

/// <summary><c>quern clone</c>.</summary>
sealed class CloneVerb : ProjectVerb
{
    readonly SelectionOptions _selection = new();
    readonly Switch _fullRefresh = new("--full-refresh", "replace relations that are there", "DBT_FULL_REFRESH", "-f");

    public override string Path => "clone";

    public override string Summary => "views of what another run of a project made";

    public override string Memory => "constant: no data is read";

    public override string Help =>
        """
        Makes a view in this target of each model, seed and snapshot of the run whose
        artifacts lie in --state. Its database must be attached by the profile. What
        is there already stays, unless --full-refresh is given.
          quern clone --state ../prod/target
        Exit code 0: all well; 1: a view could not be made; 2: nothing was tried.
        """;

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
        else work.CloneNodes(nodes, _selection.StateFolder(work.Context));
    }

    List<Node> Chosen(ProjectWork work) => [.. work.Select(_selection.Read(work.Context), Which).OfType<Node>().Where(n => !n.IsEphemeral)];
}
