using Quern.Duck;

namespace Quern.Cli.Tests.OpenShift;

public sealed class OutputTests : IDisposable
{
    const string Table = "reporting_ocpusagelineitem_daily_summary";

    readonly Desk _desk = new();

    public void Dispose() => _desk.Dispose();

    [Fact]
    public void Makes_the_same_when_run_again()
    {
        string[] to = ["--to", "out.csv", "--to", "out.parquet", "--to", "out/", "--to", "out.duckdb"];
        _desk.Makes(to);
        var before = Database("out.duckdb");
        var files = _desk.Snapshot().Where(f => !f.StartsWith("out.duckdb", StringComparison.Ordinal)).ToList();
        _desk.Makes(to);
        Assert.Equal(before, Database("out.duckdb"));
        Assert.Equal(files, _desk.Snapshot().Where(f => !f.StartsWith("out.duckdb", StringComparison.Ordinal)));
    }

    [Fact]
    public void Leaves_the_rows_of_other_sources_alone()
    {
        _desk.Makes("--to", "out.duckdb", "--to", "out/");
        _desk.Makes(
            "--to", "out.duckdb", "--to", "out/", "--source-uuid", "00000000-0000-4000-8000-000000000001", "--cluster-alias", "second");
        _desk.Makes("--to", "out.duckdb", "--to", "out/", "--cluster-alias", "third");
        string[] expected = ["00000000-0000-4000-8000-000000000001|second|2", "6e212746-484a-40cd-bba0-09a19d132d64|third|2"];
        const string Count = "select source_uuid, cluster_alias, count(*) from {0} group by 1, 2 order by 1";
        using var database = new Duck(Path("out.duckdb"));
        Assert.Equal(expected, database.Rows(string.Format(null, Count, Table)));
        Assert.Equal(
            expected, database.Rows(string.Format(null, Count, $"read_parquet('{Path("out")}/**/*.parquet', hive_partitioning = false)")));
    }

    [Fact]
    public void Keeps_what_else_lies_in_a_folder_and_in_a_database()
    {
        Directory.CreateDirectory(Path("out"));
        File.WriteAllText(Path("out/notes.txt"), "mine");
        using (var duck = new Duck()) duck.Run($"attach '{Path("out.duckdb")}' as d; create table d.other as select 42 as answer");
        _desk.Makes("--to", "out.duckdb", "--to", "out/");
        Assert.Equal("mine", File.ReadAllText(Path("out/notes.txt")));
        using var database = new Duck(Path("out.duckdb"));
        Assert.Equal(["42"], database.Rows("select answer from other"));
    }

    [Fact]
    public void Spells_NULL_in_CSV_as_asked_and_an_equal_text_in_quotes()
    {
        _desk.Makes("--to", "out.csv", "--csv-null", "\\N", "--cluster-id", "\\N");
        var row = File.ReadAllLines(Path("out.csv"))[1];
        Assert.StartsWith("1,\"\\N\",Quern test cluster,Pod,2025-10-01,2025-10-01,Worker unallocated,worker-node-1,i-i-worker001,\\N,",
            row, StringComparison.Ordinal);
    }

    [Fact]
    public void Writes_through_a_link_to_what_it_names()
    {
        Directory.CreateDirectory(Path("far"));
        File.WriteAllText(Path("far/real.csv"), "old");
        File.CreateSymbolicLink(Path("out.csv"), "far/real.csv");
        File.CreateSymbolicLink(Path("new.parquet"), "far/new.parquet");
        _desk.Makes("--to", "out.csv", "--to", "new.parquet");
        Assert.Equal("far/real.csv", new FileInfo(Path("out.csv")).LinkTarget);
        Assert.StartsWith("report_period_id,", File.ReadAllText(Path("far/real.csv")), StringComparison.Ordinal);
        Assert.True(File.Exists(Path("far/new.parquet")));
    }

