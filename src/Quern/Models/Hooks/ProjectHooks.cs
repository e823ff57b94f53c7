using Quern.Models.Results;
using Quern.Projects;
using Quern.Projects.Artifacts;
using Quern.Projects.Nodes;
using Quern.Projects.Warehouses;
using Quern.Running;

namespace Quern.Models.Hooks;

/// <summary>Runs on-run-start and on-run-end: each in order, outside of a transaction; one that fails ends them (specification section
/// 3.10).</summary>
/// <param name="project">The project.</param>
/// <param name="session">The connection.</param>
/// <param name="watcher">Is told of each.</param>
sealed class ProjectHooks(LoadedProject project, WarehouseSession session, RunWatcher watcher)
{
    /// <summary>The hooks of a moment: those of packages by name, then the root project's.</summary>
    /// <param name="moment"><c>on-run-start</c> or <c>on-run-end</c>.</param>
    public IReadOnlyList<Node> Of(string moment) =>
    [
        .. project.Manifest.Nodes.Values
            .Where(n => n.Kind == ResourceKind.Operation && n.Name.Contains(moment, StringComparison.Ordinal))
            .OrderBy(n => n.Package == project.Set.Root.Name).ThenBy(n => n.Package, StringComparer.Ordinal).ThenBy(n => n.HookIndex),
    ];

    /// <summary>Runs them.</summary>
    /// <param name="moment"><c>on-run-start</c> or <c>on-run-end</c>.</param>
    /// <param name="names">What their templates see beside the usual names.</param>
    public IReadOnlyList<NodeResult> Run(string moment, IReadOnlyDictionary<string, object?>? names = null)
    {
        var hooks = Of(moment);
        var results = new List<NodeResult>();
        for (var i = 0; i < hooks.Count; i++)
        {
            var failed = results.Exists(r => r.Status != NodeStatus.Success);
            var index = i + 1;
            var result = failed
                ? NodeRunner.Skip(hooks[i], null, "main")
                : Run(hooks[i], moment, names, () => watcher.Started(index, hooks.Count, hooks[index - 1]));
            results.Add(result);
            watcher.Finished(i + 1, hooks.Count, result);
        }
        return results;
    }

    // A hook begins when it has been rendered, as dbt has it: what its template says comes before.
    NodeResult Run(Node hook, string moment, IReadOnlyDictionary<string, object?>? names, Action started)
    {
        var hasStarted = false;
        var clock = new NodeClock(project.Invocation.Time);
        var name = $"{hook.Package}.{moment}.{hook.HookIndex}";
        var result = new NodeResult { Node = hook, Status = NodeStatus.Success, Failures = 0, Message = $"{name} passed", Thread = "main" };
        session.Comment = null;
        try
        {
            QueryComment.Set(session, project, hook);
            var sql = project.Templates.Render(hook.RawCode, $"{name} ({hook.File})", hook, session, names);
            clock.Compiled(sql);
            CompiledFile.Write(project, hook, sql);
            hasStarted = true;
            started();
            session.Commit();
            if (SqlStatements.HasCode(sql)) session.Execute(sql);
            result = result with { Response = new Jinja.Values.Dict { ["_message"] = "OK" } };
        }
        catch (OperationCanceledException) when (session.Cancellation.IsCancellationRequested)
        {
            result = result with { Status = NodeStatus.Skipped, Message = "interrupted", Failures = null };
        }
        catch (QuernException e)
        {
            result = result with { Status = NodeStatus.Error, Message = NodeMessage.Of(hook, e.Fault), Fault = e.Fault };
        }
        catch (Exception e) when (e is not (OperationCanceledException or OutOfMemoryException))
        {
            var fault = Ending.Of(e, CancellationToken.None) with { Where = hook.File };
            result = result with { Status = NodeStatus.Error, Message = NodeMessage.Of(hook, fault), Fault = fault };
        }
        result = NodeRunner.TakeBack(result, hook, session);
        if (!hasStarted) started();
        return result with { Seconds = clock.Seconds, Compiling = clock.Compiling, Executing = clock.Executing, CompiledSql = clock.Sql };
    }
}
