using Quern.Chunks;
using Quern.Folding.Declared;
using Quern.Folding.Expressions;
using Quern.Folding.Planning;

namespace Quern.Tests.Folding.Planning;

public sealed class FoldPlannerTests
{
    static Fold Events(params string[] grains) => new()
    {
        Name = "events",
        Source = new FoldSource("events", [],
        [
            new("ts", LogicalType.Of(TypeKind.BigInt), EpochUnit.Milliseconds), new("type", LogicalType.Of(TypeKind.Varchar)),
            new("country", LogicalType.Of(TypeKind.Varchar)), new("advertiser", LogicalType.Of(TypeKind.Integer)),
            new("publisher", LogicalType.Of(TypeKind.Integer)), new("price", LogicalType.Of(TypeKind.Double)), new("big", LogicalType.Of(TypeKind.HugeInt)),
        ]),
        Derived = [.. Enum.GetValues<TimeBucket>().Select(b => new DerivedColumn(b.ToString().ToLowerInvariant(), new BucketTerm(b, new ColumnTerm("ts"))))],
        Measures = [new("price", MeasureKeep.Sum)],
        Grains = [.. grains.Select(g => new Grain(g, g.Split(' ')))],
    };

    [Fact]
    public void Eleven_grains_come_from_four()
    {
        var plan = FoldPlanner.Plan(Events(
            "day type", "hour type", "minute type", "week type", "country type", "advertiser type", "publisher type", "day country type",
            "day advertiser type", "hour country type", "day publisher country type"));
        Assert.Equal(
            """
            the kernel folds, in one pass: 11 grains, 4 of them from the rows
            records 1 hold minute, type, country, advertiser, publisher, parted by day
            day type (day, type): folded out of hour type, partition by partition
            hour type (hour, type): folded out of hour country type, partition by partition
            minute type (minute, type): from records 1, partition by partition
            week type (week, type): folded out of day type, over all partitions
            country type (country, type): folded out of day country type, over all partitions
            advertiser type (advertiser, type): folded out of day advertiser type, over all partitions
            publisher type (publisher, type): folded out of day publisher country type, over all partitions
            day country type (day, country, type): folded out of hour country type, partition by partition
            day advertiser type (day, advertiser, type): from records 1, partition by partition
            hour country type (hour, country, type): from records 1, partition by partition
            day publisher country type (day, publisher, country, type): from records 1, partition by partition
            """,
            string.Join('\n', plan.Lines()));
    }

    [Fact]
    public void Weeks_are_not_folded_into_months()
    {
        var plan = FoldPlanner.Plan(Events("week", "month", "quarter", "year"));
        Assert.Equal([null, null, 1, 2], plan.Grains.Select(g => g.Parent));
        Assert.Equal(TimeBucket.Day, plan.Fields.Single().Bucket);
    }

    [Fact]
    public void The_second_of_two_equal_grains_is_folded_out_of_the_first()
    {
        var plan = FoldPlanner.Plan(Events("type country", "country type"));
        Assert.Equal([null, 0], plan.Grains.Select(g => g.Parent));
    }

    [Fact]
    public void What_the_kernel_does_not_cover_says_why()
    {
        var plan = FoldPlanner.Plan(Events("big", "day"));
        Assert.Equal("columns of HUGEINT are the engine's", plan.EngineReason);
        Assert.Equal("the engine folds: columns of HUGEINT are the engine's", plan.Lines().First());
    }

    [Fact]
    public void Buckets_and_their_first_parts_agree()
    {
        foreach (var fine in Enum.GetValues<TimeBucket>())
        {
            foreach (var coarse in Enum.GetValues<TimeBucket>().Where(c => Buckets.Nests(fine, c)))
            {
                for (var value = -3_000L; value < 3_000; value += 7)
                {
                    var first = Buckets.First(coarse, fine, value);
                    Assert.Equal(value, Buckets.Coarsen(fine, coarse, first));
                    if (fine != coarse) Assert.Equal(value - 1, Buckets.Coarsen(fine, coarse, first - 1));
                }
            }
        }
    }
}
