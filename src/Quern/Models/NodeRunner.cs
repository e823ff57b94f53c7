using Quern.Duck;
using Quern.Jinja.Values;
using Quern.Models.Hooks;
using Quern.Models.Incremental;
using Quern.Models.Materializations;
using Quern.Models.Results;
using Quern.Models.Tests;
using Quern.Models.UnitTests;
using Quern.Projects;
using Quern.Projects.Artifacts;
using Quern.Projects.Nodes;
using Quern.Projects.Times;
using Quern.Projects.Warehouses;
using Quern.Running;

namespace Quern.Models;

/// <summary>Runs one node after another, on any thread: what a node's result says is decided here.</summary>
/// <param name="project">The project.</param>
/// <param name="settings">How the run goes.</param>
/// <param name="warn">Takes warnings: code and sentence.</param>
sealed class NodeRunner(LoadedProject project, RunSettings settings, Action<string, string> warn)
{
    readonly Invocation _invocation = project.Invocation;

    /// <summary>Runs a node; an error is a result.</summary>
    /// <param name="resource">The node.</param>
    /// <param name="session">The connection, without an open transaction.</param>
    /// <param name="thread">Name of the worker, for the result.</param>
    public NodeResult Run(Resource resource, WarehouseSession session, string thread)
    {
        var clock = new NodeClock(_invocation.Time);
        var result = new NodeResult { Node = resource, Status = NodeStatus.Success, Thread = thread };
        session.TakeCosts();
        session.Comment = null;
        try
        {
            if (settings.CommentsStatements) QueryComment.Set(session, project, resource);
            result = resource switch
            {
                UnitTest test => Test(result, test, session, clock),
                Node { Kind: ResourceKind.Test } test => Test(result, test, session, clock),
                Node model when MicrobatchPlan.Is(model) && !model.IsPython => LandBatches(result, model, session, clock),
                Node { IsEphemeral: true } model => Compile(result, model, session, clock),
                Node node => Land(result, node, session, clock),
                _ => result with { Status = NodeStatus.NoOp },
            };
        }
        catch (OperationCanceledException) when (session.Cancellation.IsCancellationRequested)
        {
            result = result with { Status = NodeStatus.Skipped, Message = "interrupted" };
        }
        catch (QuernException e)
        {
            var fault = Placed(resource, e.Fault);
            result = result with { Status = NodeStatus.Error, Message = NodeMessage.Of(resource, fault), Fault = fault };
        }
        catch (Exception e) when (e is not (OperationCanceledException or OutOfMemoryException))
        {
            // A fault of this program is the node's, not the run's: the others go on, and the results are written.
            var fault = Ending.Of(e, CancellationToken.None) with { Where = resource.File };
            result = result with { Status = NodeStatus.Error, Message = NodeMessage.Of(resource, fault), Fault = fault };
        }
        result = TakeBack(result, resource, session);
        var costs = session.TakeCosts();
        return result with
        {
            Seconds = clock.Seconds,
            Compiling = clock.Compiling,
            Executing = clock.Executing,
            CompiledSql = result.CompiledSql ?? clock.Sql,
            CpuSeconds = settings.Measures >= CostLevel.All ? costs?.CpuSeconds : null,
            Profile = settings.Measures == CostLevel.Operators ? costs?.Dearest : null,
            PeakBytes = costs?.PeakBytes,
            SpillBytes = costs?.SpillBytes,
        };
    }

    /// <summary>Takes back what is not committed. Where the engine cannot, the node has failed, if it had not already.</summary>
    internal static NodeResult TakeBack(NodeResult result, Resource resource, WarehouseSession session)
    {
        try
        {
            session.Rollback();
            return result;
        }
        catch (QuernException e)
        {
            if (result.Status is NodeStatus.Error or NodeStatus.Fail or NodeStatus.Skipped) return result;
            var fault = Placed(resource, e.Fault);
            return result with { Status = NodeStatus.Error, Message = NodeMessage.Of(resource, fault), Fault = fault };
        }
    }

    /// <summary>What a skipped node says.</summary>
    public static NodeResult Skip(Resource resource, string? message, string thread) =>
        new() { Node = resource, Status = NodeStatus.Skipped, Message = message, Thread = thread };

    NodeResult Compile(NodeResult result, Node model, WarehouseSession session, NodeClock clock)
    {
        var sql = project.Templates.Compile(model, session).Sql;
        clock.Compiled(sql);
        CompiledFile.Write(project, model, sql);
        return result;
    }

    NodeResult LandBatches(NodeResult result, Node node, WarehouseSession session, NodeClock clock)
    {
        var batches = MicrobatchPlan.Of(node, _invocation, session.Warehouse);
        var run = new MicrobatchRun(
            batches, new NodeHooks(project, node, session), Compiled, build => Sent(build, () => Materializations.Materializations.Land(build)));
        run.Run();
        var (status, message) = run.Verdict();
        var fault = run.Failure is { } failure ? Placed(node, failure.Fault) : null;
        return result with
        {
            Status = status,
            Message = fault is null ? message : $"{message}\n{NodeMessage.Of(node, fault)}",
            Fault = fault,
            Relation = project.Templates.RelationOf(node).Render(),
            Response = new Dict { ["_message"] = message },
            Batches = run.Done,
        };

        Build Compiled(EventBatch batch)
        {
            session.Rollback();
            var sql = project.Templates.Compile(node, session, batch).Sql;
            clock.Compiled(sql);
            CompiledFile.Write(project, node, batch, sql);
            return Building(node, sql, session, batch);
        }
    }

