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

    void Loads(params string[] options) =>
        _here.Quern(["load", "orders.csv", "--to", "shop.sqlite", "--table", "orders", "--quiet", .. options]).Is(ExitCode.Done);

    string Rows(string sql) => _here.Bash($"sqlite3 shop.sqlite \"{sql}\"").Output;
}
