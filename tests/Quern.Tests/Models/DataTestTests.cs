using Quern.Models.Results;
using Quern.Models.Tests;

namespace Quern.Tests.Models;

public sealed class DataTestTests : IDisposable
{
    readonly TestProject _project = new() { Which = "test" };

    public void Dispose() => _project.Dispose();

    [Theory]
    [InlineData(0, null, null, null, "pass", null)]
    [InlineData(3, null, null, null, "fail", "Got 3 results, configured to fail if != 0")]
    [InlineData(1, "WARN", null, null, "warn", "Got 1 result, configured to warn if != 0")]
    [InlineData(3, null, null, ">10", "warn", "Got 3 results, configured to warn if != 0")]
    [InlineData(3, null, ">5", ">10", "pass", null)]
    [InlineData(7, null, ">5", ">10", "warn", "Got 7 results, configured to warn if >5")]
    [InlineData(11, null, ">5", "> 10", "fail", "Got 11 results, configured to fail if > 10")]
    [InlineData(11, "warn", ">5", ">10", "warn", "Got 11 results, configured to warn if >5")]
    [InlineData(4, null, null, "between 3 and 5", "fail", "Got 4 results, configured to fail if between 3 and 5")]
    [InlineData(6, null, "in (5, 7)", "between 3 and 5", "pass", null)]
    [InlineData(0, null, null, "= 0", "fail", "Got 0 results, configured to fail if = 0")]
    public void Thresholds_and_severity_decide(int rows, string? severity, string? warnIf, string? errorIf, string status, string? message)
    {
        foreach (var stores in new[] { false, true })
        {
            _project.Clear();
            _project.Test("t", $"select * from range({rows})", ("severity", severity), ("warn_if", warnIf), ("error_if", errorIf), ("store_failures", stores));
            var result = Assert.Single(_project.Run().Results);
            Assert.Equal((status, message, (long?)rows), (result.Status.Name(), result.Message, result.Failures));
        }
    }

    [Theory]
    [InlineData(">= 2")]
    [InlineData("<3")]
    [InlineData("<= 3")]
    [InlineData("== 3")]
    [InlineData("<> 3")]
    [InlineData("!= -1")]
    public void A_plain_threshold_is_what_DuckDB_says(string text)
    {
        for (var n = 0; n < 6; n++)
            Assert.Equal([new TestThreshold(text).Holds(n)!.Value.ToString().ToLowerInvariant()], _project.Rows($"select ({n} {text})::varchar"));
    }

    [Fact]
    public void Limit_and_calculation_change_what_is_counted()
    {
        _project.Test("limited", "select * from range(10)", ("limit", 4L));
        _project.Test("summed", "select range as n from range(5)", ("fail_calc", "sum(n)"), ("store_failures", true));
        var run = _project.Run();
        Assert.Equal([4L, 10L], run.Results.Select(r => r.Failures!.Value));
        Assert.Equal(["audit.summed base table n BIGINT"], _project.Relations());
    }

    [Fact]
    public void A_calculation_that_gives_nothing_is_an_error()
    {
        _project.Test("t", "select 1 as n where false", ("fail_calc", "sum(n)"));
        Assert.Equal("QN7270", Assert.Single(_project.Run().Results).Fault!.Code);
    }

    [Fact]
    public void Failures_are_kept_as_a_table_or_a_view_where_asked_for()
    {
        _project.Test("kept", "select 7 as n");
        _project.Test("not_kept", "select 8 as n", ("store_failures", false));
        _project.Test("seen", "select 9 as n", ("store_failures_as", "view"));
        _project.Test("gone", "select 10 as n", ("store_failures_as", "ephemeral"));
        _project.StoreFailures = true;
        for (var i = 0; i < 2; i++)
        {
            var run = _project.Run();
            Assert.All(run.Results, r => Assert.Equal((NodeStatus.Fail, 1L), (r.Status, r.Failures!.Value)));
            Assert.Equal(["audit.kept base table n INTEGER", "audit.seen view n INTEGER"], _project.Relations());
        }
        Assert.Equal("\"memory\".\"audit\".\"kept\"", _project.Run("kept").Results[0].Relation);
    }

    [Fact]
    public void A_test_that_cannot_run_is_an_error_and_leaves_the_old_table()
    {
        _project.Test("t", "select 7 as n", ("store_failures", true));
        _project.Run();
        _project.Clear();
        _project.Test("t", "select nope", ("store_failures", true));
        var result = Assert.Single(_project.Run().Results);
        Assert.Equal(NodeStatus.Error, result.Status);
        Assert.StartsWith("Runtime Error in test t (tests/t.sql)\n  Binder Error", result.Message, StringComparison.Ordinal);
        Assert.Equal(["7"], _project.Rows("from audit.t"));
    }
}