    [Fact]
    public void Writes_through_a_link_to_a_database()
    {
        Directory.CreateDirectory(Path("far"));
        _desk.Makes("--to", "far/real.duckdb");
        File.CreateSymbolicLink(Path("out.duckdb"), "far/real.duckdb");
        _desk.Makes("--to", "out.duckdb", "--cluster-alias", "by link");
        using var database = new Duck(Path("far/real.duckdb"));
        Assert.Equal(["by link"], database.Rows($"select distinct cluster_alias from {Table}"));
        Assert.Equal(["real.duckdb", "real.duckdb.report.json"], Directory.GetFiles(Path("far")).Select(System.IO.Path.GetFileName).Order());
    }

    [Fact]
    public void Takes_names_that_shells_and_engines_find_special()
    {
        string[] names = ["it's [1] *?.parquet", "-dash.csv", "a \"b\" ☃.duckdb", "{x,y}$HOME;'.csv"];
        _desk.Makes([.. names.Select(n => $"--to={n}"), "--to=fold*er [2]/"]);
        Assert.All(names, name => Assert.True(File.Exists(Path(name)), name));
        Assert.Single(Directory.GetFiles(Path("fold*er [2]"), "data.parquet", SearchOption.AllDirectories));
    }

    [Fact]
    public void Passes_over_its_own_results_among_the_reports()
    {
        _desk.Makes("--to", "reports/out.csv", "--to", "reports/out.parquet", "--to", "reports/lake/");
        _desk.Makes("--to", "reports/out.csv", "--to", "reports/out.parquet", "--to", "reports/lake/");
        var ended = _desk.Summarize("--to", "reports/out.csv", "--json");
        Assert.Equal(
            "not read, a summary, not a report: reports/out.csv, " +
            "reports/lake/source=6e212746-484a-40cd-bba0-09a19d132d64/year=2025/month=10/day=1/data.parquet, reports/out.parquet",
            ended.Json.GetProperty("warnings")[0].GetProperty("message").GetString());
    }

    [Fact]
    public void Refuses_to_replace_a_report_that_it_reads() => Refuses(
        """
        error QN1113: an input is replaced by an output
          where   reports/pods.csv
          value   --to reports/pods.csv
          try     --to another place
        """,
        "--to", "reports/pods.csv");

    [Fact]
    public void Refuses_to_replace_the_folder_of_the_reports() => Refuses(
        """
        error QN1113: an input is replaced by an output
          where   reports/namespaces.csv
          value   --to reports/
          try     --to another place
        """,
        "--to", "reports/");

