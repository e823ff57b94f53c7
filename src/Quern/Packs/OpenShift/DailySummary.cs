using Quern.Delivery;
using Quern.Duck;
using Quern.Files;
using Quern.Models;
using Quern.Projects.Warehouses;
using Quern.Running;

namespace Quern.Packs.OpenShift;

/// <summary>
/// The daily usage summary of an OpenShift cluster: finds the reports, lets the pack's models fold and join them, and delivers the
/// result (specification: the product's own SQL, rule by rule).
/// </summary>
public sealed class DailySummary
{
    /// <summary>What a run needs memory for that can neither be split nor be written to the temporary folder.</summary>
    const string Indivisible = "room for one day's groups and for the rows of the result while they are sorted";

    readonly Run _run;
    readonly SummaryRequest _request;
    readonly SummaryMemory _memory;

    /// <summary>Shares out the memory.</summary>
    /// <exception cref="QuernException">QN9002, exit code 4: the limit is too small.</exception>
    public DailySummary(Run run, SummaryRequest request)
    {
        _run = run;
        _request = request;
        _memory = SummaryMemory.Of(run.Memory, request.Threads);
    }

    /// <summary>Checks what can be known of a request before the work begins.</summary>
    /// <exception cref="QuernException">Exit code 2: parameters contradict each other, or an output cannot be written.</exception>
    public static void Check(SummaryRequest request)
    {
        request.Parameters.Check();
        Destinations.CheckDistinct(request.Destinations);
        foreach (var destination in request.Destinations) destination.Check();
    }

    /// <summary>Does the work.</summary>
    /// <exception cref="QuernException">The work failed; outputs that are not in the report are as they were.</exception>
    public void Make()
    {
        var project = new SummaryProject(_run, _request);
        using var spill = SpillDirectory.Create(_request.TempDirectory);
        using var lease = _run.Memory.Take("duckdb", _memory.EngineBytes);
        using var warehouse = Open(_memory.Threads, _memory.Settings, spill);
        _run.Version("duckdb", DuckLibrary.Version);
        using var connection = Connect(warehouse);
        var session = connection.Session;
        var plan = Plan(connection, project);
        try
        {
            plan.Prepare(session, _run.Cancellation);
            new ModelRunner(_run, session, plan.Models, SummaryPlan.Results, plan.Batches, plan.SourceBytes).Build();
            using (_run.Step("prove that inputs are whole")) SteadyInputs.Check(plan.Files.All.Select(f => f.File), _run.Cancellation);
            SummaryChecks.Count(_run, session, plan.Files);
            SummaryChecks.Roles(_run, session, _request.Parameters);
            Deliver(warehouse.Database, session);
        }
        catch (QuernException e)
        {
            var read = new ReadFault(session, _run.Cancellation);
            var memory = MemoryFault.Of(e, _memory.LimitBytes, Indivisible);
            if ((SpillFault.Of(e, warehouse.Database.Options) ?? memory ?? read.Of(e, plan.Files)) is { } fault) throw fault;
            throw;
        }
    }

    /// <summary>What <see cref="Make"/> would do, found out without reading a report's rows.</summary>
    public SummaryPlan Explain()
    {
        var project = new SummaryProject(_run, _request);
        using var spill = SpillDirectory.Create(_request.TempDirectory);
        using var warehouse = Open(1, null, spill);
        using var connection = Connect(warehouse);
        return Plan(connection, project);
    }

    Warehouse Open(int threads, IReadOnlyDictionary<string, string>? settings, SpillDirectory spill) => new(
        DuckDatabase.Open(new DuckOptions
        {
            MemoryLimitBytes = _memory.EngineBytes,
            Threads = threads,
            TempDirectory = spill.Path,
            Settings = settings ?? new Dictionary<string, string>(),
        }),
        []);

    WarehouseSession Connect(Warehouse warehouse)
    {
        var connection = warehouse.Connect();
        connection.Cancellation = _run.Cancellation;
        return connection;
    }

    SummaryPlan Plan(WarehouseSession connection, SummaryProject project)
    {
        using var step = _run.Step("look at the inputs");
        var files = ReportFiles.Find(_run, connection.Session, _request);
        step.Count(0, files.All.Sum(f => f.File.SizeBytes));
        var podRows = files.PodRows(connection.Session, _run.Cancellation);
        return SummaryPlan.Of(_run, _request, project, files, _memory, podRows, connection);
    }

    void Deliver(DuckDatabase database, DuckSession session)
    {
        var days = SummaryChecks.Days(_run, session, _request.Parameters);
        var source = _request.Parameters.SourceUuid.ToString();
        var replaced = _request.AllowEmpty ? days.Asked : days.WithRows;
        var shipment = new Shipment
        {
            Relation = SummaryPlan.Summary,
            Table = SummaryColumns.Table,
            Columns = SummaryColumns.All,
            DatabaseColumns = ["uuid"],
            Scope = new Scope("source_uuid", source, "usage_start", replaced) { KeyFolder = "source" },
            Rows = session.Scalar<long>($"select count(*) from {SummaryPlan.Summary}", _run.Cancellation),
            RowGroupRows = _memory.RowGroupRows,
            AllowEmpty = _request.AllowEmpty,
            Run = _run,
        };
        Dispatch.Send(_run, database, shipment, _request.Destinations);
    }
}
