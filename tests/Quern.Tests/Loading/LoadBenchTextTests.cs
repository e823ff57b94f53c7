using System.Text.Json;
using Quern.Loading.Benchmark;

namespace Quern.Tests.Loading;

public class LoadBenchTextTests
{
    static readonly LoadBenchReport Report = new()
    {
        Date = new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero),
        Server = ["server: postgres://me@localhost/db, PostgreSQL 15"],
        Machine = ["client: a machine"],
        Data = "some rows",
        Rows = 1_000_000,
        CopyBytes = 270_000_000,
        Rounds = 3,
        Against = "psql",
        Trials =
        [
            LoadStandingTests.Trial("standard", 20_000, 1, 1, 1),
            LoadStandingTests.Trial("copy", 1_000_000, 2.5, 2, 3),
            new("psql", "a rival", 1_000_000, [new(2, 0.2, 9_000_000), new(2, 0.2, null), new(2, 0.2, 9_500_000)]),
            new("server", "no client", 1_000_000, [new(1.6, null, null)]),
        ],
        Notes = ["standard loads the first 20,000 rows only: it is slow"],
    };

    [Fact]
    public void A_table_has_the_fastest_first_and_numbers_below_each_other() => Assert.Equal(
        [
            "rank  method         rows  seconds   rows/s   MB/s  CPU s  CPU s/M rows  peak MB  ratio",
            "   1  server    1,000,000    1.600  625,000  168.8      -             -        -   1.25",
            "   2  psql      1,000,000    2.000  500,000  135.0   0.20          0.20       10   1.00",
            "   3  copy      1,000,000    2.500  400,000  108.0   0.62          0.62      150   0.80",
            "   4  standard     20,000    1.000   20,000    5.4   0.25         12.50       50   0.04",
            "ratio: rows a second by those of psql",
            "standard loads the first 20,000 rows only: it is slow",
        ],
        LoadBenchText.Table(Report));

    [Fact]
    public void Markdown_says_what_where_and_every_round()
    {
        var page = LoadBenchText.Markdown(Report);
        Assert.Contains(
            "date: 2026-03-04 05:06 UTC  \nclient: a machine  \n"
            + "server: postgres://me@localhost/db, PostgreSQL 15  \n", page, StringComparison.Ordinal);
        Assert.Contains("data: some rows; 1,000,000 rows, 270 MB as COPY BINARY  \n", page, StringComparison.Ordinal);
        Assert.Contains(
            "| rank | method | rows | seconds | rows/s | MB/s | CPU s | CPU s/M rows | peak MB | ratio |\n"
            + "|---:|---|---:|---:|---:|---:|---:|---:|---:|---:|\n"
            + "| 1 | server | 1,000,000 | 1.600 | 625,000 | 168.8 | - | - | - | 1.25 |\n", page, StringComparison.Ordinal);
        Assert.Contains("- copy: what copy does\n", page, StringComparison.Ordinal);
        Assert.Contains("- standard loads the first 20,000 rows only: it is slow\n", page, StringComparison.Ordinal);
        Assert.EndsWith("- copy: 2.500, 2.000, 3.000\n- psql: 2.000, 2.000, 2.000\n- server: 1.600\n", page, StringComparison.Ordinal);
    }

    [Fact]
    public void JSON_has_every_number_and_null_for_what_is_not_known()
    {
        using var json = JsonDocument.Parse(LoadBenchText.Json(Report));
        var root = json.RootElement;
        Assert.Equal(("bench load", "2026-03-04T05:06:07Z", "psql"), (Text(root, "kind"), Text(root, "date"), Text(root, "against")));
        var methods = root.GetProperty("methods").EnumerateArray().ToList();
        Assert.Equal(["server", "psql", "copy", "standard"], methods.Select(m => Text(m, "name")));
        Assert.Equal(JsonValueKind.Null, methods[0].GetProperty("cpu_seconds").ValueKind);
        Assert.Equal(9_500_000, methods[1].GetProperty("peak_bytes").GetInt64());
        var copy = methods[2];
        Assert.Equal((400_000, 0.8, 108e6), (Number(copy, "rows_per_second"), Number(copy, "ratio"), Number(copy, "bytes_per_second")));
        Assert.Equal([2.5, 2, 3], methods[2].GetProperty("rounds").EnumerateArray().Select(r => Number(r, "seconds")));
    }

    static string? Text(JsonElement of, string name) => of.GetProperty(name).GetString();

    static double Number(JsonElement of, string name) => of.GetProperty(name).GetDouble();
}
