using Quern.Budget;
using Quern.Duck;
using Quern.Jinja;
using Quern.Jinja.Values;
using Quern.Models;
using Quern.Projects.Context;
using Quern.Projects.Nodes;
using Quern.Running;
using Quern.Tests.Duck;
using Quern.Tests.Files;

namespace Quern.Tests.Models;

public sealed class ModelRunnerTests : IDisposable
{
    static readonly DateOnly First = new(2025, 10, 1);
    readonly Run _run = new("test", new MemoryLedger(new MemorySize(1_000_000_000)), TimeProvider.System);
    DuckSession _session = TestDuck.Memory();

    public void Dispose() => _session.Dispose();

    [Fact]
    public void Builds_views_and_tables_and_takes_a_step_with_the_rows_of_each_table()
    {
        Build(
            ["v", "t", "u"], Table("t", "select * from range(5)"),
            View("v", "select 2 * range as x from \"t\"", "t"), Table("u", "select sum(x) as s from \"v\"", "v"));
        Assert.Equal(20, _session.Scalar<long>("select s::bigint from u"));
        Assert.Equal(["t TABLE", "u TABLE", "v VIEW"], Relations());
        var report = _run.Execute(() => { });
        Assert.Equal([("t", 5L), ("u", 1L)], report.Steps.Select(s => (s.Name, s.Rows)));
    }

    [Fact]
    public void Drops_a_table_once_its_last_reader_is_built_and_not_before()
    {
        // v reads a; c is the last to read a, through v; d reads b.
        Build(
            ["d"],
            Table("a", "select 1 as x"), View("v", "select * from \"a\"", "a"), Table("b", "select * from \"a\"", "a"),
            Table("c", "select * from \"v\"", "v"), Table("d", "select * from \"b\"", "b"));
        Assert.Equal(["c TABLE", "d TABLE", "v VIEW"], Relations());
    }

    [Fact]
    public void Keeps_what_is_wanted_and_what_wanted_views_read()
    {
        Build(
            ["v", "b"],
            Table("a", "select 1 as x"), Table("b", "select 2 as x"), View("v", "select * from \"a\"", "a"),
            Table("c", "select * from \"a\", \"b\"", "a", "b"));
        Assert.Equal(["a TABLE", "b TABLE", "c TABLE", "v VIEW"], Relations());
        Assert.Equal(1, _session.Scalar<int>("select x from v"));
    }

    [Fact]
    public void Names_of_models_may_be_words_of_sql()
    {
        Build(
            ["select"], Table("order", "select 1 as x"), View("from", "select * from \"order\"", "order"),
            Table("select", "select * from \"from\"", "from"));
        Assert.Equal(["from VIEW", "select TABLE"], Relations());
    }

    [Fact]
    public void Replaces_what_is_there_from_before()
    {
        _session.Execute("create table t as select 1 as old");
        Build(["t"], Table("t", "select 2 as x"));
        Assert.Equal(2, _session.Scalar<int>("select x from t"));
    }

    [Fact]
    public void A_statement_that_fails_names_the_file_and_shows_the_place()
    {
        var fault = ScratchFolder.FaultOf(
            () => Build(["t"], Table("t", "select 1 as a,\n    missing_column\nfrom range(3)")));
        Assert.Equal(
            """
            error QN9011: Binder Error: Referenced column "missing_column" not found in FROM clause!
              where   models/t.sql
                      LINE 2:     missing_column
                                  ^
              try     Candidate bindings: "range"
            """,
            fault.ToString());
    }

    [Fact]
    public void Parts_are_put_together_whatever_their_number()
    {
        _session.Execute(
            "create table rows as select date '2025-10-01' + (range % 7)::int as day, range as x from range(1000)");
        var sums = $"select day, sum(x) as s, count(*) as n from rows where {Batch("day")}";
        foreach (var parts in new[] { 1, 2, 3, 7 })
        {
            Build(new DayBatches(First, First.AddDays(6), parts), ["t"], Table("t", $"{sums} group by day order by day"));
            Assert.Equal("7 499500 1000", _session.Scalar<string>("select count(*) || ' ' || sum(s) || ' ' || sum(n) from t"));
            Assert.Equal(
                "2025-10-01,2025-10-07", _session.Scalar<string>("select arg_min(day, rowid) || ',' || arg_max(day, rowid) from t"));
        }
    }

