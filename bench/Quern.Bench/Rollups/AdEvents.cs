using Quern.Chunks;
using Quern.Folding.Declared;
using Quern.Folding.Expressions;

namespace Quern.Bench.Rollups;

/// <summary>The fold of ad events with its eleven grains.</summary>
static class AdEvents
{
    const MeasureKeep All = MeasureKeep.Sum | MeasureKeep.Count | MeasureKeep.Min | MeasureKeep.Max;

    static readonly string[] Grains =
    [
        "day", "hour", "minute", "week", "country", "advertiser_id", "publisher_id", "day country", "day advertiser_id", "hour country",
        "day publisher_id country",
    ];

    /// <summary>The fold.</summary>
    public static Fold Fold { get; } = new()
    {
        Name = "events",
        Source = new FoldSource("events", [],
        [
            new("ts", LogicalType.Of(TypeKind.BigInt), EpochUnit.Milliseconds), new("type", LogicalType.Of(TypeKind.Varchar)),
            new("auction_id", LogicalType.Of(TypeKind.Uuid)), new("advertiser_id", LogicalType.Of(TypeKind.Integer)),
            new("publisher_id", LogicalType.Of(TypeKind.Integer)), new("bid_price", LogicalType.Of(TypeKind.Double)),
            new("user_id", LogicalType.Of(TypeKind.BigInt)), new("total_price", LogicalType.Of(TypeKind.Double)),
            new("country", LogicalType.Of(TypeKind.Varchar)),
        ]),
        Derived =
        [
            Bucket("day", TimeBucket.Day), Bucket("hour", TimeBucket.Hour), Bucket("minute", TimeBucket.Minute), Bucket("week", TimeBucket.Week),
        ],
        Measures = [new("bid_price", All), new("total_price", All)],
        Grains = [.. Grains.Select(keys => new Grain(keys.Replace(' ', '_') + "_type", [.. keys.Split(' '), "type"]))],
    };

    static DerivedColumn Bucket(string name, TimeBucket bucket) => new(name, new BucketTerm(bucket, new ColumnTerm("ts")));
}
