using Quern.Models.Results;
using Quern.Projects;
using Quern.Projects.Artifacts;
using Quern.Projects.Nodes;
using Quern.Projects.Warehouses;

namespace Quern.Models;

/// <summary>Renders nodes as they would run and writes their SQL below <c>target/compiled</c>; builds nothing.</summary>
/// <param name="project">The project.</param>
/// <param name="warehouse">The database that templates ask.</param>
public sealed class ProjectCompiler(LoadedProject project, Warehouse warehouse)
{
    /// <summary>Compiles nodes one after the other; one that fails does not stop the others.</summary>
    /// <param name="nodes">Models, tests, analyses; seeds and snapshots pass as they are.</param>
    /// <param name="cancel">Stops between nodes.</param>
    /// <returns>A result for each node but the ephemeral ones.</returns>
    public RunResults Compile(IReadOnlyList<Resource> nodes, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(nodes);
        var time = project.Invocation.Time;
        var began = time.GetTimestamp();
        var results = new List<NodeResult>();
        using var session = warehouse.Connect(project);
        session.Cancellation = cancel;
        foreach (var node in nodes)
        {
            if (cancel.IsCancellationRequested) break;
            var result = Compile(node, session);
            if (node is not Node { IsEphemeral: true } || result.Status == NodeStatus.Error) results.Add(result);
        }
        return new RunResults(results, time.GetElapsedTime(began).TotalSeconds, cancel.IsCancellationRequested);
    }

    NodeResult Compile(Resource resource, WarehouseSession session)
    {
        var time = project.Invocation.Time;
        var (start, began) = (time.GetUtcNow(), time.GetTimestamp());
        string? sql = null;
        Fault? fault = null;
        try
        {
            if (resource is Node { Kind: not (ResourceKind.Seed or ResourceKind.Operation) } node)
            {
                sql = project.Templates.Compile(node, session).Sql;
                CompiledFile.Write(project, node, sql);
            }
        }
        catch (QuernException e)
        {
            session.Rollback();
            fault = e.Fault;
        }
        return new NodeResult
        {
            Node = resource,
            Status = fault is null ? NodeStatus.Success : NodeStatus.Error,
            Message = fault?.ToString(),
            Fault = fault,
            CompiledSql = sql,
            Compiling = (start, time.GetUtcNow()),
            Executing = (start, start),
            Seconds = time.GetElapsedTime(began).TotalSeconds,
            Thread = "Thread-1",
        };
    }
}
