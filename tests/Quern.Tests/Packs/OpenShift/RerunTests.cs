using Quern.Duck;
using Quern.Tests.Duck;

namespace Quern.Tests.Packs.OpenShift;

/// <summary>What a second run does to the output of the first: it replaces the rows of its source and days only.</summary>
public sealed class RerunTests : IDisposable
{
    const string OtherSource = "11111111-2222-4333-8444-555555555555";
    readonly Reports _reports = new();

    public RerunTests()
    {
        _reports.Pod("shop/a@n1", cpu: (1, 0, 0), file: "1.csv")
            .Pod("shop/a@n1", cpu: (2, 0, 0), hour: "2025-10-02 00:00:00", file: "2.csv");
        _reports.Days(1, 2);
    }

    /// <summary>Outputs that keep other rows.</summary>
    public static TheoryData<string> Keeping => ["s.duckdb", "s/"];

    public static TheoryData<string> All => ["s.duckdb", "s/", "s.parquet", "s.csv"];

    public void Dispose() => _reports.Dispose();

    [Theory]
    [MemberData(nameof(All))]
    public void The_same_run_leaves_the_same_rows(string to)
    {
        Make(to);
        var first = Table(to);
        Assert.Equal(["1 shop 1.0", "1 Worker unallocated 3.0", "2 shop 2.0", "2 Worker unallocated 2.0"], Usage(to));
        Make(to);
        Assert.Equal(first, Table(to));
    }

    [Theory]
    [MemberData(nameof(Keeping))]
    public void Rows_of_other_sources_and_days_stay(string to)
    {
        Make(to);
        var ours = _reports.Parameters;
        _reports.Parameters = ours with { SourceUuid = Guid.Parse(OtherSource) };
        Make(to);
        _reports.Parameters = ours;
        _reports.Days(2, 2);
        _reports.Pod("shop/b@n1", cpu: (1, 0, 0), hour: "2025-10-02 00:00:00", file: "2.csv");
        Make(to);
        Assert.Equal(["1 shop 1.0", "1 Worker unallocated 3.0", "2 shop 3.0", "2 Worker unallocated 1.0"], Usage(to));
        Assert.Equal(
            ["1 shop 1.0", "1 Worker unallocated 3.0", "2 shop 2.0", "2 Worker unallocated 2.0"],
            Usage(to, OtherSource));
    }

    [Theory]
    [MemberData(nameof(Keeping))]
    public void Days_without_rows_keep_what_they_had_unless_they_may_become_empty(string to)
    {
        Make(to);
        _reports.Pod("shop/b@n1", cpu: (1, 0, 0), file: "1.csv");
        var run = _reports.Run with { To = [to], Inputs = ["1.csv"] };
        Assert.Equal(["QN3211 x 1: days without rows: 2025-10-02"], run.Make().Warnings);
        Assert.Equal(["1 shop 2.0", "1 Worker unallocated 2.0", "2 shop 2.0", "2 Worker unallocated 2.0"], Usage(to));
        Assert.Equal(["QN3211 x 1: days without rows: 2025-10-02"], (run with { AllowEmpty = true }).Make().Warnings);
        Assert.Equal(["1 shop 2.0", "1 Worker unallocated 2.0"], Usage(to));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void An_empty_summary_leaves_the_output_as_it_is(string to)
    {
        Make(to);
        var before = Table(to);
        _reports.Days(5, 9);
        Assert.Equal(
            [
                "QN3211 x 5: days without rows: 2025-10-05, 2025-10-06, 2025-10-07, ...",
                $"QN3212 x 1: {to} stays as it is: there is nothing to write",
            ],
            Make(to).Warnings);
        Assert.Equal(before, Table(to));
    }

    [Theory]
    [InlineData("s.parquet")]
    [InlineData("s.csv")]
    public void An_empty_summary_that_is_allowed_replaces_a_file(string to)
    {
        Make(to);
        _reports.Days(5, 9);
        (_reports.Run with { To = [to], Inputs = ["1.csv", "2.csv"], AllowEmpty = true }).Make();
        Assert.Empty(Table(to));
    }

    [Theory]
    [InlineData("s.parquet", "s.parquet")]
    [InlineData("s.csv", "s.csv")]
    [InlineData("out/", "out/source=6e212746-484a-40cd-bba0-09a19d132d64/year=2025/month=10/day=1/data.parquet")]
    public void Output_that_lies_among_the_input_is_not_read(string to, string file)
    {
        _reports.Days(1, 1);
        var run = _reports.Run with { To = [to] };
        var first = run.Make();
        Assert.Empty(first.Warnings);
        var second = run.Make();
        Assert.Equal(first.Lines, second.Lines);
        Assert.Equal([$"QN2102 x 1: not read, a summary, not a report: {file}"], second.Warnings);
    }

    SummaryResult Make(string to) => (_reports.Run with { To = [to], Inputs = ["1.csv", "2.csv"] }).Make();

    /// <summary>Day, namespace and core hours of a source's rows.</summary>
    IReadOnlyList<string> Usage(string to, string source = Reports.Source) => Read(
        to,
        "day || ' ' || namespace || ' ' || pod_usage_cpu_core_hours::double",
        $"where source = {Sql.Text(source)} order by usage_start, lower(namespace)");

    /// <summary>All there is, each row as text.</summary>
    IReadOnlyList<string> Table(string to) => Read(to, "to_json(t)::varchar", "order by 1");

    IReadOnlyList<string> Read(string to, string columns, string rest)
    {
        using var session = TestDuck.Memory();
        var path = _reports[to];
        if (to == "s.duckdb") session.Execute($"attach {Sql.Text(path)} as db (read_only)");
        var from = to switch
        {
            "s.duckdb" => "db.reporting_ocpusagelineitem_daily_summary",
            "s.parquet" => $"read_parquet({Sql.Text(path)})",
            "s.csv" => $"read_csv({Sql.Text(path)}, all_varchar = true)",
            _ => $"read_parquet({Sql.Text(path + "source=*/year=2025/**/data.parquet")}, hive_partitioning = false)",
        };
        var rows = CaughtRows.Read(session, $"select {columns} from {from} as t {rest}");
        return [.. rows.Select(r => (string)r.Cells[0]!)];
    }
}
