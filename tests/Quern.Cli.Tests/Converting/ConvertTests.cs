using System.Text.RegularExpressions;
using Quern.Cli.Tests.Shop;

namespace Quern.Cli.Tests.Converting;

/// <summary><c>quern convert</c>.</summary>
public sealed partial class ConvertTests : IDisposable
{
    readonly Workdir _here = new();

    public ConvertTests() => File.WriteAllText(_here.Path("orders.csv"), "id;day;note\n1;31.01.2026;\"a; b\"\n2;01.02.2026;\n");

    public void Dispose() => _here.Dispose();

    [Fact]
    public void Says_what_it_found_out_and_what_it_did()
    {
        var ended = _here.Quern("convert", "orders.csv", "orders.parquet", "--verify");
        Assert.Equal((0, ""), (ended.Code, ended.Output));
        Assert.Equal(
            """
            types of orders.csv, found out from all 2 rows:
              id    INTEGER
              day   DATE %d.%m.%Y
              note  VARCHAR
            keep them: quern schema infer orders.csv --all --out schema.yml
            orders.parquet   2 rows from 2 in N
            size      N to N (N : 1)
            rows      read 2 = kept 2 + filtered 0 + rejected 0; written 2
            memory    N

            """, Plain(ended.Error));
        _here.Quern("convert", "orders.parquet", "back.csv", "--quiet").Is(ExitCode.Done);
        Assert.Equal("id,day,note\n1,2026-01-31,a; b\n2,2026-02-01,\n", File.ReadAllText(_here.Path("back.csv")));
    }

    [Fact]
    public void Standard_input_is_read_from_its_first_byte()
    {
        var ended = _here.Bash("gzip -c orders.csv | \"$quern\" convert - out.csv --quiet && cat out.csv");
        ended.Is(ExitCode.Done, "id,day,note\n1,2026-01-31,a; b\n2,2026-02-01,\n");
    }

    [Fact]
    public void Standard_input_cannot_be_read_twice()
    {
        var ended = _here.Bash("\"$quern\" convert - out.csv --verify --quiet < orders.csv");
        ended.Is(
            ExitCode.Usage,
            error:
            """
            error QN2019: an input that comes only once would have to be read twice
              where   standard input
              value   --verify
              try     write it to a file first, and read that
                      leave --verify out

            """);
    }

    [Fact]
    public void Explains_without_writing()
    {
        var ended = _here.Quern("convert", "orders.csv", "o.arrow", "--where", "id > 1", "--sort", "day desc", "--explain", "--memory", "512MB");
        Assert.Equal((0, ""), (ended.Code, ended.Error));
        Assert.StartsWith(
            """
            1. read CSV: orders.csv (46 bytes)
               schema of 3 columns from all 2 rows
                 id INTEGER
                 day DATE %d.%m.%Y
                 note VARCHAR
               in any order
            2. run
               select "id", "day", "note" from quern_input()
               where (id > 1
               )
               order by day desc, "id", "day", "note"
            3. write o.arrow: lz4: readers cannot map it into memory, as they could with --compression none, batches of 122,880 rows
               makes the file
            memory
                   512 MB  limit of the process

            """, ended.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(_here.Path("o.arrow")));
    }

