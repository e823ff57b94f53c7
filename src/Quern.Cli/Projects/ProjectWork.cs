using System.Globalization;
using Quern.Budget;
using Quern.Cli.Reporting;
using Quern.Delivery.Postgres.Address;
using Quern.Duck;
using Quern.Models;
using Quern.Models.Artifacts;
using Quern.Models.Deliveries;
using Quern.Models.Results;
using Quern.Projects;
using Quern.Projects.Artifacts;
using Quern.Projects.Context;
using Quern.Projects.CsvSources;
using Quern.Projects.Nodes;
using Quern.Projects.Options;
using Quern.Projects.Selection;
using Quern.Projects.Warehouses;
using Quern.Running;

namespace Quern.Cli.Projects;

/// <summary>A verb at work on a project: its log, the project once it is loaded, its database once it is open.</summary>
/// <param name="context">The command line.</param>
/// <param name="run">The run that measures the work.</param>
/// <param name="asked">What the caller asked for.</param>
/// <param name="log">Where it says what it does.</param>
sealed class ProjectWork(CommandContext context, Run run, Invocation asked, RunLog log) : IDisposable
{
    /// <summary>Code of the fault of a run in which nodes failed.</summary>
    public const string NodesFailed = "QN7301";

    /// <summary>Name of the argument that leaves deliveries out.</summary>
    public const string NoDeliver = "no_deliver";

    IReadOnlyList<PlannedDelivery>? _deliveries;
    SpillDirectory? _spill;
    Lease? _csv;
    Warehouse? _warehouse;
    LoadedProject? _project;
    ProjectSet? _set;

    /// <summary>The command line.</summary>
    public CommandContext Context => context;

    /// <summary>The run that measures the work.</summary>
    public Run Run => run;

    /// <summary>What quern.yml says. Default: nothing.</summary>
    public QuernOptions Options { get; init; } = new();

    /// <summary>What quern.yml delivers at the end of this verb; nothing when the verb does not deliver, or was told not to.</summary>
    /// <exception cref="QuernException">Exit code 2: a delivery is not right.</exception>
    public IReadOnlyList<PlannedDelivery> Deliveries => _deliveries ??=
        asked.Which is "build" or "run" && asked.Arguments[NoDeliver] is not true ? ReadDeliveries() : [];

    /// <summary>Where the work says what it does.</summary>
    public RunLog Log => log;

    /// <summary>What <c>--json</c> prints in place of the report; null for the report.</summary>
    public string? Answer { get; set; }

    /// <summary>What the caller asked for.</summary>
    public Invocation Asked => asked;

    /// <summary>The project, read and parsed when it is first asked for.</summary>
    /// <exception cref="QuernException">Exit code 2: the project cannot be read.</exception>
    public LoadedProject Project => _project ??= Load();

    /// <summary>The project and its packages as they lie in their folders, and where they run.</summary>
    /// <exception cref="QuernException">Exit code 2: the project or a profile is not right.</exception>
    public ProjectSet Set => _project?.Set ?? (_set ??= ProjectLoader.LoadSet(asked));

    /// <summary>Folder of artifacts as the user sees it: <c>target</c>.</summary>
    public string TargetPath => Shown(Project.TargetFolder, Project.Set.Root.Folder);

    /// <summary>The database, opened when it is first asked for.</summary>
    public Warehouse Warehouse => _warehouse ??= Open(readOnly: false);

    /// <summary>Says what there is: <c>Found 5 models, 3 seeds</c>.</summary>
    public void Found()
    {
        log.Say($"Registered adapter: duckdb={DuckLibrary.Version.TrimStart('v')}", name: "AdapterRegistered");
        log.Say(FoundLine.Of(Project), name: "FoundStats");
    }

    /// <summary>Reads what quern.yml delivers, and checks it; connects to nothing.</summary>
    /// <exception cref="QuernException">Exit code 2: a delivery is not right.</exception>
    public IReadOnlyList<PlannedDelivery> ReadDeliveries()
    {
        var surroundings = context.Surroundings;
        var connection = new ConnectionDefaults(surroundings.Variables, Environment.UserName) { Secrets = surroundings.Secrets };
        return new DeliveryReader(Project, connection).Read(Options);
    }

    /// <summary>What a request selects, parents before their children; says which criteria match nothing.</summary>
    /// <exception cref="QuernException">Exit code 2: the request is not right.</exception>
    public IReadOnlyList<Resource> Select(SelectionRequest request, string verb)
    {
        var selected = new NodeSelector(Project).Select(request, verb);
        foreach (var warning in selected.Warnings) log.Say(warning, LogLevel.Warn, "NoNodesForSelectionCriteria");
        return [.. selected.Resources];
    }

