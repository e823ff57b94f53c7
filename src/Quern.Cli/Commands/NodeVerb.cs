using System.CommandLine;
using Quern.Cli.Projects;
using Quern.Projects;
using Quern.Projects.Nodes;

namespace Quern.Cli.Commands;

/// <summary>A verb that runs nodes of a project.</summary>
abstract class NodeVerb : ProjectVerb
{
    readonly SelectionOptions _selection = new();
    readonly Switch _fullRefresh = new("--full-refresh", "build incremental models and seeds from nothing", "DBT_FULL_REFRESH", "-f");
    readonly Switch _storeFailures = new("--store-failures", "keep the rows that tests find as tables", "DBT_STORE_FAILURES");
    readonly EventTimeOptions _times = new();

    readonly Option<bool> _noDeliver = NoDeliver();

    /// <summary>Whether it delivers at its end what quern.yml says. Default: no.</summary>
    protected virtual bool Delivers => false;

    protected sealed override IReadOnlyList<Option> Own =>
    [
        .. _selection.All, .. _fullRefresh.Options, .. _storeFailures.Options, .. _times.All,
        .. Delivers ? [_noDeliver] : Array.Empty<Option>(),
    ];

    /// <summary>The option that leaves deliveries out.</summary>
    public static Option<bool> NoDeliver() =>
        new("--no-deliver") { Description = "do not deliver what quern.yml says", Arity = ArgumentArity.Zero };

    protected sealed override Invocation Complete(CommandContext context, Invocation invocation)
    {
        var complete = _times.Complete(context, _selection.Complete(context, invocation)) with
        {
            FullRefresh = _fullRefresh.Read(context) ?? false,
            StoreFailures = _storeFailures.Read(context),
        };
        complete.Arguments["full_refresh"] = complete.FullRefresh;
        complete.Arguments["store_failures"] = complete.StoreFailures;
        if (Delivers && context.Value(_noDeliver)) complete.Arguments[ProjectWork.NoDeliver] = true;
        return complete;
    }

    protected sealed override void Work(ProjectWork work)
    {
        work.Found();
        var nodes = Chosen(work);
        if (nodes.Count == 0) work.NothingToDo();
        else work.RunNodes(nodes);
    }

    protected sealed override void Explain(ProjectWork work) => new ProjectPlan(work, Chosen(work)).Say();

    IReadOnlyList<Resource> Chosen(ProjectWork work) => work.Select(_selection.Read(work.Context), Which);
}
