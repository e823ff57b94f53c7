using Quern.Jinja.Values;
using Quern.Models.Results;

namespace Quern.Tests.Models;

public sealed class ProjectRunnerTests : IDisposable
{
    readonly TestProject _project = new();

    public void Dispose() => _project.Dispose();

    [Fact]
    public void Nodes_run_after_what_they_read_and_after_its_tests()
    {
        _project.Model("c", "select * from {{ ref('b') }}");
        _project.Model("b", "select * from {{ ref('a') }}", "view");
        _project.Model("a", "select 1 as x");
        _project.Test("a_ok", "select * from {{ ref('a') }} where x <> 1");
        _project.Test("c_ok", "select * from {{ ref('c') }}, {{ ref('a') }} where false");
        var run = _project.Run();
        Assert.Equal(["1/5 a success", "2/5 a_ok pass", "3/5 b success", "4/5 c success", "5/5 c_ok pass"], _project.Told);
        Assert.False(run.HasFailed);
        Assert.Equal(["OK", null, "OK", "OK", null], run.Results.Select(r => r.Message));
        Assert.Equal(["main.a base table x INTEGER", "main.b view x INTEGER", "main.c base table x INTEGER"], _project.Relations());
    }

    [Fact]
    public void What_reads_a_failed_node_is_skipped_and_the_rest_runs()
    {
        _project.Model("good", "select 1 as x");
        _project.Model("bad", "select\n  nope from {{ ref('good') }}");
        _project.Model("child", "select * from {{ ref('bad') }}");
        _project.Model("grandchild", "select * from {{ ref('child') }}");
        _project.Model("other", "select * from {{ ref('good') }}");
        var run = _project.Run();
        Assert.Equal(["1/5 good success", "2/5 bad error", "3/5 other success", "4/5 child skipped", "5/5 grandchild skipped"], _project.Told);
        Assert.True(run.HasFailed);
        var error = run.Results[1];
        Assert.Equal("models/bad.sql\nLINE 2:   nope from \"memory\".\"main\".\"good\"\n          ^", error.Fault!.Where);
        Assert.StartsWith("Runtime Error in model bad (models/bad.sql)\n  Binder Error: ", error.Message, StringComparison.Ordinal);
        Assert.Null(run.Results[3].Message);
    }

    [Fact]
    public void A_failed_test_stops_what_reads_its_node_and_a_warning_stops_nothing()
    {
        _project.Model("a", "select 1 as x");
        _project.Model("b", "select 1 as x");
        _project.Test("a_fails", "select * from {{ ref('a') }}");
        _project.Test("b_warns", "select * from {{ ref('b') }}", ("severity", "warn"));
        _project.Model("below_a", "select * from {{ ref('a') }}");
        _project.Model("below_b", "select * from {{ ref('b') }}");
        var run = _project.Run();
        Assert.Equal(
            ["1/6 a success", "2/6 b success", "3/6 a_fails fail", "4/6 b_warns warn", "5/6 below_a skipped", "6/6 below_b success"], _project.Told);
        Assert.Equal("Got 1 result, configured to fail if != 0", run.Results[2].Message);
        Assert.Equal("Got 1 result, configured to warn if != 0", run.Results[3].Message);
    }

    [Fact]
    public void A_test_of_two_models_comes_before_what_reads_both_only()
    {
        _project.Model("a", "select 1 as x");
        _project.Model("b", "select 1 as x");
        _project.Test("same", "select * from {{ ref('a') }} except select * from {{ ref('b') }} union all select 7");
        _project.Model("one", "select * from {{ ref('a') }}");
        _project.Model("both", "select * from {{ ref('one') }}, {{ ref('b') }}");
        _project.Run();
        Assert.Equal(["1/5 a success", "2/5 b success", "3/5 one success", "4/5 same fail", "5/5 both skipped"], _project.Told);
    }

    [Fact]
    public void A_skipped_ephemeral_model_is_blamed_and_never_counted()
    {
        _project.Model("a", "select nope");
        _project.Model("e", "select * from {{ ref('a') }}", "ephemeral");
        _project.Model("b", "select * from {{ ref('e') }}");
        _project.Model("c", "select * from {{ ref('b') }}");
        var run = _project.Run();
        Assert.Equal(["1/3 a error", "2/3 b skipped", "3/3 c skipped"], _project.Told);
        Assert.Equal(
            ["Compilation Error in model.shop.b, caused by compilation error in referenced ephemeral model model.shop.e", null],
            run.Results.Skip(1).Select(r => r.Message));
    }

