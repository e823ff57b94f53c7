using Quern.Chunks;
using Quern.Folding.Declared;

namespace Quern.Folding.Kernel.Lanes;

/// <summary>What the numbers of a moment count.</summary>
/// <param name="PerSecond">How many make a second; 0 for days.</param>
/// <param name="IsInstant">A point on the time line, which a zone makes a local time; a day is none.</param>
readonly record struct MomentUnit(long PerSecond, bool IsInstant)
{
    /// <summary>Of a type.</summary>
    public static MomentUnit Of(LogicalType type, EpochUnit? epoch) => (type.Kind, epoch) switch
    {
        (_, EpochUnit.Seconds) => new(1, true),
        (_, EpochUnit.Milliseconds) => new(1_000, true),
        (_, EpochUnit.Microseconds) => new(1_000_000, true),
        (TypeKind.Date, _) => new(0, false),
        (TypeKind.TimestampTz, _) => new(1_000_000, true),
        (TypeKind.TimestampSeconds, _) => new(1, true),
        (TypeKind.TimestampMillis, _) => new(1_000, true),
        (TypeKind.TimestampNanos, _) => new(1_000_000_000, true),
        _ => new(1_000_000, true),
    };
}
