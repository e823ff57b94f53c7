namespace Quern.Cli.Tests.Loading;

/// <summary>SQLite as an output of <c>quern load</c> and <c>quern convert</c>, read by Debian's <c>sqlite3</c>.</summary>
public sealed class SqliteTests : IDisposable
{
    readonly Workdir _here = new();

    public SqliteTests() => File.WriteAllText(_here.Path("orders.csv"), "id,day,amount\n1,2026-01-31,1.5\n2,2026-02-01,\n");

    public void Dispose() => _here.Dispose();

    [Fact]
    public void Load_makes_a_table_adds_to_it_and_replaces_by_key()
    {
        Loads("--mode", "create", "--index", "day");
        Assert.Equal("1|2026-01-31|1.5\n2|2026-02-01|\nidx_orders_day\n", Rows("select * from orders; select name from sqlite_master where type = 'index'"));
        Loads();
        File.WriteAllText(_here.Path("orders.csv"), "id,day,amount\n9,2026-02-01,9\n");
        Loads("--mode", "replace", "--key", "day");
        Assert.Equal("1|2026-01-31|1.5\n1|2026-01-31|1.5\n9|2026-02-01|9.0\n", Rows("select * from orders"));
        Assert.Equal(["orders.csv", "shop.sqlite"], Directory.EnumerateFiles(_here.Folder).Select(f => Path.GetFileName(f)).Order());
    }

    [Fact]
    public void Load_writes_several_files_and_their_manifest()
    {
        _here.Quern("load", "select i, i / 4 as q from range(10) r(i)", "--to", "parts.sqlite/", "--table", "n", "--max-rows", "4", "--quiet").Is(ExitCode.Done);
        Assert.Equal("8\n9\n", _here.Bash("sqlite3 parts.sqlite/n_part_002.sqlite 'select i from n'").Output);
        Assert.True(File.Exists(_here.Path("parts.sqlite/manifest.json")));
    }

    [Fact]
    public void Convert_writes_a_table_and_keeps_others()
    {
        _here.Quern("convert", "orders.csv", "shop.sqlite:first", "--quiet").Is(ExitCode.Done);
        _here.Quern("convert", "orders.csv", "shop.sqlite:second", "--columns", "day", "--quiet").Is(ExitCode.Done);
        Assert.Equal("2\n2026-01-31\n2026-02-01\n", Rows("select count(*) from first; select day from second"));
    }

    [Fact]
    public void An_option_of_another_destination_is_refused() => _here.Quern("load", "orders.csv", "--to", "shop.sqlite", "--geometry", "p").Is(
        ExitCode.Usage,
        error:
        """
        error QN1146: an option does not go with this kind of output
          where   --geometry
          value   shop.sqlite
          wanted  postgres://...

        """);

    [Fact]
    public void An_object_in_S3_is_only_replaced() => _here.Quern("load", "orders.csv", "--to", "s3://bucket/shop.sqlite").Is(
        ExitCode.Usage,
        error:
        """
        error QN1146: an option does not go with this kind of output
          where   --mode append
          value   s3://bucket/shop.sqlite
          wanted  --mode replace: what is in S3 is replaced whole

        """);

    [Fact]
    public void Rows_that_a_constraint_refuses_are_set_aside_with_file_and_line()
    {
        _here.Bash("sqlite3 shop.sqlite 'create table orders (id integer primary key, day text not null, amount real check (amount < 100))'");
        File.WriteAllText(_here.Path("orders.csv"), "id,day,amount\n1,2026-01-31,1.5\n2,2026-02-01,200\n1,2026-02-02,3\n4,2026-02-03,4\n");
        _here.Quern("load", "orders.csv", "--to", "shop.sqlite", "--table", "orders", "--rejects", "bad.csv", "--quiet").Is(ExitCode.DoneWithRejects);
        Assert.Equal("1|2026-01-31|1.5\n4|2026-02-03|4.0\n", Rows("select * from orders"));
        var bad = File.ReadAllLines(_here.Path("bad.csv"));
        Assert.Equal(3, bad.Length);
        Assert.StartsWith("\"orders.csv\",3,", bad[1], StringComparison.Ordinal);
        Assert.Contains("CHECK constraint failed", bad[1], StringComparison.Ordinal);
        Assert.StartsWith("\"orders.csv\",4,", bad[2], StringComparison.Ordinal);
        Assert.Contains("UNIQUE constraint failed: orders.id", bad[2], StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_with_the_same_key_are_told_or_the_first_is_taken()
    {
        File.WriteAllText(_here.Path("orders.csv"), "id,day,amount\n1,2026-01-31,9.5\n1,2026-02-01,10.5\n2,2026-02-02,1\n");
        string[] merge = ["load", "orders.csv", "--to", "shop.sqlite", "--mode", "merge", "--key", "id", "--quiet"];
        Assert.Contains("QN8208", _here.Quern(merge).Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_here.Path("shop.sqlite")));
        _here.Quern([.. merge, "--dedupe", "order by amount desc", "--report", "run.json"]).Is(ExitCode.Done);
        Assert.Equal("1|10.5\n2|1.0\n", Rows("select id, amount from orders order by id"));
        File.WriteAllText(_here.Path("orders.csv"), "id,day,amount,note\n3,2026-02-02,1,new\n");
        Assert.Contains("QN8104", _here.Quern(merge).Error, StringComparison.Ordinal);
        _here.Quern([.. merge, "--schema-contract", "evolve"]).Is(ExitCode.Done);
        Assert.Equal("1|\n2|\n3|new\n", Rows("select id, note from orders order by id"));
    }

    [Fact]
    public void A_table_is_converted_loaded_and_looked_into()
    {
        Loads("--mode", "create");
        _here.Bash("sqlite3 shop.sqlite 'create table other (x)'; cp shop.sqlite shop.db");
        _here.Quern("convert", "shop.sqlite:orders", "again.csv", "--quiet").Is(ExitCode.Done);
        Assert.Equal("id,day,amount\n1,2026-01-31,1.5\n2,2026-02-01,\n", File.ReadAllText(_here.Path("again.csv")));
        _here.Quern("convert", "shop.db:orders", "again.parquet", "--verify", "--quiet").Is(ExitCode.Done);
        _here.Quern("load", "shop.sqlite:orders", "--to", "copy.sqlite", "--mode", "create", "--quiet").Is(ExitCode.Done);
        Assert.Equal("2\n", _here.Bash("sqlite3 copy.sqlite 'select count(*) from orders'").Output);
        _here.Quern("load", "select sum(amount) as s from quern_sqlite('shop.sqlite', 'orders')", "--to", "sum.sqlite", "--quiet").Is(ExitCode.Done);
        Assert.Equal("1.5\n", _here.Bash("sqlite3 sum.sqlite 'select s from data'").Output);
        Assert.Contains("orders", _here.Quern("peek", "shop.sqlite").Output, StringComparison.Ordinal);
        Assert.Contains("2026-01-31", _here.Quern("peek", "shop.sqlite:orders").Output, StringComparison.Ordinal);
        Assert.Contains("QN1141", _here.Quern("convert", "shop.sqlite", "x.csv").Error, StringComparison.Ordinal);
        Assert.Contains("QN1142", _here.Quern("convert", "shop.sqlite:order", "x.csv").Error, StringComparison.Ordinal);
    }

    void Loads(params string[] options) =>
        _here.Quern(["load", "orders.csv", "--to", "shop.sqlite", "--table", "orders", "--quiet", .. options]).Is(ExitCode.Done);

    string Rows(string sql) => _here.Bash($"sqlite3 shop.sqlite \"{sql}\"").Output;
}
