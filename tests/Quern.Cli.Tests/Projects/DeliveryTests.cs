using System.Text.Json;
using Quern.Cli.Tests.Shop;

namespace Quern.Cli.Tests.Projects;

/// <summary>What quern.yml delivers at the end of <c>build</c> and <c>run</c>.</summary>
public sealed class DeliveryTests : IDisposable
{
    const string Two =
        """
        version: 1
        deliver:
          - {model: total, to: "total.{{ 'parquet' }}"}
          - {model: kept, to: kept.duckdb, table: numbers}

        """;

    readonly ProjectDesk _desk = ProjectDesk.Small().Put("quern.yml", Two);

    public void Dispose() => _desk.Dispose();

    [Fact]
    public void What_is_built_is_delivered_into_files_and_databases_and_reported()
    {
        var ended = _desk.Quern("build --json");
        Assert.True(ended.Code == 0, ended.Output + ended.Error);
        using (var look = _desk.Open("small.duckdb"))
            Assert.Equal(["6"], look.Rows($"select total from '{_desk.Here.Path("total.parquet")}'").Select(r => r[0]));
        using (var made = _desk.Open("kept.duckdb")) Assert.Equal(["1", "2", "3"], made.Rows("select n from numbers order by n").Select(r => r[0]));
        Assert.Equal(4, ended.Json.GetProperty("rows").GetProperty("written").GetInt32());
        Assert.Equal(
            ["duckdb kept.duckdb 3", "parquet total.parquet 1"],
            ended.Json.GetProperty("outputs").EnumerateArray().Where(o => o.GetProperty("kind").GetString() is "parquet" or "duckdb")
                .Select(o => $"{o.GetProperty("kind")} {o.GetProperty("path")} {o.GetProperty("rows")}").Order(StringComparer.Ordinal));
        Assert.Equal(
            ["model.small.total total.parquet parquet success 1", "model.small.kept kept.duckdb numbers duckdb success 3"],
            Deliveries());
    }

    [Fact]
    public void Each_delivery_has_its_line()
    {
        var ended = _desk.Quern("run -s total", "DBT_NOTHING=1");
        Assert.Equal(1, ended.Code);
        Assert.Contains("1 of 2 SKIP delivery of total to total.parquet: total ended with error", Lines(ended), StringComparer.Ordinal);
        Assert.Equal(0, _desk.Quern("build --no-deliver").Code);
        Assert.False(File.Exists(_desk.Here.Path("total.parquet")));
        ended = _desk.Quern("run -s total");
        Assert.Equal(0, ended.Code);
        Assert.Equal(
            [
                "2 of 2 SKIP delivery of kept to kept.duckdb numbers: kept was not selected", "1 of 2 START deliver total to total.parquet",
                "1 of 2 OK delivered total to total.parquet",
            ],
            Lines(ended).Where(l => l.Contains("deliver", StringComparison.Ordinal)));
        Assert.False(File.Exists(_desk.Here.Path("kept.duckdb")));
    }

    [Fact]
    public void A_test_that_fails_stops_the_delivery_of_its_model_and_one_that_warns_does_not()
    {
        _desk.Put("tests/none.sql", "select * from {{ ref('kept') }} where n > 2").Put("models/total.sql", "select 6 as total");
        Assert.Equal(1, _desk.Quern("build").Code);
        Assert.Equal(
            ["model.small.total total.parquet parquet success 1", "model.small.kept kept.duckdb numbers duckdb skipped  test none ended with fail"],
            Deliveries());
        _desk.Put("tests/none.sql", "{{ config(severity='warn') }} select * from {{ ref('kept') }} where n > 2");
        Assert.Equal(0, _desk.Quern("build").Code);
        Assert.EndsWith("success 3", Deliveries()[1], StringComparison.Ordinal);
    }