    [Fact]
    public void Rows_that_cannot_be_read_are_set_aside_with_exit_code_3()
    {
        File.AppendAllText(_here.Path("orders.csv"), "3;01.03.2026\n");
        var ended = _here.Quern("convert", "orders.csv", "o.parquet", "--rejects", "bad.csv", "--json");
        Assert.Equal(3, ended.Code);
        var rows = ended.Json.GetProperty("rows");
        Assert.Equal((3, 2, 0, 1, 2), (rows.GetProperty("read").GetInt32(), rows.GetProperty("kept").GetInt32(), rows.GetProperty("filtered").GetInt32(),
            rows.GetProperty("rejected").GetInt32(), rows.GetProperty("written").GetInt32()));
        Assert.StartsWith("source,line,byte,column,code,message,raw\n\"orders.csv\",4,", File.ReadAllText(_here.Path("bad.csv")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("convert", "QN1105", "nothing to read")]
    [InlineData("convert orders.csv", "QN1105", "no place for the result")]
    [InlineData("convert --tree . --out x --rejects y", "QN1109", "rows that are set aside would lie among the inputs of the next run")]
    [InlineData("convert --tree . --out x --parts 2", "QN1118", "an option does not go with --tree")]
    [InlineData("convert orders.csv o.arrow --uuid hex", "QN1005", "not a form of UUIDs")]
    [InlineData("convert --tree .", "QN1105", "no place for the result")]
    [InlineData("convert orders.csv o.parquet --out x", "QN1118", "--out goes with --tree only")]
    public void What_is_missing_or_too_much_is_said(string words, string code, string what)
    {
        var ended = _here.Quern(words.Split(' '));
        Assert.Equal(2, ended.Code);
        Assert.StartsWith($"error {code}: {what}\n", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_JSON_report_has_sizes_and_rates()
    {
        var rows = Enumerable.Range(0, 5_000).Select(i => $"{i},550e8400-e29b-41d4-a716-446655440000\n");
        File.WriteAllText(_here.Path("sized.csv"), "id,u\n" + string.Concat(rows));
        var sizes = _here.Quern("convert", "sized.csv", "sized.arrow", "--uuid", "text", "--json").Json.GetProperty("sizes");
        var (source, output) = (new FileInfo(_here.Path("sized.csv")).Length, new FileInfo(_here.Path("sized.arrow")).Length);
        Assert.Equal((source, output), (sizes.GetProperty("source_bytes").GetInt64(), sizes.GetProperty("output_bytes").GetInt64()));
        Assert.Equal(Math.Round((double)source / output, 3), sizes.GetProperty("ratio").GetDouble());
        Assert.True(sizes.GetProperty("mb_per_second").GetDouble() >= 0 && sizes.GetProperty("rows_per_second").GetDouble() > 0);
        Assert.Contains("VARCHAR", _here.Quern("peek", "sized.arrow").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tree_is_the_source_of_a_project()
    {
        using var desk = ProjectDesk.Small()
            .Put("data/orders.csv", "id,amount\n1,2.5\n2,4\n").Put("data/eu/shops.csv", "id,name\n1,a\n").Put("data/broken.csv", "id,amount\n1,2\n3,4,5\n6,7\n")
            .Put("models/sum.sql", "{{ config(materialized='table') }}\nselect sum(amount)::varchar as amount, (select count(*) from {{ source('data', 'eu__shops') }}) ::varchar as shops from {{ source('data', 'orders') }}");
        var ended = desk.Quern("convert --tree data --out models/lake");
        Assert.Equal(1, ended.Code);
        Assert.Matches(@"(?m)^file +CSV +Parquet  ratio  rows$", ended.Error);
        Assert.Matches(@"(?m)^broken.csv +\d+ bytes +- +- +-  failed$", ended.Error);
        Assert.Contains("error QN1150: some files could not be converted\n  where   data\n  value   broken.csv (QN3106)\n", ended.Error, StringComparison.Ordinal);
        Assert.Equal(0, desk.Quern("run --select sum").Code);
        using var database = desk.Open("small.duckdb");
        Assert.Equal("6.5 1", string.Join(' ', database.Rows("select amount, shops from sum")[0]));
    }

    // What differs from run to run: times, sizes, memory.
    static string Plain(string error) => Figures().Replace(Memory().Replace(error, "memory    N\n"), "$1N");

    [GeneratedRegex(@"memory    .*\n(?:          .*\n)*")]
    private static partial Regex Memory();

    [GeneratedRegex(@"(?<= in |size      |bytes to |[kM]B to |\()()\d[\d.]*(?: bytes| [kM]?B| s \(.*\)| s)?")]
    private static partial Regex Figures();
}
