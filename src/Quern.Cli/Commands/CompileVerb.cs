using System.CommandLine;
using Quern.Cli.Projects;
using Quern.Projects;

namespace Quern.Cli.Commands;

/// <summary><c>quern compile</c>.</summary>
sealed class CompileVerb : ProjectVerb
{
    readonly SelectionOptions _selection = new();
    readonly Switch _fullRefresh = new("--full-refresh", "compile as for a full refresh", "DBT_FULL_REFRESH", "-f");
    readonly EventTimeOptions _times = new();
    readonly Option<string?> _inline = ProjectOptions.Text("--inline", "SQL", "compile this text instead of nodes");

    public override string Path => "compile";

    public override string Summary => "SQL of a dbt project as it would run";

    public override string Help =>
        """
        Renders models, tests and analyses into target/compiled; builds nothing. What
        macros ask the database, they get answered: SQL is compiled as it would run
        now. The SQL of the node that --select names is printed.
          quern compile -s orders
          quern compile --inline "select count(*) from {{ ref('orders') }}"
        """;

    protected override IReadOnlyList<Option> Own => [.. _selection.All, .. _fullRefresh.Options, .. _times.All, _inline];

    protected override Invocation Complete(CommandContext context, Invocation invocation)
    {
        var isFull = _fullRefresh.Read(context) ?? false;
        invocation.Arguments["full_refresh"] = isFull;
        return _times.Complete(context, _selection.Complete(context, invocation)) with { FullRefresh = isFull };
    }

    protected override void Explain(ProjectWork work) =>
        new ProjectPlan(work, work.Select(_selection.Read(work.Context), Which)).Say();

    protected override void Work(ProjectWork work)
    {
        work.Found();
        work.ReadDeliveries();
        if (work.Context.Value(_inline) is { } text)
        {
            using var session = work.Warehouse.Connect(work.Project);
            work.Log.Result($"Compiled inline node is:\n{work.Project.Templates.Render(text, "--inline", null, session)}", "CompiledNode");
            return;
        }
        var request = _selection.Read(work.Context);
        var nodes = work.Select(request, Which);
        if (nodes.Count == 0)
        {
            work.NothingToDo();
            return;
        }
        var results = work.CompileNodes(nodes, request.Select is [var first, ..] ? first : null);
        ProjectWork.End(results);
    }
}
