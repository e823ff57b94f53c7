using Quern.Budget;
using Quern.Duck;
using Quern.Models;
using Quern.Packs.OpenShift;
using Quern.Projects.Warehouses;
using Quern.Running;
using Quern.Tests.Duck;

namespace Quern.Tests.Packs.OpenShift;

public sealed class ReadFaultTests : IDisposable
{
    readonly Reports _reports = new();

    public void Dispose() => _reports.Dispose();

    [Fact]
    public void Names_the_report_that_went_away_while_it_was_read()
    {
        _reports.Pod("shop/a@n1").NodeLabels("n1", "");
        var summary = _reports.Run;
        var run = new Run("test", new MemoryLedger(new MemorySize(summary.MemoryBytes)), TimeProvider.System);
        var request = new SummaryRequest
        {
            Parameters = summary.Parameters,
            Inputs = summary.Inputs,
            BaseDirectory = summary.BaseDirectory,
            Destinations = [],
            PackFolder = summary.Pack,
            Threads = 1,
        };
        using var warehouse = new Warehouse(DuckDatabase.Open(TestDuck.Options), []);
        using var connection = warehouse.Connect();
        var session = connection.Session;
        var files = ReportFiles.Find(run, session, request);
        var plan = SummaryPlan.Of(run, request, new SummaryProject(run, request), files, SummaryMemory.Of(run.Memory, 1), 0, connection);
        plan.Prepare(session, CancellationToken.None);
        var pods = files.All.Single(f => f.Layout.Type == ReportType.PodUsage).File;
        File.Delete(pods.Path);
        var error = Assert.Throws<QuernException>(
            () => new ModelRunner(run, session, plan.Models, SummaryPlan.Results, plan.Batches, plan.SourceBytes).Build());
        Assert.Equal(
            $"""
            error QN2016: a file went away while it was read
              where   {pods.Name}
              try     run again when the inputs are at rest
            """,
            new ReadFault(session, CancellationToken.None).Of(error, files)?.Fault.ToString());
    }
}
