using Quern.Chunks;

namespace Quern.Folding.Expressions;

/// <summary>Which buckets lie in which: minute, hour, day; then weeks on the one hand, months, quarters, years on the other. It is so in every
/// zone, as buckets are cut in local time.</summary>
static class Nesting
{
    /// <summary>Each bucket of the finer kind lies in one of the coarser.</summary>
    public static bool Holds(TimeBucket coarser, TimeBucket finer) => coarser > finer && finer != TimeBucket.Week;

    /// <summary>What a bucket is as a value: its first moment, or from days on its first day.</summary>
    public static LogicalType TypeOf(TimeBucket bucket) => LogicalType.Of(bucket <= TimeBucket.Hour ? TypeKind.Timestamp : TypeKind.Date);
}