    /// <summary>Runs nodes and says how each of them ended; writes run_results.json.</summary>
    /// <exception cref="QuernException">QN7301: nodes failed.</exception>
    /// <param name="nodes">The nodes.</param>
    /// <param name="measures">What is measured of each; null for what quern.yml says.</param>
    /// <param name="told">Is told of the results before a failure ends the verb. Default: nobody.</param>
    public RunResults RunNodes(IReadOnlyList<Resource> nodes, CostLevel? measures = null, Action<RunResults>? told = null)
    {
        foreach (var delivery in Deliveries.Where(d => nodes.Any(n => n.Id == d.Node.Id))) delivery.Check();
        Project.Templates.SelectedResources = [.. nodes.Select(n => n.Id)];
        var settings = new RunSettings
        {
            Measures = measures ?? (Options.ProfileNodes ? CostLevel.All : CostLevel.Spill),
            // A node that runs brings a thread of its own to the engine: where one is all there is memory for, nodes take turns.
            MostThreads = Share().Threads == 1 && run.Memory.LimitBytes < EngineShare.OneThreadBelowBytes ? 1 : null,
        };
        var results = new ProjectRunner(Project, Warehouse, Lines()) { Settings = settings }.Run(nodes, run.Cancellation);
        new RunEnd(log, TargetPath).Say(results);
        told?.Invoke(results);
        Note(results);
        WriteResults(results);
        var failed = Deliver(results);
        End(results);
        return failed is null ? results : throw new QuernException(failed);
    }

    /// <summary>Delivers what was built.</summary>
    /// <returns>What went wrong; null when nothing did.</returns>
    Fault? Deliver(RunResults results)
    {
        if (Deliveries.Count == 0) return null;
        log.Gap();
        var delivered = new DeliveryRun(run, Project, Warehouse, new DeliveryLines(log)).Deliver(Deliveries, results);
        DeliveriesFile.Write(Project, delivered);
        var fault = delivered.FirstOrDefault(d => d.Fault is not null)?.Fault;
        // Nodes that failed end the run with a fault of their own: then this one is told here.
        if (fault is not null && results.HasFailed) log.Say(ink => ink.Bad(fault.ToString()), LogLevel.Error, "DeliveryFailed");
        return fault;
    }

    /// <summary>Compiles nodes, and shows the SQL of one of them; writes run_results.json.</summary>
    /// <param name="nodes">The nodes.</param>
    /// <param name="shown">Name of the one that is shown; null for none.</param>
    public RunResults CompileNodes(IReadOnlyList<Resource> nodes, string? shown = null)
    {
        Project.Templates.SelectedResources = [.. nodes.Select(n => n.Id)];
        Lines().Begin([], Project.Set.Target.Threads);
        var results = new ProjectCompiler(Project, Warehouse).Compile(nodes, run.Cancellation);
        foreach (var result in results.Results.Where(r => r.Node.Name == shown && r.CompiledSql is not null))
            log.Result($"Compiled node '{shown}' is:\n{result.CompiledSql}", "CompiledNode");
        Failures(results);
        WriteResults(results);
        return results;
    }

    /// <summary>Writes run_results.json, and manifest.json with what was compiled.</summary>
    public void WriteResults(RunResults results)
    {
        RunResultsFile.Write(Project, results);
        var compiled = results.Results.Where(r => r.CompiledSql is not null).GroupBy(r => r.Node.Id);
        ManifestFile.Write(Project, compiled.ToDictionary(g => g.Key, g => g.Last().CompiledSql!));
    }

    /// <summary>Writes manifest.json.</summary>
    public void WriteManifest() => ManifestFile.Write(Project);

    /// <summary>Ends the run as dbt would: with a fault when a node failed or the user stopped it.</summary>
    /// <exception cref="QuernException">QN7301.</exception>
    /// <exception cref="OperationCanceledException">The user stopped it.</exception>
    public static void End(RunResults results)
    {
        if (results.IsInterrupted) throw new OperationCanceledException();
        if (!results.HasFailed) return;
        var failed = results.Results.Where(r => r.Status is NodeStatus.Error or NodeStatus.Fail or NodeStatus.PartialSuccess).ToList();
        throw Failed(
            [.. failed.Select(f => f.Node.Id)],
            results.Results.Count,
            ["quern retry     runs them again, and what was skipped because of them"],
            failed.Exists(f => f.Fault is DuckFault { Kind: DuckErrorKind.OutOfMemory }) ? ExitCode.MemoryLimit : ExitCode.Failed);
    }

    /// <summary>The fault of a run in which nodes failed, which its lines have named.</summary>
    /// <param name="ids">The nodes.</param>
    /// <param name="total">How many ran.</param>
    /// <param name="ways">What to try.</param>
    /// <param name="exit">How the process ends.</param>
    public static QuernException Failed(IReadOnlyList<string> ids, int total, IReadOnlyList<string> ways, ExitCode exit = ExitCode.Failed) =>
        new(new Fault(NodesFailed, "nodes failed")
        {
            ExitCode = exit,
            Where = string.Join(", ", ids.Take(3)) + (ids.Count > 3 ? ", ..." : ""),
            Value = string.Create(CultureInfo.InvariantCulture, $"{ids.Count} of {total}"),
            Try = ways,
        });

