using Quern.Duck;
using Quern.Tests.Duck;
using Quern.Tests.Files;

namespace Quern.Tests.Packs.OpenShift;

/// <summary>A few scenarios through the destinations that hold typed values.</summary>
public sealed class DestinationScenarioTests : IDisposable
{
    /// <summary>Keys of the order of the pack, in which NULL sorts as \N.</summary>
    static readonly string[] Keys =
    [
        "namespace", "node", "resource_id", "pod_labels",
        "persistentvolumeclaim", "persistentvolume", "storageclass", "volume_labels", "csi_volume_handle",
    ];

    readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Theory]
    [InlineData("nise-example-cross-month")]
    [InlineData("edge-groups-span-files")]
    [InlineData("12-label-precedence")]
    public void Comes_out_as_expected_everywhere(string name)
    {
        var scenario = Scenario.Of(name);
        string[] to = [_scratch["s.duckdb"], _scratch["s.parquet"], _scratch["s/"]];
        var result = (scenario.Run with { To = to }).Make();
        scenario.Check(Scenario.Text(result.Rows));
        using var session = TestDuck.Memory();
        session.Execute($"attach {Sql.Text(to[0])} as db (read_only)");
        var order = string.Join(", ", Keys.Select(k => $@"coalesce({k}, '\N')"));
        foreach (var relation in new[]
        {
            "db.reporting_ocpusagelineitem_daily_summary",
            $"read_parquet({Sql.Text(to[1])})",
            $"read_parquet({Sql.Text(to[2] + "**/data.parquet")}, hive_partitioning = false)",
        })
        {
            var rows = CaughtRows.Read(session, $"select * from {relation} order by data_source, usage_start, {order}");
            scenario.Check(Scenario.Text(rows));
        }
    }

    [Fact]
    public void Databases_and_files_have_the_types_of_the_table()
    {
        var run = Scenario.Of("01-basic-pod").Run with { To = [_scratch["s.duckdb"], _scratch["s.parquet"]] };
        run.Make();
        using var session = TestDuck.Memory();
        session.Execute($"attach {Sql.Text(_scratch["s.duckdb"])} as db (read_only)");
        const string Types = "string_agg(distinct column_type, ', ' order by column_type)";
        string Of(string relation, string where) =>
            session.Scalar<string>($"select {Types} from (describe select * from {relation}) where {where}")!;

        var file = $"read_parquet({Sql.Text(_scratch["s.parquet"])})";
        foreach (var relation in new[] { "db.reporting_ocpusagelineitem_daily_summary", file })
        {
            Assert.Equal("UUID", Of(relation, "column_name in ('source_uuid', 'uuid')"));
            Assert.Equal("INTEGER", Of(relation, "column_name in ('report_period_id', 'cost_category_id')"));
            Assert.Equal("DATE", Of(relation, "column_name like 'usage_%'"));
            Assert.Equal("DOUBLE", Of(relation, "regexp_matches(column_name, '_(hours|months|cores|gigabytes?)$')"));
            Assert.Equal(
                "VARCHAR",
                Of(relation, $"column_name in ('{string.Join("', '", Keys)}', 'year', 'month', 'day')"));
        }
    }
}