    [Fact]
    public void A_part_that_does_not_fit_into_memory_is_split_and_said_so()
    {
        _session.Dispose();
        var small = new DuckOptions { MemoryLimitBytes = 80_000_000, Threads = 1, TempDirectory = "" };
        using (var database = DuckDatabase.Open(small))
            _session = database.Connect();
        Build(new DayBatches(First, First.AddDays(15), 1), ["t"], CountOfGroups(2));
        Assert.Equal(
            (16, 2_000_000),
            (_session.Scalar<long>("select count(*) from t"), _session.Scalar<long>("select sum(n)::bigint from t")));
        var warning = Assert.Single(_run.Execute(() => { }).Warnings);
        Assert.Equal("QN7201", warning.Code);
        Assert.Matches("^t was built in (2|4|8|16) parts instead of 1: they did not fit into memory$", warning.Message);
    }

    [Fact]
    public void A_part_whose_temporary_files_have_no_room_is_not_tried_again_in_smaller_ones()
    {
        using var spill = SpillDirectory.Create();
        var small = new DuckOptions { MemoryLimitBytes = 80_000_000, Threads = 1, TempDirectory = spill.Path };
        _session.Dispose();
        using (var database = DuckDatabase.Open(small)) _session = database.Connect();
        _session.Execute("set max_temp_directory_size = '1MB'");
        // In parts of one day this would fit into memory.
        var error = Assert.Throws<QuernException>(() => Build(new DayBatches(First, First.AddDays(15), 1), ["t"], CountOfGroups(4)));
        Assert.Equal("QN9032", SpillFault.Of(error, small)?.Fault.Code);
        Assert.Empty(_run.Execute(() => { }).Warnings);
    }

    /// <summary>Two million groups in 16 days.</summary>
    static PlannedModel CountOfGroups(int millions)
    {
        var rows = $"select date '2025-10-01' + (range % 16)::int as day, range as x from range({millions} * 1000000)";
        var groups = $"select day, x, count(*) as n from ({rows}) where {Batch("day")} group by day, x";
        return Table("t", $"select day, sum(n) as n from ({groups}) group by day");
    }

    static string Batch(string column) => new TemplateEnvironment().Parse("{{ batch('" + column + "') }}", "m.sql")
        .Render(new Globals { ["batch"] = BatchMark.Function });

    static PlannedModel Table(string name, string sql, params string[] reads) => Model(name, "table", sql, reads);

    static PlannedModel View(string name, string sql, params string[] reads) => Model(name, "view", sql, reads);

    static PlannedModel Model(string name, string materialized, string sql, string[] reads)
    {
        var node = new Node(ResourceKind.Model)
        {
            Id = name,
            Name = name,
            Package = "shop",
            PackageFolder = "/shop",
            File = $"models/{name}.sql",
            PathInRoot = $"{name}.sql",
            Path = ["shop", name],
            Config = new NodeConfig { Values = new Dict { ["materialized"] = materialized } },
        };
        node.DependsOn.AddRange(reads);
        return new PlannedModel(node, new Relation("memory", "main", name), sql);
    }

    void Build(string[] keep, params PlannedModel[] models) => Build(new DayBatches(First, First, 1), keep, models);

    void Build(DayBatches batches, string[] keep, params PlannedModel[] models) =>
        new ModelRunner(_run, _session, models, keep, batches, _ => 0).Build();

    List<string> Relations()
    {
        var names = new List<string>();
        using var result = _session.Query(
            "select table_name || ' ' || replace(table_type, 'BASE ', '') from information_schema.tables order by 1");
        while (result.Next() is { } chunk)
        {
            for (var i = 0; i < chunk.Rows; i++) names.Add(chunk[0].Texts[i].ToString());
        }
        return names;
    }
}
