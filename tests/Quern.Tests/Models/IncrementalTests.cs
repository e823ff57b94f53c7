using Quern.Jinja.Values;

namespace Quern.Tests.Models;

public sealed class IncrementalTests : IDisposable
{
    readonly TestProject _project = new();

    public void Dispose() => _project.Dispose();

    [Fact]
    public void Without_a_key_rows_are_added()
    {
        Run("select 1 as k");
        Run("select 1 as k");
        Assert.Equal(["1", "1"], _project.Rows("from m"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Each_strategy_gives_what_plain_recomputation_gives(int seed)
    {
        // Keys may be NULL, which matches nothing, and come twice in a batch, except for merge, where a key comes once.
        var random = new Random(seed);
        var batches = Enumerable.Range(0, 6).Select(b => Enumerable.Range(0, random.Next(1, 12))
            .Select(i => (K: random.Next(5) == 0 ? (int?)null : random.Next(8), J: random.Next(2), V: (b * 100) + i)).ToList()).ToList();
        foreach (var (name, config, isMerge) in new (string, (string, object?)[], bool)[]
        {
            ("one", [("unique_key", "k")], false),
            ("list", [("unique_key", new List<object?> { "k", "j" })], false),
            ("merged", [("unique_key", new List<object?> { "k", "j" }), ("incremental_strategy", "merge")], true),
            ("appended", [("incremental_strategy", "append"), ("unique_key", "k")], false),
        })
        {
            var expected = new List<(int? K, int J, int V)>();
            foreach (var batch in batches)
            {
                var rows = isMerge ? [.. batch.DistinctBy(r => (r.K, r.J))] : batch;
                _project.Clear();
                _project.Model(name, Values(rows), "incremental", config);
                MaterializationTests.Ok(_project.Run());
                if (name == "one" && expected.Count > 0) expected.RemoveAll(o => o.K is not null && rows.Any(r => r.K == o.K));
                if (name is "list" or "merged" && expected.Count > 0)
                    expected.RemoveAll(o => o.K is not null && rows.Any(r => r.K == o.K && r.J == o.J));
                expected.AddRange(rows);
            }
            Assert.Equal(
                expected.Select(r => $"{r.K?.ToString() ?? "-"}|{r.J}|{r.V}").Order(StringComparer.Ordinal), _project.Rows($"from {name}").Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void Merge_takes_columns_conditions_and_expressions()
    {
        Run("select * from (values (1, 'a', 1), (2, 'b', 1)) t(k, v, n)");
        Run(
            "select * from (values (1, 'A', 10), (2, 'B', 10), (3, 'C', 10), (4, 'D', 10)) t(k, v, n)",
            ("incremental_strategy", "merge"), ("unique_key", "k"),
            ("merge_update_condition", "DBT_INTERNAL_SOURCE.k <> 2"), ("merge_insert_condition", "DBT_INTERNAL_SOURCE.k < 4"),
            ("merge_update_columns", "v"), ("merge_update_set_expressions", new Dict { ["n"] = "DBT_INTERNAL_DEST.n + DBT_INTERNAL_SOURCE.n" }));
        Assert.Equal(["1|A|11", "2|b|1", "3|C|10"], _project.Rows("from m order by k"));
        Run("select 1 as k, 'x' as v, 0 as n", ("incremental_strategy", "merge"), ("merge_on_using_columns", new List<object?> { "k" }), ("merge_exclude_columns", new List<object?> { "n" }));
        Assert.Equal(["1|x|11", "2|b|1", "3|C|10"], _project.Rows("from m order by k"));
        Run("select 1 as k, 'y' as v, 0 as n", ("incremental_strategy", "merge"));
        Assert.Equal(["1|x|11", "1|y|0", "2|b|1", "3|C|10"], _project.Rows("from m order by k, n desc"));
    }

    [Fact]
    public void Merge_refuses_clauses_that_are_no_list_and_conditions_that_are_no_text()
    {
        Run("select 1 as k");
        var update = new Dict { ["action"] = "update" };
        foreach (var clauses in new Dict[]
        {
            new() { ["when_matched"] = new Dict { ["action"] = "delete" }, ["when_not_matched"] = new List<object?> { new Dict { ["action"] = "insert" } } },
            new() { ["when_matched"] = new List<object?> { update, new Dict { ["action"] = "delete", ["condition"] = false } } },
        })
        {
            _project.Clear();
            _project.Model(
                "m", "select 2 as k", "incremental", ("incremental_strategy", "merge"), ("unique_key", "k"), ("merge_clauses", clauses));
            Assert.Equal("QN7232", Assert.Single(_project.Run().Results).Fault?.Code);
        }
    }

    [Fact]
    public void Merge_takes_clauses_of_its_own()
    {
        Run("select * from (values (1, 'a'), (2, 'b'), (3, 'c')) t(k, v)");
        var clauses = new Dict
        {
            ["when_matched"] = new List<object?>
            {
                new Dict { ["action"] = "delete", ["condition"] = "DBT_INTERNAL_SOURCE.v = 'gone'" },
                new Dict { ["action"] = "update", ["mode"] = "explicit", ["update"] = new Dict { ["include"] = new List<object?> { "v" } } },
            },
            ["when_not_matched"] = new List<object?>
            {
                new Dict
                {
                    ["action"] = "insert", ["mode"] = "explicit",
                    ["insert"] = new Dict { ["columns"] = new List<object?> { "k", "v" }, ["values"] = new List<object?> { "DBT_INTERNAL_SOURCE.k", "'new'" } },
                },
            },
            ["when_not_matched_by_source"] = new List<object?> { new Dict { ["action"] = "delete" } },
        };
        Run("select * from (values (1, 'gone'), (2, 'B'), (9, 'z')) t(k, v)", ("incremental_strategy", "merge"), ("unique_key", "k"), ("merge_clauses", clauses));
        Assert.Equal(["2|B", "9|new"], _project.Rows("from m order by k"));
        _project.Clear();
        _project.Model("m", "select 1 as k", "incremental", ("incremental_strategy", "merge"), ("merge_clauses", new Dict { ["when_mached"] = new List<object?>() }));
        Assert.Equal(("QN7232", "'when_mached'"), (_project.Run().Results[0].Fault!.Code, _project.Run().Results[0].Fault!.Value));
    }

    [Fact]
    public void Predicates_narrow_what_is_deleted()
    {
        Run("select * from (values (1, 'old', 1), (1, 'new', 2)) t(k, v, day)");
        Run("select 1 as k, 'x' as v, 3 as day", ("unique_key", "k"), ("incremental_predicates", new List<object?> { "day >= 2" }));
        Assert.Equal(["1|old|1", "1|x|3"], _project.Rows("from m order by day"));
        Run(
            "select 1 as k, 'y' as v, 4 as day", ("unique_key", new List<object?> { "k" }),
            ("incremental_predicates", new List<object?> { "DBT_INCREMENTAL_TARGET.day >= 2" }));
        Assert.Equal(["1|old|1", "1|y|4"], _project.Rows("from m order by day"));
    }

    [Theory]
    [InlineData("ignore", "k INTEGER, gone VARCHAR, t INTEGER", null)]
    [InlineData("append_new_columns", "k INTEGER, gone VARCHAR, t INTEGER, extra VARCHAR", "1|g|5|-;2|-|6|e")]
    [InlineData("sync_all_columns", "k INTEGER, t BIGINT, extra VARCHAR", "1|5|-;2|6|e")]
    [InlineData("fail", "k INTEGER, gone VARCHAR, t INTEGER", null)]
    [InlineData("nonsense", "k INTEGER, gone VARCHAR, t INTEGER", null)]
    public void A_changed_query_does_to_the_table_what_was_asked_for(string mode, string columns, string? rows)
    {
        var index = ("indexes", (object?)new List<object?> { new Dict { ["columns"] = new List<object?> { "k" } } });
        Run("select 1 as k, 'g' as gone, 5 as t", index);
        _project.Clear();
        _project.Model("m", "select 2 as k, 6::bigint as t, 'e' as extra", "incremental", ("on_schema_change", mode), ("unique_key", "k"), index);
        var result = Assert.Single(_project.Run().Results);
        Assert.Equal([$"main.m base table {columns}"], _project.Relations());
        if (rows is not null) Assert.Equal(rows.Split(';'), _project.Rows("from m order by k"));
        else Assert.Equal(["1|g|5"], _project.Rows("from m"));
        if (mode == "fail")
        {
            Assert.Equal("QN7231", result.Fault!.Code);
            Assert.Equal("only in the query: extra VARCHAR\nonly in the table: gone VARCHAR\nt is BIGINT in the query, INTEGER in the table", result.Fault.Value);
        }
        if (mode == "nonsense") Assert.Contains(_project.Warnings, w => w.Code == "QN7212");
    }

    [Fact]
    public void Ignore_drops_a_new_column_silently_and_needs_those_of_the_table()
    {
        Run("select 1 as k, 2 as v");
        Run("select 3 as v, 2 as k, 'more' as extra", ("unique_key", "k"));
        Run("select 5 as v, 4 as k, 'more' as extra", ("incremental_strategy", "append"));
        Run("select 7 as v, 6 as k, 'more' as extra", ("incremental_strategy", "merge"), ("unique_key", "k"));
        Assert.Equal(["1|2", "2|3", "4|5", "6|7"], _project.Rows("from m order by k"));
        _project.Clear();
        _project.Model("m", "select 1 as k", "incremental", ("incremental_strategy", "append"));
        Assert.True(_project.Run().HasFailed);
    }

    [Fact]
    public void A_full_refresh_rebuilds_unless_the_model_says_no()
    {
        Run("select 1 as k");
        _project.FullRefresh = true;
        Run("select 2 as k", ("full_refresh", false));
        Assert.Equal(["1", "2"], _project.Rows("from m order by k"));
        Run("select 3 as k");
        Assert.Equal(["3"], _project.Rows("from m"));
        _project.FullRefresh = false;
        Run("select 4 as k", ("full_refresh", true));
        Assert.Equal(["4"], _project.Rows("from m"));
        Run("select 5 as k");
        Assert.Equal(["main.m base table k INTEGER"], _project.Relations());
    }

    [Fact]
    public void Unknown_strategies_are_errors_that_name_them()
    {
        _project.Model("m", "select 1 as k", "incremental", ("incremental_strategy", "marge"));
        var fault = Assert.Single(_project.Run().Results).Fault!;
        Assert.Equal(("QN7230", "marge", "models/m.sql"), (fault.Code, fault.Value, fault.Where));
        Assert.Equal(["incremental_strategy: merge"], fault.Try);
    }

    void Run(string sql, params (string, object?)[] config)
    {
        _project.Clear();
        _project.Model("m", sql, "incremental", config);
        MaterializationTests.Ok(_project.Run());
    }

    static string Values(IEnumerable<(int? K, int J, int V)> rows) =>
        $"select * from (values {string.Join(", ", rows.Select(r => $"({r.K?.ToString() ?? "null::int"}, {r.J}, {r.V})"))}) t(k, j, v)";
}
