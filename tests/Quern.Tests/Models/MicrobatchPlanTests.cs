using Quern.Models.Incremental;
using Quern.Projects.Times;

namespace Quern.Tests.Models;

public sealed class MicrobatchPlanTests : IDisposable
{
    readonly TestProject _project = new();

    public void Dispose() => _project.Dispose();

    [Theory]
    [InlineData("hour", 2, "2026-03-01 10:00 2026-03-01 11:00 2026-03-01 12:00")]
    [InlineData("day", 1, "2026-02-28 00:00 2026-03-01 00:00")]
    [InlineData("day", 0, "2026-03-01 00:00")]
    [InlineData("month", 2, "2026-01-01 00:00 2026-02-01 00:00 2026-03-01 00:00")]
    [InlineData("year", 1, "2025-01-01 00:00 2026-01-01 00:00")]
    public void A_table_that_is_there_gets_the_present_batch_and_those_it_looks_back_on(string size, int lookback, string expected)
    {
        _project.Execute("create table m (k int)");
        Assert.Equal(expected, Starts(size, lookback, "2026-01-01", new DateTime(2026, 3, 1, 12, 30, 0, DateTimeKind.Utc)));
    }

    [Theory]
    [InlineData("day", "2026-02-27", "2026-02-27 00:00 2026-02-28 00:00 2026-03-01 00:00")]
    [InlineData("month", "2026-01-15", "2026-01-01 00:00 2026-02-01 00:00 2026-03-01 00:00")]
    [InlineData("hour", "2026-03-01T11:59:59+01:00", "2026-03-01 10:00 2026-03-01 11:00 2026-03-01 12:00")]
    public void A_table_that_is_not_there_is_made_from_its_begin(string size, string begin, string expected) =>
        Assert.Equal(expected, Starts(size, 1, begin, new DateTime(2026, 3, 1, 12, 30, 0, DateTimeKind.Utc)));

    [Fact]
    public void Batches_follow_each_other_without_gaps()
    {
        foreach (var size in Enum.GetValues<BatchSize>())
        {
            var at = size.Floor(new DateTime(2023, 11, 17, 5, 6, 7, DateTimeKind.Utc));
            for (var i = 0; i < 40; i++, at = size.Move(at, 1))
            {
                Assert.Equal(at, size.Floor(at));
                Assert.Equal(at, size.Ceiling(at));
                Assert.Equal(at, size.Floor(size.Move(at, 1).AddTicks(-1)));
                Assert.Equal(size.Move(at, 1), size.Ceiling(at.AddTicks(1)));
                Assert.Equal(at, size.Move(size.Move(at, 1), -1));
            }
        }
    }

    [Theory]
    [InlineData("3 days", "2026-02-26 12:30", "2026-03-01 12:30")]
    [InlineData("1 Month", "2026-02-01 12:30", "2026-03-01 12:30")]
    [InlineData("{start: 2026-01-01, end: '2026-01-02 06:00'}", "2026-01-01 00:00", "2026-01-02 06:00")]
    public void A_sample_is_a_span(string text, string start, string end)
    {
        var window = EventTimes.ReadSample(text, new DateTime(2026, 3, 1, 12, 30, 0, DateTimeKind.Utc));
        Assert.Equal((start, end), (Shown(window.Start), Shown(window.End)));
    }

    [Theory]
    [InlineData("days")]
    [InlineData("0 days")]
    [InlineData("{start: 2026-01-02, end: 2026-01-01}")]
    [InlineData("{start: soon, end: 2026-01-01}")]
    public void What_is_no_sample_is_an_error(string text) => Assert.Equal(
        "QN7198", Assert.Throws<QuernException>(() => EventTimes.ReadSample(text, new DateTime(2026, 3, 1, 0, 0, 0, DateTimeKind.Utc))).Fault.Code);

    string Starts(string size, long lookback, string begin, DateTime now)
    {
        var node = _project.Model("m", "select 1 as k", "incremental", ("incremental_strategy", "microbatch"), ("event_time", "t"),
            ("batch_size", size), ("lookback", lookback), ("begin", begin));
        var invocation = _project.Load().Invocation with { StartedAt = now };
        using var session = _project.Warehouse.Connect();
        _project.Warehouse.ReadCatalog(session);
        return string.Join(' ', MicrobatchPlan.Of(node, invocation, _project.Warehouse).Select(b => Shown(b.Window.Start)));
    }

    static string Shown(DateTime at) => at.ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture);
}