    NodeResult Land(NodeResult result, Node node, WarehouseSession session, NodeClock clock)
    {
        var sql = node.Kind == ResourceKind.Seed ? "" : project.Templates.Compile(node, session).Sql;
        clock.Compiled(node.Kind == ResourceKind.Seed ? null : sql);
        if (node.Kind != ResourceKind.Seed) CompiledFile.Write(project, node, sql);
        var build = Building(node, sql, session);
        var landed = CustomMaterialization.Find(project, node) is { } macro
            ? Sent(build, () => CustomMaterialization.Land(project, build, macro))
            : Land(node, build);
        return result with
        {
            Message = landed.Message,
            Relation = build.Target.Render(),
            Rows = landed.Rows,
            Response = Response(landed),
        };
    }

    Landed Land(Node node, Build build)
    {
        var session = build.Session;
        var hooks = new NodeHooks(project, node, session);
        hooks.Before(inTransaction: false);
        session.Begin();
        hooks.Before(inTransaction: true);
        var landed = Sent(build, () => Materializations.Materializations.Land(build));
        hooks.After(inTransaction: true);
        session.Commit();
        hooks.After(inTransaction: false);
        return landed;
    }

    /// <summary>Does the work and keeps the statements that it sent, also those of work that failed.</summary>
    T Sent<T>(Build build, Func<T> work)
    {
        var sent = new List<string>();
        build.Session.Sent = sent;
        try
        {
            return work();
        }
        finally
        {
            build.Session.Sent = null;
            if (sent.Count > 0) CompiledFile.Write(project, build.Node, string.Join(";\n\n", sent), "run");
        }
    }

    NodeResult Test(NodeResult result, Node test, WarehouseSession session, NodeClock clock)
    {
        var sql = project.Templates.Compile(test, session).Sql;
        clock.Compiled(sql);
        CompiledFile.Write(project, test, sql);
        session.Commit();
        var stores = TestRun.Stores(test.Config, _invocation.StoreFailures);
        var build = Building(test, sql, session);
        var verdict = Sent(build, () => TestRun.Run(build, stores, _invocation.WarnError));
        return Judged(result, verdict) with { Relation = stores ? build.Target.Render() : null };
    }

    NodeResult Test(NodeResult result, UnitTest test, WarehouseSession session, NodeClock clock)
    {
        var run = new UnitTestRun(project, test, session);
        var sql = run.Compile();
        clock.Compiled(sql);
        CompiledFile.Write(project, test, sql);
        return Judged(result, run.Compare());
    }

    static NodeResult Judged(NodeResult result, TestVerdict verdict) => result with
    {
        Status = verdict.Status,
        Failures = verdict.Failures,
        Message = verdict.Message,
        Response = new Dict { ["_message"] = Landed.Ok },
    };

    Build Building(Node node, string sql, WarehouseSession session, EventBatch? batch = null) => new()
    {
        Batch = batch,
        HasStrategyMacro = name => StrategyMacro(name) is not null,
        StrategyMacro = (name, arguments) =>
            PythonText.Of(project.Templates.CallMacro(StrategyMacro(name)!, node, session, [arguments])),
        Node = node,
        Target = project.Templates.RelationOf(node),
        Sql = sql,
        Session = session,
        FullRefreshAsked = _invocation.FullRefresh,
        ExternalRoot = project.Set.Target.ExternalRoot,
        WorkingDirectory = _invocation.WorkingDirectory,
        Time = _invocation.Time,
        Warn = warn,
        Render = text => project.Templates.Render(text, node.File, node, session),
    };

    /// <summary>The macro of the root project, or else of a package, that gives the SQL of an incremental strategy; null when neither has it.</summary>
    string? StrategyMacro(string name) => project.Set.Packages.Select(p => p.Name).Prepend(project.Set.Root.Name)
        .Where(p => project.Templates.Macros.ContainsKey($"macro.{p}.{name}")).Select(p => $"{p}.{name}").FirstOrDefault();

    static Dict Response(Landed landed)
    {
        var response = new Dict { ["_message"] = landed.Message };
        if (landed.Code is null) return response;
        response["code"] = landed.Code;
        response["rows_affected"] = landed.Rows;
        return response;
    }

    static Fault Placed(Resource resource, Fault fault) => fault switch
    {
        DuckFault duck => duck with { Where = duck.Where is null ? resource.File : $"{resource.File}\n{duck.Where}" },
        _ => fault.Where is null ? fault with { Where = resource.File } : fault,
    };
}
