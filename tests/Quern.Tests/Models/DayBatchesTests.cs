using Quern.Models;
using Quern.Tests.Duck;

namespace Quern.Tests.Models;

public class DayBatchesTests
{
    static readonly DateOnly First = new(2024, 2, 27);

    [Fact]
    public void Each_day_is_in_exactly_one_part_and_no_part_is_empty()
    {
        using var session = TestDuck.Memory();
        for (var days = 1; days <= 9; days++)
        {
            for (var parts = 1; parts <= days; parts++)
            {
                var batches = new DayBatches(First, First.AddDays(days - 1), parts);
                Assert.Equal(parts, batches.Count);
                var conditions = batches.Parts.Select(p => p("day")).ToList();
                Assert.Equal(parts, conditions.Count);
                // The last moment of a day belongs to it as well.
                var sum = string.Join(" + ", conditions.Select(c => $"({c})::int"));
                var any = string.Join(" and ", conditions.Select(c => $"bool_or({c})"));
                Assert.True(session.Scalar<bool>(
                    $"""
                    select bool_and({sum} = 1) and {any}
                    from (
                        select timestamp '2024-02-27' + to_hours(range::int) + (range % 2) * interval 3599 second as day
                        from range({days * 24})
                    )
                    """));
            }
        }
    }

    [Fact]
    public void There_are_never_more_parts_than_days_nor_fewer_than_one()
    {
        Assert.Equal(3, new DayBatches(First, First.AddDays(2), 100).Count);
        Assert.Equal(1, new DayBatches(First, First.AddDays(2), 0).Count);
        Assert.Equal(1, new DayBatches(First, First.AddDays(2), int.MinValue).Count);
    }

    [Fact]
    public void Splits_into_twice_as_many_until_a_part_is_a_day()
    {
        var counts = new List<int>();
        var batches = new DayBatches(First, First.AddDays(10), 1);
        for (var next = batches; next is not null; next = next.Smaller()) counts.Add(next.Count);
        Assert.Equal([1, 2, 4, 8, 11], counts);
    }
}
