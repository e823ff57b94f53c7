using System.Text.Json;
using Quern.Live.Tests.Postgres;

namespace Quern.Live.Tests;

/// <summary>Models that <c>quern build</c> delivers into PostgreSQL at its end.</summary>
public sealed class DeliveryTests(PostgresServer server) : IDisposable
{
    readonly Schema _db = new(server);

    public void Dispose() => _db.Dispose();

    [Fact]
    public void Models_are_merged_and_replaced_and_a_failure_leaves_all_tables_as_they_were()
    {
        Directory.CreateDirectory(Path.Combine(_db.Folder, "models"));
        _db.Write("dbt_project.yml", "name: shop\nversion: '1.0'\nprofile: shop\n");
        _db.Write("profiles.yml", "shop:\n  target: dev\n  outputs:\n    dev: {type: duckdb, path: shop.duckdb}\n");
        _db.Write("models/daily.sql", "{{ config(materialized='table') }}\nselect range as id, '{{ var('word') }}' as word from range({{ var('first') }}, 4)");
        _db.Write("models/totals.sql", "select count(*) as rows, min(word) as word from {{ ref('daily') }}");
        _db.Write("quern.yml",
            $$$"""
            version: 1
            deliver:
              - {model: daily, to: "{{ env_var('DB_URL') }}", table: {{{_db.Name}}}.daily, mode: merge, key: id}
              - {model: totals, to: "{{ env_var('DB_URL') }}", table: {{{_db.Name}}}.totals, mode: replace}
            """);

        var built = Build("{first: 1, word: old}");
        Assert.True(built.Code == 0, built.Output + built.Error);
        Assert.Equal(["1 old", "2 old", "3 old"], _db.Rows("select id, word from daily order by id"));
        Assert.Equal("3 old", _db.One("select * from totals"));

        built = Build("{first: 3, word: new}", "--json");
        Assert.True(built.Code == 0, built.Output + built.Error);
        Assert.Equal(["1 old", "2 old", "3 new"], _db.Rows("select id, word from daily order by id"));
        Assert.Equal("1 new", _db.One("select * from totals"));
        using var report = JsonDocument.Parse(built.Output);
        Assert.Equal(
            [$"{_db.Name}.daily 1", $"{_db.Name}.totals 1"],
            report.RootElement.GetProperty("outputs").EnumerateArray().Where(o => o.GetProperty("kind").GetString() == "postgres")
                .Select(o => $"{o.GetProperty("path").GetString()!.Split(' ')[1]} {o.GetProperty("rows")}"));

        _db.Execute("alter table totals add constraint few check (rows < 2)");
        built = Build("{first: 2, word: newest}");
        Assert.Equal(1, built.Code);
        Assert.Contains("quern.yml line 4, column 5", built.Error, StringComparison.Ordinal);
        Assert.Equal(["1 old", "2 old", "3 new"], _db.Rows("select id, word from daily order by id"));
        Assert.Equal("1 new", _db.One("select * from totals"));
        Assert.Empty(_db.Leftovers());
    }

    (int Code, string Output, string Error) Build(string vars, params string[] more)
    {
        var ended = Command.Run(
            _db.Folder, new() { ["DBT_PROFILES_DIR"] = _db.Folder, ["DB_URL"] = server.Url }, "", ["build", "--vars", vars, .. more]);
        var all = ended.Output + ended.Error + string.Concat(Directory.EnumerateFiles(Path.Combine(_db.Folder, "target"), "*.json").Select(File.ReadAllText));
        Assert.DoesNotContain("p@ss", all, StringComparison.Ordinal);
        Assert.DoesNotContain("p%40ss", all, StringComparison.Ordinal);
        return ended;
    }
}
