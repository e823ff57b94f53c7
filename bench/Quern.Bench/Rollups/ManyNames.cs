using Quern.Chunks;
using Quern.Folding.Declared;

namespace Quern.Bench.Rollups;

/// <summary>A fold whose one grain has as many groups as there are names.</summary>
static class ManyNames
{
    const MeasureKeep All = MeasureKeep.Sum | MeasureKeep.Count | MeasureKeep.Min | MeasureKeep.Max;

    /// <summary>The fold.</summary>
    public static Fold Fold { get; } = new()
    {
        Name = "names",
        Source = new FoldSource("names", [],
        [
            new("name", LogicalType.Of(TypeKind.Varchar)), new("amount", LogicalType.Of(TypeKind.Double)),
            new("weight", LogicalType.Of(TypeKind.Double)), new("pieces", LogicalType.Of(TypeKind.BigInt)),
        ]),
        Measures = [new("amount", All), new("weight", All), new("pieces", All)],
        Grains = [new Grain("by_name", ["name"])],
    };
}