    /// <summary>Makes views of what another run made, and writes run_results.json.</summary>
    /// <param name="nodes">What to take.</param>
    /// <param name="state">Absolute folder of the other run's artifacts; null when none was named.</param>
    /// <exception cref="QuernException">QN7154: they are not there. QN7301: a view could not be made.</exception>
    public void CloneNodes(IReadOnlyList<Node> nodes, string? state)
    {
        var other = DeferredRelations.Read(state, option: "quern clone");
        var results = new CloneRun(Project, Warehouse, other, Lines()).Run(nodes, run.Cancellation);
        new RunEnd(log, TargetPath).Say(results);
        WriteResults(results);
        End(results);
    }

    /// <summary>Says what went wrong, with its place; nothing when all is well.</summary>
    public void Failures(RunResults results) => new RunEnd(log, TargetPath).Failures(results);

    /// <summary>Says that nothing is selected.</summary>
    public void NothingToDo() =>
        log.Say("Nothing to do. Try checking your model configs and model specification args", LogLevel.Warn, "NothingToDo");

    /// <summary>How the memory limit is shared out.</summary>
    /// <exception cref="QuernException">QN9002: it is too small.</exception>
    public EngineShare Share()
    {
        var threads = Options.Threads ?? Environment.ProcessorCount;
        if (_csv is null && CsvSources is { Count: > 0 } sources)
        {
            var readers = run.Memory.LimitBytes < EngineShare.OneThreadBelowBytes ? 1 : threads;
            var nodes = readers == 1 ? 1 : Set.Target.Threads;
            _csv = run.Memory.TryTake("CSV sources", CsvSourceSet.MemoryBytes(sources.Count, nodes, readers, run.Memory.LimitBytes));
        }
        return EngineShare.Of(run.Memory, threads);
    }

    /// <summary>The CSV sources of the project, once it is loaded: the path as it stands in SQL, and the table.</summary>
    public IReadOnlyList<(string Path, SourceTable Table)> CsvSources => _project is null ? [] : CsvSourceSet.Of(_project.Manifest);

    /// <summary>What is set aside to read them.</summary>
    public long CsvBytes => _csv?.Bytes ?? 0;

    /// <summary>A path from a folder where it lies in it, else as it is.</summary>
    public static string Shown(string path, string folder)
    {
        var shown = Path.GetRelativePath(folder, path);
        return shown.StartsWith("..", StringComparison.Ordinal) ? path : shown;
    }

    public void Dispose()
    {
        _warehouse?.Dispose();
        _csv?.Dispose();
        _spill?.Dispose();
    }

    LoadedProject Load() => BeforeNodes(() =>
    {
        var project = ProjectLoader.Load(asked, run.Cancellation);
        if (asked.Defers) project.Templates.Deferred = DeferredRelations.Read(asked.DeferFolder, asked.FavorsState);
        return project;
    });

    // Whatever is wrong before a node runs, dbt calls 2.
    static T BeforeNodes<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (QuernException e) when (e.Fault.ExitCode == ExitCode.Failed)
        {
            throw new QuernException(e.Fault with { ExitCode = ExitCode.Usage }, e);
        }
    }

    /// <summary>Opens the database within the memory limit.</summary>
    Warehouse Open(bool readOnly)
    {
        var target = Set.Target;
        _spill = SpillDirectory.Create(Options.Temp);
        var share = Share();
        var ownMemory = target.Settings.Concat(target.ConfigOptions).Any(s => s.Key.ToLowerInvariant() is "memory_limit" or "max_memory");
        return BeforeNodes(() => WarehouseOpener.Open(target, new WarehouseOptions
        {
            WorkingDirectory = asked.WorkingDirectory,
            MemoryLimitBytes = ownMemory && !context.Globals.HasMemory ? null : share.EngineBytes,
            MemoryChosenBy = context.Globals.MemoryChosenBy,
            EngineThreads = Options.Threads is not null || share.Threads < Environment.ProcessorCount ? share.Threads : null,
            ThreadsChosenBy = Options.Threads is null ? "--memory" : QuernOptions.FileName,
            EngineSettings = share.Settings,
            TempDirectory = _spill.Path,
            ReadOnly = readOnly,
            Warn = asked.Warn,
            Cancellation = run.Cancellation,
            Secrets = asked.Secrets,
        }));
    }

    NodeLines Lines() => new(log, new NodeWords(Project.Set.Target.Database), Project.Set.Target.Name);

    // What each node took becomes a step of the report, and what it made an output.
    void Note(RunResults results)
    {
        foreach (var result in results.Results)
        {
            run.Note(new StepRecord(
                result.Node.Id,
                TimeSpan.FromSeconds(result.Seconds),
                TimeSpan.FromSeconds(result.CpuSeconds ?? 0),
                result.Rows ?? 0,
                0,
                result.SpillBytes ?? 0,
                result.PeakBytes ?? 0));
            if (result is { Status: NodeStatus.Success, Relation: { } relation, Node: Node { Kind: not ResourceKind.Test } node })
                run.Made(new RunOutput(relation, node.Config.Materialized, result.Rows ?? 0));
        }
    }
}
