using System.Text.Json;
using Quern.Cli.Tests.Shop;

namespace Quern.Cli.Tests.Compatibility;

/// <summary><c>source freshness</c>.</summary>
public sealed class FreshnessTests : IDisposable
{
    readonly ProjectDesk _desk = ProjectDesk.Small().Put("models/sources.yml",
        """
        sources:
          - name: lake
            schema: main
            loaded_at_field: ts
            freshness:
              warn_after: {count: 6, period: hour}
              error_after: {count: 2, period: day}
            tables:
              - name: fresh
              - name: aged
              - name: stale
              - name: narrowed
                identifier: fresh
                freshness: {filter: "ts < now()::timestamp - interval 1 day"}
              - name: asked
                loaded_at_query: "select max(ts) from fresh"
              - name: unasked
                freshness: null
        """);

    public FreshnessTests()
    {
        _desk.Put("macros/fill.sql",
            """
            {% macro fill() %}
            {% do run_query("create table fresh as select now()::timestamp - interval 1 hour as ts union all select now()::timestamp - interval 30 hour") %}
            {% do run_query("create table aged as select now() - interval 7 hour as ts") %}
            {% do run_query("create table stale as select current_date - 10 as ts") %}
            {% endmacro %}
            """);
        Assert.Equal(0, _desk.Quern("run-operation fill").Code);
    }

    public void Dispose() => _desk.Dispose();

    [Fact]
    public void Sources_are_fresh_or_warned_of_or_stale()
    {
        var ended = _desk.Quern("source freshness");
        Assert.Equal((1, ""), (ended.Code, ended.Error));
        var lines = ProjectDesk.Console(ended.Output);
        foreach (var part in new[] { "PASS freshness of lake.fresh .", "WARN freshness of lake.aged .", "ERROR STALE freshness of lake.stale .",
            "WARN freshness of lake.narrowed .", "PASS freshness of lake.asked ." })
        {
            Assert.Contains(lines, l => l.Contains(part, StringComparison.Ordinal));
        }
        Assert.DoesNotContain("unasked", ended.Output, StringComparison.Ordinal);
        using var document = JsonDocument.Parse(File.ReadAllText(_desk.Here.Path("target/sources.json")));
        var results = document.RootElement.GetProperty("results").EnumerateArray().ToDictionary(r => r.GetProperty("unique_id").GetString()!);
        Assert.Equal("warn", results["source.small.lake.aged"].GetProperty("status").GetString());
        Assert.InRange(results["source.small.lake.aged"].GetProperty("max_loaded_at_time_ago_in_s").GetDouble(), 7 * 3600, (7 * 3600) + 300);
        Assert.Equal("https://schemas.getdbt.com/dbt/sources/v3.json", document.RootElement.GetProperty("metadata").GetProperty("dbt_schema_version").GetString());
    }

    [Fact]
    public void A_selection_of_fresh_sources_is_all_well()
    {
        var ended = _desk.Quern("--quiet source freshness -s source:lake.fresh -o fresh.json");
        ended.Is(ExitCode.Done);
        Assert.True(File.Exists(_desk.Here.Path("fresh.json")));
    }

    [Fact]
    public void A_source_that_cannot_be_asked_is_an_error_of_its_own()
    {
        _desk.Put("models/sources.yml", File.ReadAllText(_desk.Here.Path("models/sources.yml")).Replace("loaded_at_field: ts", "description: x", StringComparison.Ordinal));
        var ended = _desk.Quern("source freshness -s source:lake.fresh");
        Assert.Equal(1, ended.Code);
        Assert.Contains("the freshness of a source cannot be told", ended.Output, StringComparison.Ordinal);
        Assert.Contains("models/sources.yml:9", ended.Output, StringComparison.Ordinal);
    }
}
