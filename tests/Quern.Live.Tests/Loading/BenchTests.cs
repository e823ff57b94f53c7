using System.Text.Json;
using Quern.Live.Tests.Postgres;

namespace Quern.Live.Tests.Loading;

/// <summary><c>quern bench load</c>, as a process.</summary>
public sealed class BenchTests(PostgresServer server) : IDisposable
{
    readonly Schema _db = new(server);

    public void Dispose() => _db.Dispose();

    [Fact]
    public void Every_method_is_measured_and_nothing_stays()
    {
        var (code, output, error) = Command.Run(
            _db.Folder, [], "", "bench", "load", "--to", server.Url, "--table", $"{_db.Name}.measured",
            "--rows", "2000", "--rounds", "2", "--psql", "--json", "--out", "bench.md");
        Assert.True(code == 0, error);
        using var json = JsonDocument.Parse(output);
        var methods = json.RootElement.GetProperty("methods").EnumerateArray().ToDictionary(m => m.GetProperty("name").GetString()!);
        string[] ours = ["copy", "async", "replace", "unlogged", "unlogged-2", "optimized", "standard"];
        var notes = json.RootElement.GetProperty("notes").ToString();
        Assert.Equal(
            [.. ours, .. notes.Contains("psql is not", StringComparison.Ordinal) ? [] : new[] { "psql" }, "server"],
            methods.Keys.OrderBy(n => Array.IndexOf([.. ours, "psql", "server"], n)));
        Assert.All(methods.Values, m => Assert.Equal(2000, m.GetProperty("rows").GetInt64()));
        Assert.All(ours, name => Assert.True(methods[name].GetProperty("peak_bytes").GetInt64() > 10_000_000, name));
        Assert.Equal(2000, json.RootElement.GetProperty("rows").GetInt64());
        Assert.InRange(json.RootElement.GetProperty("copy_bytes").GetInt64(), 2000 * 200, 2000 * 350);
        Assert.Contains("| copy | 2,000 |", File.ReadAllText(Path.Combine(_db.Folder, "bench.md")), StringComparison.Ordinal);
        Assert.Equal("0", _db.One($"select count(*) from pg_class where relnamespace = '{_db.Name}'::regnamespace"));
        Assert.DoesNotContain("p@ss", output + error, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_are_measured_in_the_types_that_a_load_gives_them()
    {
        _db.Write("goods.csv", "id,good\n1,pear\n2,fig\n3,\n");
        var (code, output, error) = Command.Run(
            _db.Folder, [], "", "bench", "load", "goods.csv", "--to", server.Url, "--table", $"{_db.Name}.goods",
            "--methods", "async,copy", "--rounds", "1");
        Assert.True(code == 0, error);
        Assert.Contains("ratio: rows a second by those of async", output, StringComparison.Ordinal);
        Assert.Equal("0", _db.One($"select count(*) from pg_class where relnamespace = '{_db.Name}'::regnamespace"));
    }

    [Fact]
    public void A_table_that_is_there_is_refused_and_stays()
    {
        _db.Execute("create table precious as select 1 as id");
        var (code, _, error) = Command.Run(
            _db.Folder, [], "", "bench", "load", "--to", server.Url, "--table", $"{_db.Name}.precious", "--rows", "10", "--rounds", "1");
        Assert.Equal(2, code);
        Assert.Contains("QN8263", error, StringComparison.Ordinal);
        Assert.Equal("1", _db.One("select id from precious"));
    }
}