    [Fact]
    public void A_broken_ephemeral_model_hands_its_fault_to_those_who_read_it()
    {
        _project.Model("e", "select {{ 1 / 0 if execute else 1 }} as x", "ephemeral");
        _project.Model("b", "select * from {{ ref('e') }}");
        var result = Assert.Single(_project.Run().Results);
        Assert.Equal(NodeStatus.Skipped, result.Status);
        Assert.Contains("division", result.Fault!.What, StringComparison.Ordinal);
    }

    [Fact]
    public void Fail_fast_skips_whatever_has_not_ended()
    {
        _project.FailFast = true;
        _project.Model("a", "select nope");
        _project.Model("b", "select 1 as x");
        _project.Model("c", "select * from {{ ref('b') }}");
        Assert.True(_project.Run().HasFailed);
        Assert.Equal(["1/3 a error", "2/3 b skipped", "3/3 c skipped"], _project.Told);
    }

    [Fact]
    public void An_interrupt_ends_the_running_statement_and_skips_the_rest()
    {
        using var stop = new CancellationTokenSource();
        _project.Began = node => { if (node == "long") stop.CancelAfter(TimeSpan.FromMilliseconds(50)); };
        _project.Model("a", "select 1 as x");
        _project.Model("long", "select sum(x.range * y.range) as s from range(100000000) x, range(1000000) y, {{ ref('a') }}");
        _project.Model("later", "select * from {{ ref('long') }}");
        _project.Hook("on-run-end", 0, "create table never as select 1");
        var run = _project.Run(stop.Token);
        Assert.True(run.IsInterrupted);
        Assert.Equal(["1/3 a success", "2/3 long skipped", "3/3 later skipped"], _project.Told);
        Assert.Equal(["main.a base table x INTEGER"], _project.Relations());
    }

    [Fact]
    public void With_two_workers_two_nodes_run_at_the_same_time()
    {
        _project.Threads = 2;
        for (var i = 0; i < 20; i++) _project.Model($"m{i:00}", "select * from range(1000)");
        _project.Model("all", string.Join(" union all ", Enumerable.Range(0, 20).Select(i => $"select * from {{{{ ref('m{i:00}') }}}}")));
        var run = _project.Run();
        Assert.All(run.Results, r => Assert.Equal(NodeStatus.Success, r.Status));
        Assert.Equal(["20000"], _project.Rows("select count(*) from \"all\""));
    }

    [Fact]
    public void Hooks_of_the_project_run_around_and_count_apart()
    {
        _project.Hook("on-run-start", 0, "create schema ops; create table ops.log (what varchar)");
        _project.Hook("on-run-start", 1, "{% if false %}this is nothing{% endif %}  ");
        _project.Hook(
            "on-run-end", 0, "insert into ops.log values ('{% for r in results %}{{ r.node.name }} {{ r.status }};{% endfor %}{{ schemas | join }}')");
        _project.Model("a", "select 1 as x");
        var run = _project.Run();
        Assert.Equal(
            ["1/2 shop-on-run-start-0 success", "2/2 shop-on-run-start-1 success", "1/1 a success", "1/1 shop-on-run-end-0 success"], _project.Told);
        Assert.Equal(["shop.on-run-start.0 passed", "shop.on-run-start.1 passed", "OK", "shop.on-run-end.0 passed"], run.Results.Select(r => r.Message));
        Assert.Equal(["a success;main"], _project.Rows("from ops.log"));
    }

    [Fact]
    public void A_failing_first_hook_skips_later_hooks_but_not_the_nodes()
    {
        _project.Hook("on-run-start", 0, "select nope");
        _project.Hook("on-run-start", 1, "create table never as select 1");
        _project.Model("a", "select 1 as x");
        Assert.True(_project.Run().HasFailed);
        Assert.Equal(["1/2 shop-on-run-start-0 error", "2/2 shop-on-run-start-1 skipped", "1/1 a success"], _project.Told);
        _project.Flags["skip_nodes_if_on_run_start_fails"] = true;
        _project.Run();
        Assert.Equal(["1/2 shop-on-run-start-0 error", "2/2 shop-on-run-start-1 skipped", "1/1 a skipped"], _project.Told);
    }

