using Quern.Duck;
using Quern.Tests.Duck;
using Quern.Tests.Files;

namespace Quern.Tests.Packs.OpenShift;

/// <summary>Reports as Parquet, in the folders of the product's lake: specification section 3.4.</summary>
public sealed class LakeTests : IDisposable
{
    const string OtherSource = "11111111-2222-4333-8444-555555555555";
    readonly ScratchFolder _scratch = new();

    public static TheoryData<string> Scenarios =>
        ["12-label-precedence", "edge-groups-span-files", "nise-example-cross-month"];

    public void Dispose() => _scratch.Dispose();

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void Daily_rows_give_the_measures_and_hourly_rows_the_capacity(string name)
    {
        var scenario = Scenario.Of(name);
        var result = (scenario.Run with { Inputs = ["parquet/data/parquet"] }).Make();
        scenario.Check(Scenario.Text(result.Rows));
        Assert.Empty(result.Warnings);
    }

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void Hourly_rows_alone_suffice(string name)
    {
        var scenario = Scenario.Of(name);
        scenario.Check(Scenario.Text((scenario.Run with { Inputs = ["parquet/data/parquet/org1234567"] }).Make().Rows));
    }

    [Theory]
    [InlineData("parquet/data/parquet/daily", "parquet/data/parquet/org1234567")]
    [InlineData("parquet/data/parquet/**/*.parquet")]
    [InlineData("parquet")]
    [InlineData("../12-label-precedence/parquet/data")]
    public void The_lake_is_found_from_every_folder_above_it(params string[] inputs)
    {
        var scenario = Scenario.Of("12-label-precedence");
        scenario.Check(Scenario.Text((scenario.Run with { Inputs = inputs }).Make().Rows));
    }

    [Fact]
    public void Daily_pod_rows_alone_are_refused()
    {
        var scenario = Scenario.Of("12-label-precedence");
        Assert.Equal(
            """
            error QN3104: daily pod rows are there without the hourly ones
              where   parquet/data/parquet/daily/org1234567/OCP/pod_usage/source=6e212746-484a-40cd-bba0-09a19d132d64/year=2025/month=10/October-2025-quern-cluster-ocp_pod_usage_daily_0.parquet
              value   month 2025-10
              wanted  hourly rows of the same month: node capacity is the largest figure of each hour, and daily rows sum it over the pods
              try     --input the folder above, that holds daily/ and the hourly rows beside it
                      hourly rows alone suffice, too
            """,
            (scenario.Run with { Inputs = ["parquet/data/parquet/daily"] }).Fault());
    }

    [Fact]
    public void Files_of_other_sources_and_months_are_left_out_and_sources_are_named()
    {
        CopyLake("12-label-precedence");
        foreach (var path in Directory.EnumerateFiles(_scratch.Path, "*.parquet", SearchOption.AllDirectories).ToList())
        {
            Copy(path, path.Replace(Reports.Source, OtherSource, StringComparison.Ordinal));
            Copy(path, path.Replace("month=10", "month=09", StringComparison.Ordinal));
        }
        var scenario = Scenario.Of("12-label-precedence");
        var result = (scenario.Run with { Inputs = ["."], BaseDirectory = _scratch.Path }).Make();
        scenario.Check(Scenario.Text(result.Rows));
        var folder = $"lake/daily/org1234567/OCP";
        var path9 = $"source={OtherSource}/year=2025/month=10";
        Assert.Equal(
            [
                $"QN2102 x 6: not read, of source {OtherSource}, which is not asked for: " +
                $"{folder}/namespace_labels/{path9}/October-2025-quern-cluster-ocp_namespace_label_daily_0.parquet, " +
                $"{folder}/node_labels/{path9}/October-2025-quern-cluster-ocp_node_label_daily_0.parquet, " +
                $"{folder}/pod_usage/{path9}/October-2025-quern-cluster-ocp_pod_usage_daily_0.parquet and 3 more",
            ],
            result.Warnings);
    }

    [Fact]
    public void Daily_rows_without_effective_usage_take_the_larger_of_the_days_sums()
    {
        CopyLake("12-label-precedence");
        Rewrite(
            "daily/org1234567/OCP/pod_usage",
            """
            select * exclude (pod_effective_usage_cpu_core_seconds, pod_effective_usage_memory_byte_seconds)
                replace (2 * pod_request_cpu_core_seconds as pod_usage_cpu_core_seconds)
            """);
        var rows = LakeRun("12-label-precedence").Make().Rows;
        var pods = rows.Where(r => r["pod_labels"] is not null).ToList();
        Assert.NotEmpty(pods);
        foreach (var row in pods)
        {
            Assert.Equal(2 * (double)row["pod_request_cpu_core_hours"]!, row["pod_effective_usage_cpu_core_hours"]);
            var usage = (double)row["pod_usage_memory_gigabyte_hours"]!;
            var request = (double)row["pod_request_memory_gigabyte_hours"]!;
            Assert.Equal(Math.Max(usage, request), row["pod_effective_usage_memory_gigabyte_hours"]);
        }
    }