    [Theory]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("/")]
    public void Refuses_to_replace_the_folder_it_was_started_in(string to) => Refuses(
        $"""
        error QN1112: the output is the folder you are in, or holds it
          where   --to
          value   "{to}"
          wanted  a folder that can be replaced as a whole
          try     --to summary/     a folder of its own
                  start the command from another folder
        """,
        "--to", to);

    [Fact]
    public void Refuses_one_place_under_two_names()
    {
        Directory.CreateDirectory(Path("a"));
        File.CreateSymbolicLink(Path("b"), "a");
        Refuses(
            """
            error QN1111: two outputs are the same place
              where   --to
              value   a/out.csv and b/out.csv
              try     name each output once, each in a place of its own
            """,
            "--to", "a/out.csv", "--to", "b/out.csv");
    }

    [Fact]
    public void Refuses_an_output_inside_another() => Refuses(
        """
        error QN1111: an output lies in another
          where   --to
          value   lake/out.csv and lake/
          try     name each output once, each in a place of its own
        """,
        "--to", "lake/out.csv", "--to", "lake/");

    [Fact]
    public void Refuses_a_report_in_the_place_of_an_output() => Refuses(
        $"""
        error QN1111: another file lies in the place of an output
          where   --to
          value   --report {Path("out.csv")} and --to out.csv
          try     name each output once, each in a place of its own
        """,
        "--to", "out.csv", "--report", "out.csv");

    [Theory]
    [InlineData("", "")]
    [InlineData("out.txt", ".txt")]
    [InlineData("gs://bucket/out.parquet", "gs://")]
    public void Refuses_an_output_of_a_kind_that_it_does_not_know(string to, string value) => Refuses(
        $"""
        error QN1110: this kind of output is not known
          where   --to
          value   "{value}"
          wanted  a name that ends in .duckdb, .sqlite, .parquet or .csv, or a folder
          try     --to summary.duckdb
                  --to summary/  writes a folder for each day
        """,
        "--to", to);

    [Fact]
    public void Refuses_an_output_in_a_folder_that_is_not_there() => Refuses(
        $"""
        error QN8001: the folder of the output does not exist
          where   far/out.csv
          try     mkdir -p {Path("far")}
        """,
        "--to", "far/out.csv");

    [Fact]
    public void Refuses_a_folder_in_the_place_of_a_file()
    {
        File.WriteAllText(Path("out"), "a file");
        Refuses(
            $"""
            error QN8003: the output is a file, and a folder is to be written
              where   out/
              try     rm {Path("out")}
                      choose another name
            """,
            "--to", "out/");
    }

    [Fact]
    public void Refuses_a_link_to_itself()
    {
        File.CreateSymbolicLink(Path("loop.csv"), "loop.csv");
        Refuses(
            """
            error QN8003: the output is a link to itself
              where   loop.csv
              try     remove the link
            """,
            "--to", "loop.csv");
    }

    [Fact]
    public void Refuses_a_spelling_of_NULL_that_cannot_be_read_back() => Refuses(
        """
        error QN1114: NULL cannot be spelled like this
          where   --csv-null
          value   ","
          wanted  a text without comma, quote and line end
          try     --csv-null '\N'
                  leave it out: NULL is empty, and an empty text is written in quotes
        """,
        "--to", "out.csv", "--csv-null", ",");

    [Fact]
    public void Refuses_a_file_that_is_no_database()
    {
        File.WriteAllText(Path("out.duckdb"), "not a database at all");
        Refuses(
            """
            error QN8102: the output exists and is no DuckDB database
              where   out.duckdb
              try     --to another name
                      rm out.duckdb
            """,
            "--to", "out.duckdb");
    }

    [Fact]
    public void Refuses_a_database_that_is_cut_short()
    {
        _desk.Makes("--to", "out.duckdb");
        using (var file = File.OpenWrite(Path("out.duckdb"))) file.SetLength(10_000);
        _desk.Refuses(
            ExitCode.Failed,
            $"""
            error QN8106: the database cannot be opened
              where   out.duckdb
              value   IO Error: Could not read enough bytes from file "{Path("out.duckdb")}": attempted to read 2288 bytes from location 10000
              wanted  a database that DuckDB v1.5.6 reads
              try     --to another name
            """,
            "--to", "out.csv", "--to", "out.duckdb");
    }

    [Fact]
    public void Refuses_a_table_with_other_columns_and_leaves_the_other_outputs_alone()
    {
        using (var duck = new Duck())
            duck.Run($"attach {Sql.Text(Path("out.duckdb"))} as d; create table d.{Table} (uuid uuid, node varchar)");
        _desk.Refuses(
            ExitCode.Failed,
            $"""
            error QN8104: the table in the database has other columns
              where   out.duckdb, table {Table}
              wanted  all_labels VARCHAR, cluster_alias VARCHAR, cluster_capacity_cpu_core_hours DOUBLE
              try     --to another database
                      rename or drop the table {Table} there
            """,
            "--to", "out.csv", "--to", "out.duckdb", "--to", "out/");
    }

    [Fact]
    public void Refuses_a_database_that_another_process_has_open()
    {
        _desk.Makes("--to", "out.duckdb");
        using var database =
            DuckDatabase.Open(new DuckOptions { Path = Path("out.duckdb"), MemoryLimitBytes = 100_000_000, Threads = 1, TempDirectory = "" });
        // Nothing here may open the file: a process loses its locks on a file when it closes any descriptor of it.
        _desk.Summarize("--to", "out.csv", "--to", "out.duckdb", "--quiet").Is(
            ExitCode.Unreachable,
            error:
            $"""
            error QN8103: another process has the database open
              where   out.duckdb
              value   process {Environment.ProcessId}, {Environment.ProcessPath}
              try     close the other process, then run again
                      --to another name

            """);
        Assert.False(File.Exists(Path("out.csv")));
    }

    void Refuses(string error, params string[] more) => _desk.Refuses(ExitCode.Usage, error, more);

    string Path(string name) => _desk.Here.Path(name);

    IReadOnlyList<string> Database(string name)
    {
        using var database = new Duck(Path(name));
        return database.Rows($"select * from {Table} order by all");
    }
}
