using Quern.Budget;
using Quern.Duck;
using Quern.Models;
using Quern.Packs.OpenShift;
using Quern.Projects.Warehouses;
using Quern.Running;
using Quern.Tests.Duck;

namespace Quern.Tests.Packs.OpenShift;

/// <summary>The folds of pods may be built in parts of whole days: rows and counts are the same in however many.</summary>
public class PartsTests
{
    [Theory]
    [InlineData("edge-groups-span-files", "input")]
    [InlineData("nise-example-cross-month", "input")]
    [InlineData("nise-example-cross-month", "parquet")]
    [InlineData("nise-example-cross-month", "parquet/data/parquet/org1234567")]
    public void Do_not_show_in_a_scenario(string name, string input) =>
        Check(Scenario.Of(name).Run with { Inputs = [input] });

    [Fact]
    public void Do_not_show_in_a_made_up_cluster()
    {
        using var reports = new Reports();
        Check(MadeUpCluster.Write(reports, 7));
    }

    static void Check(SummaryRun run)
    {
        var days = run.Parameters.End.DayNumber - run.Parameters.Start.DayNumber + 1;
        Assert.InRange(days, 2, 5);
        var whole = Build(run, 1);
        for (var parts = 2; parts <= days; parts++) Assert.Equal(whole, Build(run, parts));
    }

    static IReadOnlyList<string> Build(SummaryRun summary, int parts)
    {
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
        var days = new DayBatches(request.Parameters.Start, request.Parameters.End, parts);
        Assert.Equal(parts, days.Count);
        new ModelRunner(run, session, plan.Models, SummaryPlan.Results, days, _ => 0).Build();
        return
        [
            .. CaughtRows.Read(session, $"select to_json(s)::varchar from {SummaryPlan.Summary} as s")
            .Select(r => (string)r.Cells[0]!),
            .. CaughtRows.Read(session, "select to_json(c)::varchar from row_counts as c order by 1")
            .Select(r => (string)r.Cells[0]!),
            .. CaughtRows.Read(session, "select to_json(w)::varchar from warnings as w order by 1")
            .Select(r => (string)r.Cells[0]!),
        ];
    }
}
