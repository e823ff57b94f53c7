using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using Quern.Arrow.Writing;
using Quern.Chunks;

namespace Quern.Arrow.Reading;

/// <summary>Floats of 16 bits.</summary>
readonly struct WideFloat : IReading<Half, float>
{
    public static string Wanted => "a float";

    public static bool TryRead(Half value, Int128 factor, out float result)
    {
        result = (float)value;
        return true;
    }
}

/// <summary>Times and timestamps in a coarser unit than the vector's; the factor is what a unit has of the vector's.</summary>
readonly struct Finer<T> : IReading<T, long> where T : unmanaged, IBinaryInteger<T>
{
    public static string Wanted => "a time that 64 bits of microseconds can hold: less than 292,000 years from 1970";

    public static bool TryRead(T value, Int128 factor, out long result)
    {
        var wide = long.CreateTruncating(value) * factor;
        result = unchecked((long)wide);
        return result == wide;
    }
}

/// <summary>Dates in milliseconds; the factor is not used.</summary>
readonly struct MillisDate : IReading<long, int>
{
    const long MillisPerDay = 86_400_000;

    public static string Wanted => "whole days in milliseconds, which 32 bits of days can hold";

    public static bool TryRead(long value, Int128 factor, out int result)
    {
        var (days, rest) = Math.DivRem(value, MillisPerDay);
        result = unchecked((int)days);
        return rest == 0 && result == days;
    }
}

/// <summary>Decimals; the factor is 10 to the power of the precision, which values stay below.</summary>
readonly struct NarrowDecimal<TFrom, TTo> : IReading<TFrom, TTo>
    where TFrom : unmanaged, IBinaryInteger<TFrom>
    where TTo : unmanaged, IBinaryInteger<TTo>
{
    public static string Wanted => "no more digits than the precision of the column";

    public static bool TryRead(TFrom value, Int128 factor, out TTo result)
    {
        var wide = Int128.CreateTruncating(value);
        result = TTo.CreateTruncating(wide);
        return wide < factor && wide > -factor;
    }
}

/// <summary>Decimals of 256 bits with at most 38 digits.</summary>
readonly struct WidestDecimal<TTo> : IReading<WidestDecimal<TTo>.Stored, TTo> where TTo : unmanaged, IBinaryInteger<TTo>
{
    public static string Wanted => NarrowDecimal<Int128, TTo>.Wanted;

    public static bool TryRead(Stored value, Int128 factor, out TTo result) =>
        NarrowDecimal<Int128, TTo>.TryRead(value.Low, factor, out result) && value.High == (value.Low < 0 ? -1 : 0);

    /// <summary>As stored.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public readonly record struct Stored(Int128 Low, Int128 High);
}

/// <summary>Spans of time in one unit; the factor is what a microsecond has of it, or minus what it has of
/// microseconds.</summary>
readonly struct Span : IReading<long, Interval>
{
    public static string Wanted => "whole microseconds, which 64 bits can hold";

    public static bool TryRead(long value, Int128 factor, out Interval result)
    {
        var micros = factor < 0 ? value * -factor : value / factor;
        result = new Interval(0, 0, unchecked((long)micros));
        return result.Micros == micros && (factor < 0 || micros * factor == value);
    }
}

/// <summary>Intervals of months; the factor is not used.</summary>
readonly struct Months : IReading<int, Interval>
{
    public static string Wanted => "months";

    public static bool TryRead(int value, Int128 factor, out Interval result)
    {
        result = new Interval(value, 0, 0);
        return true;
    }
}

/// <summary>Intervals of days and milliseconds; the factor is not used.</summary>
readonly struct DaysMillis : IReading<DaysMillis.Stored, Interval>
{
    public static string Wanted => "days and milliseconds";

    public static bool TryRead(Stored value, Int128 factor, out Interval result)
    {
        result = new Interval(0, value.Days, value.Millis * 1000L);
        return true;
    }

    /// <summary>As stored.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public readonly record struct Stored(int Days, int Millis);
}

/// <summary>Intervals of months, days and nanoseconds; the factor is not used.</summary>
readonly struct MonthsDaysNanos : IReading<NanoInterval.Stored, Interval>
{
    public static string Wanted => "whole microseconds";

    public static bool TryRead(NanoInterval.Stored value, Int128 factor, out Interval result)
    {
        var (micros, rest) = Math.DivRem(value.Nanos, 1000);
        result = new Interval(value.Months, value.Days, micros);
        return rest == 0;
    }
}

/// <summary>UUIDs in the order of their text; the factor is not used.</summary>
readonly struct UuidReading : IReading<UInt128, Uuid>
{
    public static string Wanted => "a UUID";

    public static bool TryRead(UInt128 value, Int128 factor, out Uuid result)
    {
        result = new Uuid((Int128)(BinaryPrimitives.ReverseEndianness(value) ^ (UInt128.One << 127)));
        return true;
    }
}
