using Quern.Models.Results;
using Quern.Projects;
using Quern.Projects.Context;
using Quern.Projects.Nodes;
using Quern.Projects.Warehouses;

namespace Quern.Models;

/// <summary>Makes views of the relations of another run: <c>clone</c>. DuckDB has no tables that share their rows, so that nothing is
/// copied.</summary>
/// <param name="project">The project.</param>
/// <param name="warehouse">Where the views go.</param>
/// <param name="other">The relations of the other run.</param>
/// <param name="watcher">Is told of each node.</param>
public sealed class CloneRun(LoadedProject project, Warehouse warehouse, DeferredRelations other, RunWatcher watcher)
{
    /// <summary>Clones nodes one after another; one that fails does not stop the others.</summary>
    /// <param name="nodes">Models, seeds and snapshots; what the other run has not made is passed over.</param>
    /// <param name="cancel">Stops between nodes.</param>
    public RunResults Run(IReadOnlyList<Node> nodes, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(nodes);
        var time = project.Invocation.Time;
        var began = time.GetTimestamp();
        using var session = warehouse.Connect(project);
        session.Cancellation = cancel;
        watcher.Begin(nodes, 1);
        var results = new List<NodeResult>();
        for (var i = 0; i < nodes.Count && !cancel.IsCancellationRequested; i++)
        {
            watcher.Started(i + 1, nodes.Count, nodes[i]);
            results.Add(Clone(nodes[i], session));
            watcher.Finished(i + 1, nodes.Count, results[^1]);
        }
        return new RunResults(results, time.GetElapsedTime(began).TotalSeconds, cancel.IsCancellationRequested);
    }

    NodeResult Clone(Node node, WarehouseSession session)
    {
        var clock = new NodeClock(project.Invocation.Time);
        var result = new NodeResult { Node = node, Status = NodeStatus.NoOp, Thread = "Thread-1" };
        try
        {
            result = Clone(result, node, session);
        }
        catch (QuernException e)
        {
            session.Rollback();
            result = result with { Status = NodeStatus.Error, Message = NodeMessage.Of(node, e.Fault), Fault = e.Fault };
        }
        return result with { Seconds = clock.Seconds, Compiling = clock.Compiling, Executing = clock.Executing };
    }

    NodeResult Clone(NodeResult result, Node node, WarehouseSession session)
    {
        var own = project.Templates.RelationOf(node);
        if (other.Find(node.Id) is not { } there || there.Equals(own)) return result with { Message = "No-op" };
        var existing = warehouse.Find(node.Database, node.Schema, node.Alias);
        if (existing is not null && !project.Invocation.FullRefresh) return result with { Message = "Relation exists already" };
        session.CreateSchema(node.Database, node.Schema);
        session.Begin();
        if (existing is not null) session.Drop(existing);
        session.Execute($"create view {own.Render()} as select * from {there.Render()}");
        session.Created(own, RelationKind.View);
        session.Commit();
        return result with { Status = NodeStatus.Success, Message = "CREATE VIEW", Relation = own.Render() };
    }
}