    [Fact]
    public void A_sum_of_a_day_may_lie_above_the_limit_for_an_hour()
    {
        CopyLake("12-label-precedence");
        Rewrite("daily/org1234567/OCP/pod_usage", "select * replace (2e19::double as pod_limit_cpu_core_seconds)");
        var result = LakeRun("12-label-precedence").Make();
        var limits = result.Rows.Where(r => r["pod_labels"] is not null).Select(r => (double)r["pod_limit_cpu_core_hours"]!);
        // Each row is a pod of its own labels.
        Assert.All(limits, l => Assert.Equal(2e19 / 3600, l));
        Assert.NotEmpty(limits);
        Assert.Empty(result.Warnings);
    }

    [Fact]
    public void A_daily_row_with_a_measure_that_is_not_finite_is_left_out()
    {
        CopyLake("12-label-precedence");
        Rewrite("daily/org1234567/OCP/pod_usage", "select * replace ('NaN'::double as pod_limit_cpu_core_seconds)");
        var result = LakeRun("12-label-precedence").Make();
        Assert.DoesNotContain(result.Rows, r => r["data_source"] is "Pod");
        Assert.Matches("^QN3202 x [1-9]: rows with a measure that is above 1e18 or not finite are left out$", result.Warnings[0]);
    }

    [Fact]
    public void A_node_without_hourly_rows_keeps_its_daily_rows_and_has_no_capacity()
    {
        CopyLake("edge-groups-span-files");
        var before = LakeRun("edge-groups-span-files").Make().Rows;
        var node = (string)before[0]["node"]!;
        Rewrite(
            "org1234567/OCP/pod_usage", $"select * replace (node || '-renamed' as node)",
            where: $"node = {Sql.Text(node)}");
        var after = LakeRun("edge-groups-span-files").Make().Rows;
        Assert.Equal(before.Count, after.Count);
        foreach (var (was, now) in before.Zip(after))
        {
            var isOfNode = Equals(was["node"], node) && Equals(was["data_source"], "Pod");
            Assert.Equal(isOfNode ? null : was["node_capacity_cpu_core_hours"], now["node_capacity_cpu_core_hours"]);
            Assert.Equal(
                isOfNode ? null : was["node_capacity_memory_gigabyte_hours"],
                now["node_capacity_memory_gigabyte_hours"]);
            Assert.Equal(was["cluster_capacity_cpu_core_hours"], now["cluster_capacity_cpu_core_hours"]);
            Assert.Equal(was["pod_limit_cpu_core_hours"], now["pod_limit_cpu_core_hours"]);
        }
    }

    [Fact]
    public void Labels_that_were_left_as_they_came_are_read_as_such_and_broken_ones_are_counted()
    {
        CopyLake("12-label-precedence");
        Rewrite(
            "daily/org1234567/OCP/pod_usage", "select * replace ('label_app:from-text|label_env:a:b' as pod_labels)");
        Rewrite("daily/org1234567/OCP/node_labels", "select * replace ('{\"app\": broken' as node_labels)");
        Rewrite("daily/org1234567/OCP/namespace_labels", "select * replace (null as namespace_labels)");
        var result = LakeRun("12-label-precedence").Make();
        Assert.Contains("""{"app":"from-text"}""", result.Rows.Select(r => r["pod_labels"]));
        Assert.Contains("QN3208 x 1: labels that are no JSON object count as empty", result.Warnings);
    }

    SummaryRun LakeRun(string name) => Scenario.Of(name).Run with { Inputs = ["lake"], BaseDirectory = _scratch.Path };

    void CopyLake(string name)
    {
        var lake = Path.Combine(Scenario.Of(name).Folder, "parquet", "data", "parquet");
        foreach (var path in Directory.EnumerateFiles(lake, "*.parquet", SearchOption.AllDirectories))
            Copy(path, _scratch["lake/" + Path.GetRelativePath(lake, path)]);
    }

    static void Copy(string from, string to)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        File.Copy(from, to);
    }

    /// <summary>Writes the files of a folder of the lake anew.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="select">Select list over the rows of a file.</param>
    /// <param name="where">Rows that it is for; the others stay.</param>
    void Rewrite(string folder, string select, string where = "true")
    {
        using var session = TestDuck.Memory();
        foreach (var path in Directory.GetFiles(_scratch[$"lake/{folder}"], "*.parquet", SearchOption.AllDirectories))
        {
            session.Execute($"create or replace table file as from read_parquet({Sql.Text(path)}, hive_partitioning = false)");
            var rows = $"{select} from file where {where} union all by name from file where not ({where})";
            session.Execute($"copy ({rows}) to {Sql.Text(path)} (format parquet)");
        }
    }
}
