using System.CommandLine;
using Quern.Cli.Projects;
using Quern.Jinja.Values;
using Quern.Models.Artifacts;
using Quern.Projects;

namespace Quern.Cli.Commands;

/// <summary><c>quern retry</c>.</summary>
sealed class RetryVerb : ProjectVerb
{
    readonly Option<string?> _state = ProjectOptions.Text("--state", "FOLDER", "run_results.json to go on from (default: the target path)");

    public override string Path => "retry";

    public override string Summary => "what failed or was skipped last time, again";

    public override string Help =>
        """
        Runs the nodes that failed or were skipped in the last run again, with the
        verb, variables and options of that run; --vars and --threads win over them.
          quern retry
          quern retry --state ../yesterday/target
        """;

    readonly Option<bool> _noDeliver = NodeVerb.NoDeliver();

    protected override IReadOnlyList<Option> Own => [_state, _noDeliver];

    protected override Invocation Complete(CommandContext context, Invocation invocation)
    {
        var complete = Before(context, invocation).Apply(invocation);
        if (context.Value(_noDeliver)) complete.Arguments[ProjectWork.NoDeliver] = true;
        return complete;
    }

    protected override void Explain(ProjectWork work) => new ProjectPlan(work, Before(work.Context, work.Asked).Nodes(work.Project)).Say();

    protected override void Work(ProjectWork work)
    {
        var before = Before(work.Context, work.Asked);
        work.Found();
        if (before.Verb == "run-operation")
        {
            RunOperationVerb.Call(work, work.Asked.Arguments["macro"] as string ?? "", work.Asked.Arguments["args"] as Dict ?? new Dict());
            return;
        }
        var nodes = before.Nodes(work.Project);
        if (nodes.Count == 0) work.NothingToDo();
        else if (before.Verb == "compile") work.CompileNodes(nodes);
        else work.RunNodes(nodes);
    }

    PreviousRun Before(CommandContext context, Invocation invocation)
    {
        if (ProjectOptions.Given(context, _state, "DBT_STATE") is { } state) return PreviousRun.Read(context.Path(state));
        return PreviousRun.Read(ProjectLoader.TargetFolder(invocation));
    }
}
