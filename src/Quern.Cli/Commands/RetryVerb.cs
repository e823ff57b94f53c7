using System.CommandLine;
using Quern.Cli.Projects;
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
        options of that run.
          quern build; quern retry
        """;

    protected override IReadOnlyList<Option> Own => [_state];

    protected override Invocation Complete(CommandContext context, Invocation invocation) => Earlier(context, invocation).Apply(invocation);

    protected override void Explain(ProjectWork work) => new ProjectPlan(work, Earlier(work).Nodes(work.Project)).Say();

    protected override void Work(ProjectWork work)
    {
        work.Found();
        var nodes = Earlier(work).Nodes(work.Project);
        if (nodes.Count == 0) work.NothingToDo();
        else work.RunNodes(nodes);
    }
}