    [Fact]
    public void When_one_fails_none_is_put_in_place_and_the_run_fails_with_its_code()
    {
        _desk.Put("quern.yml", Two + "  - {model: kept, to: kept.sqlite, mode: create}\n  - {model: kept, to: kept.csv}\n");
        _desk.Here.Bash("sqlite3 kept.sqlite 'create table kept (n)'");
        var ended = _desk.Quern("build");
        Assert.Equal((int)ExitCode.Usage, ended.Code);
        Assert.StartsWith("error QN8209: the table exists already", ended.Error, StringComparison.Ordinal);
        Assert.Contains("quern.yml line 5, column 5", ended.Error, StringComparison.Ordinal);
        Assert.Contains("3 of 4 ERROR delivering kept to kept.sqlite kept", Lines(ended), StringComparer.Ordinal);
        Assert.Equal(["skipped", "skipped", "error", "skipped"], Deliveries().Select(d => d.Split(' ').First(w => w is "skipped" or "error" or "success")));
        foreach (var file in new[] { "total.parquet", "kept.duckdb", "kept.csv" }) Assert.False(File.Exists(_desk.Here.Path(file)), file);
    }

    [Fact]
    public void A_database_that_cannot_be_reached_is_told_before_anything_is_built()
    {
        _desk.Put("quern.yml", Two + "  - {model: kept, to: 'postgres://me:hush@127.0.0.1:1/shop', mode: append}\n");
        var ended = _desk.Quern("build");
        Assert.Equal((int)ExitCode.Unreachable, ended.Code);
        Assert.StartsWith("error QN8270: the database cannot be reached", ended.Error, StringComparison.Ordinal);
        Assert.Contains("quern.yml line 5, column 5", ended.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", ended.Output + ended.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(Lines(ended), l => l.Contains("START", StringComparison.Ordinal));
    }

    [Fact]
    public void The_plan_lists_deliveries_and_connects_to_nothing()
    {
        _desk.Put("quern.yml", Two + "  - {model: kept, to: 'postgres://me@127.0.0.1:1/shop', mode: merge, key: n}\n");
        var ended = _desk.Quern("build --explain -s total");
        Assert.Equal(0, ended.Code);
        Assert.EndsWith(
            """
            deliveries
               1. total to total.parquet
                  parquet: makes the file
               2. kept to kept.duckdb numbers
                  duckdb: makes the database
                  skipped: kept is not selected
               3. kept to postgres://me@127.0.0.1:1/shop kept
                  postgres: changes rows of the table and adds new ones by n
                  skipped: kept is not selected

            """, ended.Output, StringComparison.Ordinal);
        Assert.Equal(3, _desk.Quern("build --explain --json").Json.GetProperty("deliveries").GetArrayLength());
    }

    [Theory]
    [InlineData("build")]
    [InlineData("run")]
    [InlineData("compile")]
    [InlineData("parse")]
    [InlineData("ls")]
    public void Verbs_check_deliveries_before_anything_runs(string verb)
    {
        _desk.Put("quern.yml", "version: 1\ndeliver:\n  - {model: totl, to: a.csv}\n");
        var ended = _desk.Quern(verb);
        Assert.Equal(2, ended.Code);
        Assert.StartsWith("error QN7194: this cannot be delivered\n  where   quern.yml line 3, column 13, deliver.model", ended.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_desk.Here.Path("small.duckdb")));
    }

    [Fact]
    public void Other_verbs_do_not_ask_for_what_only_deliveries_need()
    {
        _desk.Put("quern.yml", "version: 1\ndeliver:\n  - {model: total, to: \"{{ env_var('NOT_SET') }}\"}\n");
        Assert.Equal(0, _desk.Quern("seed").Code);
        Assert.Equal(0, _desk.Quern("build --no-deliver").Code);
        Assert.Equal(0, _desk.Quern("test").Code);
        Assert.Equal(2, _desk.Quern("build").Code);
    }

    static List<string> Lines(Ended ended) =>
        [.. ProjectDesk.Console(ended.Output).Select(l => l.Contains(" ..", StringComparison.Ordinal) ? l[..l.IndexOf(" ..", StringComparison.Ordinal)] : l)
            .Select(l => l.Contains(" [", StringComparison.Ordinal) ? l[..l.IndexOf(" [", StringComparison.Ordinal)] : l)];

    List<string> Deliveries()
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(_desk.Here.Path("target/deliveries.json")));
        return [.. document.RootElement.GetProperty("results").EnumerateArray().Select(r =>
            $"{r.GetProperty("unique_id")} {r.GetProperty("to")} {r.GetProperty("kind")} {r.GetProperty("status")} {r.GetProperty("rows")} {r.GetProperty("message")}".TrimEnd())];
    }
}
