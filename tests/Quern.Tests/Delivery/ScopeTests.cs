using Quern.Delivery;

namespace Quern.Tests.Delivery;

public class ScopeTests
{
    static readonly DateOnly First = new(2025, 12, 30);

    [Fact]
    public void Holds_nothing_without_a_day() => Assert.Equal("false", Of());

    [Fact]
    public void Names_a_day() => Assert.Equal("\"k\" = 'it''s' and (\"day\" = DATE '2025-12-30')", Of(0));

    [Fact]
    public void Takes_days_that_follow_each_other_as_one_range() => Assert.Equal(
        "\"k\" = 'it''s' and (\"day\" between DATE '2025-12-30' and DATE '2026-01-01' or \"day\" = DATE '2026-01-03' " +
        "or \"day\" between DATE '2026-01-05' and DATE '2026-01-06')",
        Of(0, 1, 2, 4, 6, 7));

    static string Of(params int[] days) => new Scope("k", "it's", "day", [.. days.Select(First.AddDays)]).Condition;
}