    [Fact]
    public void Hooks_of_a_node_share_its_transaction_unless_they_say_no()
    {
        _project.Execute("create table log (what varchar, n bigint)");
        _project.Model(
            "a", "select 1 as x", "table",
            ("pre-hook", new List<object?>
            {
                new Dict { ["sql"] = "insert into log values ('outside', 0)", ["transaction"] = false },
                "insert into log values ('inside', 0); insert into log values ('inside too', 0)",
            }),
            ("post-hook", new List<object?> { "insert into log select 'after', count(*) from {{ this }}", "select nope" }));
        var run = _project.Run();
        Assert.Equal(NodeStatus.Error, run.Results[0].Status);
        Assert.Equal(["outside|0"], _project.Rows("from log"));
        Assert.Equal(["main.log base table what VARCHAR, n BIGINT"], _project.Relations());
    }

    [Fact]
    public void Old_settings_are_put_right_with_one_warning()
    {
        _project.Hook("on-run-start", 0, "PRAGMA enable_profiling=false; PRAGMA enable_object_cache");
        _project.Hook("on-run-start", 1, "pragma enable_profiling = 'false'");
        _project.Model("a", "select 1 as x");
        Assert.False(_project.Run().HasFailed);
        Assert.Equal(["QN7210", "QN7210"], _project.Warnings.Select(w => w.Code));
    }

    [Fact]
    public void A_unit_test_comes_before_its_model_and_stops_it_when_it_fails()
    {
        _project.Model("a", "select 1 as x, 'k' as k");
        _project.Model("b", "select k, sum(x) as total from {{ ref('a') }} group by k");
        _project.UnitTest("adds_up", "b", Dicts(null, ("k", "p", "total", 5L)), Dicts("ref('a')", ("k", "p", "x", 2L), ("k", "p", "x", 3L)));
        _project.UnitTest("wrong", "b", Dicts(null, ("k", "p", "total", 6L)), Dicts("ref('a')", ("k", "p", "x", 2L), ("k", "p", "x", 3L)));
        var run = _project.Run();
        Assert.Equal(["1/4 a success", "2/4 adds_up pass", "3/4 wrong fail", "4/4 b skipped"], _project.Told);
        Assert.Equal("actual differs from expected (- expected, + actual):\n  k | total\n- 'p' | 6\n+ 'p' | 5", run.Results[2].Message);
    }

    [Fact]
    public void Fixtures_may_be_csv_or_sql_and_null_is_a_value()
    {
        _project.Model("a", "select 1 as x, 'k' as k");
        _project.Model("b", "select k, x from {{ ref('a') }}");
        _project.Run("a");
        _project.UnitTest("csv", "b", new Quern.Projects.Nodes.Fixture(null, "csv", "k,x\np,\n,2\n", null), new Quern.Projects.Nodes.Fixture("ref('a')", "sql", "select 'p' as k, null::int as x union all select null, 2", null));
        Assert.Equal(["pass", "success"], _project.Run("csv", "b").Results.Select(r => r.Status.Name()));
    }

    static Quern.Projects.Nodes.Fixture Dicts(string? input, params (string, object?, string, object?)[] rows) => new(
        input, "dict", rows.Select(r => (object?)new Dict { [r.Item1] = r.Item2, [r.Item3] = r.Item4 }).ToList(), null);

    [Fact]
    public void A_rollback_that_the_engine_refuses_is_the_failure_of_its_node_only()
    {
        _project.Model("a", "select * from nowhere", "table", ("pre-hook", "commit"));
        _project.Model("b", "select 1 as x");
        var results = _project.Run().Results;
        Assert.Equal([("a", NodeStatus.Error), ("b", NodeStatus.Success)], results.Select(r => (r.Node.Name, r.Status)).Order());
        Assert.Equal(["1"], _project.Rows("from b"));
    }

    [Theory]
    [InlineData("{{ misspelled(1) }}", "'misspelled' is undefined")]
    [InlineData("{{ misspelled.part }}", "'misspelled' is undefined")]
    [InlineData("{{ misspelled }}1", null)]
    public void A_macro_that_calls_what_is_not_there_fails_at_run_time_as_the_text_of_a_node_does(string body, string? says)
    {
        using var project = new TestProject("{% macro m() %}" + body + "{% endmacro %}");
        project.Model("a", "select 1{{ m() }} as x");
        var result = Assert.Single(project.Run().Results);
        Assert.Equal(says is null ? NodeStatus.Success : NodeStatus.Error, result.Status);
        if (says is not null) Assert.Contains(says, result.Message, StringComparison.Ordinal);
    }
}
