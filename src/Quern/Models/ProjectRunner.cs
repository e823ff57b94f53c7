using Quern.Models.Hooks;
using Quern.Models.Results;
using Quern.Models.Scheduling;
using Quern.Models.Tests;
using Quern.Projects;
using Quern.Projects.Nodes;
using Quern.Projects.Warehouses;

namespace Quern.Models;

/// <summary>Runs nodes of a project in the order of its graph, several at a time (specification section 4).</summary>
/// <remarks>A node begins as soon as those it waits for have ended. One that fails is taken back and stops those that read it; the others go
/// on. Watchers are called by one thread at a time.</remarks>
/// <param name="project">The project.</param>
/// <param name="warehouse">Where it runs.</param>
/// <param name="watcher">Is told of each node.</param>
public sealed class ProjectRunner(LoadedProject project, Warehouse warehouse, RunWatcher watcher)
{
    readonly Lock _lock = new();
    readonly HashSet<(string, string)> _warnings = [];
    readonly List<NodeResult> _results = [];
    int _index, _total;

    /// <summary>How it goes. Default: as <see cref="RunSettings"/> says.</summary>
    public RunSettings Settings { get; init; } = new();

    /// <summary>Runs on-run-start, the nodes and on-run-end.</summary>
    /// <param name="nodes">What to run: models, seeds, snapshots, tests, unit tests, exposures (which count and do nothing).</param>
    /// <param name="cancel">Stops it: what runs is interrupted and taken back, the rest is skipped, also on-run-end.</param>
    /// <exception cref="QuernException">The run could not begin, such as QN7111: nodes read each other in a circle.</exception>
    public RunResults Run(IReadOnlyList<Resource> nodes, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(nodes);
        var time = project.Invocation.Time;
        var began = time.GetTimestamp();
        warehouse.Warn = Warn;
        foreach (var setting in project.Set.Target.Settings) warehouse.OldSettings.Look(setting.Key, Warn);
        var graph = new RunGraph(nodes, project.Manifest);
        var counted = graph.Order.Where(n => n.IsCounted).Select(n => n.Resource).ToList();
        _total = counted.Count;
        var threads = Math.Min(project.Invocation.Threads ?? project.Set.Target.Threads, Settings.MostThreads ?? int.MaxValue);
        watcher.Begin(counted, threads);
        if (counted.Count == 0) return new RunResults([], time.GetElapsedTime(began).TotalSeconds, false);
        using var session = warehouse.Connect(project);
        session.Cancellation = cancel;
        warehouse.ReadCatalog(session);
        MakeSchemas(session, counted);
        var hooks = new ProjectHooks(project, session, watcher);
        var starts = Settings.RunsHooks ? hooks.Run("on-run-start") : [];
        if (starts.Count > 0) warehouse.ReadCatalog(session);
        using (var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel))
        {
            if (starts.Any(r => r.Status != NodeStatus.Success) && project.Set.Root.Flags["skip_nodes_if_on_run_start_fails"] is true)
                stop.Cancel();
            Run(graph, threads, stop);
        }
        var ends = Settings.RunsHooks && !cancel.IsCancellationRequested ? hooks.Run("on-run-end", EndNames()) : [];
        return new RunResults([.. starts, .. _results, .. ends], time.GetElapsedTime(began).TotalSeconds, cancel.IsCancellationRequested);
    }

    void Run(RunGraph graph, int threads, CancellationTokenSource stop)
    {
        var runner = new NodeRunner(project, Settings, Warn);
        var sessions = new WarehouseSession?[Math.Max(1, threads)];
        new Scheduler(graph.Order, threads, Work, worker => sessions[worker]?.Dispose()).Run();

        void Work(RunNode node, int worker)
        {
            var thread = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"Thread-{worker + 1}");
            if (stop.IsCancellationRequested || node.Parents.Exists(p => p.Stops))
            {
                var reason = stop.IsCancellationRequested ? null : SkipReason.Of(node);
                End(node, Begin(node, tells: false), NodeRunner.Skip(node.Resource, reason, thread));
                return;
            }
            var session = sessions[worker] ??= Connect(stop.Token);
            var index = Begin(node, tells: true);
            var result = runner.Run(node.Resource, session, thread);
            End(node, index, result);
            if (project.Invocation.FailFast && result.Status is NodeStatus.Error or NodeStatus.Fail or NodeStatus.PartialSuccess) stop.Cancel();
        }
    }

    WarehouseSession Connect(CancellationToken stop)
    {
        var session = warehouse.Connect(project);
        session.Cancellation = stop;
        session.Measures = Settings.Measures;
        return session;
    }

    int Begin(RunNode node, bool tells)
    {
        if (!node.IsCounted) return 0;
        lock (_lock)
        {
            var index = ++_index;
            if (tells) watcher.Started(index, _total, node.Resource);
            return index;
        }
    }

    /// <summary>An ephemeral model counts nowhere; what it says when it fails is said by those who read it.</summary>
    void End(RunNode node, int index, NodeResult result)
    {
        var blamed = node.Parents.Find(p => p.Stops && !p.IsCounted)?.Result?.Fault;
        if (result.Status == NodeStatus.Skipped && blamed is not null) result = result with { Fault = blamed };
        node.Result = result;
        node.Stops = SkipReason.Stops(result);
        if (!node.IsCounted) return;
        lock (_lock)
        {
            _results.Add(result);
            watcher.Finished(index, _total, result);
        }
    }

    /// <summary>All schemas at once, before anything runs: two nodes that make the same one at the same time would disturb each
    /// other.</summary>
    void MakeSchemas(WarehouseSession session, IEnumerable<Resource> nodes)
    {
        var schemas = nodes.OfType<Node>()
            .Where(n => n.Kind != ResourceKind.Test || TestRun.Stores(n.Config, project.Invocation.StoreFailures))
            .Select(project.Templates.RelationOf).Where(r => r.Schema is not null)
            .Select(r => (Database: r.Database ?? project.Set.Target.Database, Schema: r.Schema!)).Distinct();
        foreach (var (database, schema) in schemas) session.CreateSchema(database, schema);
    }

    Dictionary<string, object?> EndNames()
    {
        var places = _results.Select(r => r.Node).OfType<Node>()
            .Where(n => n.Kind is ResourceKind.Model or ResourceKind.Seed or ResourceKind.Snapshot)
            .Select(n => (n.Database, n.Schema)).Distinct().ToList();
        return new Dictionary<string, object?>
        {
            ["results"] = _results.ConvertAll(r => (object?)new ResultValue(r, project.Templates)),
            ["schemas"] = places.Select(p => p.Schema).Distinct().Select(s => (object?)s).ToList(),
            ["database_schemas"] = places.ConvertAll(p => (object?)new Jinja.Values.TupleValue(p.Database, p.Schema)),
        };
    }

    void Warn(string code, string sentence)
    {
        lock (_lock)
        {
            if (!_warnings.Add((code, sentence))) return;
        }
        project.Invocation.Warn(code, sentence);
    }
}
