using Quern.Chunks;

namespace Quern.Csv.Values;

/// <summary>In which unit types count time.</summary>
static class TimeUnits
{
    /// <summary>Nanoseconds of the unit of a type.</summary>
    public static long NanosOf(TypeKind kind) => kind switch
    {
        TypeKind.TimestampSeconds => 1_000_000_000,
        TypeKind.TimestampMillis => 1_000_000,
        TypeKind.TimestampNanos => 1,
        _ => 1_000,
    };

    /// <summary>Nanoseconds in a larger unit, rounded half away from zero where seconds or milliseconds are asked for, and cut off
    /// towards the past for microseconds, as DuckDB does; false when they do not fit.</summary>
    public static bool TryConvert(Int128 nanos, long unit, out long value)
    {
        var half = unit > 1000 ? unit / 2 : 0;
        var (units, rest) = Int128.DivRem(nanos, unit);
        if (half > 0 && rest >= half) units++;
        if (half > 0 ? rest <= -half : rest < 0) units--;
        value = (long)units;
        // The largest value and its negative stand for infinity.
        return units < long.MaxValue && units > -(Int128)long.MaxValue;
    }
}
