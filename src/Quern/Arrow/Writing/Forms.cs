using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using Quern.Chunks;

namespace Quern.Arrow.Writing;

/// <summary>A narrow decimal: Arrow's readers know those of 128 bits best.</summary>
readonly struct WideDecimal<T> : IForm<T, Int128> where T : unmanaged, IBinaryInteger<T>
{
    public static string Wanted => "a decimal";

    public static bool TryConvert(T value, out Int128 form)
    {
        form = Int128.CreateTruncating(value);
        return true;
    }
}

/// <summary>A whole number of 128 bits as a decimal, which has 38 digits.</summary>
readonly struct WholeDecimal<T> : IForm<T, Int128> where T : unmanaged, IBinaryInteger<T>
{
    static readonly Int128 Limit = Int128.Parse("1" + new string('0', 38), System.Globalization.CultureInfo.InvariantCulture);

    public static string Wanted => "at most 38 digits: Arrow has no whole numbers of 128 bits, they become decimal(38, 0)";

    public static bool TryConvert(T value, out Int128 form)
    {
        form = Int128.CreateSaturating(value);
        return form < Limit && form > -Limit;
    }
}

/// <summary>An interval with nanoseconds.</summary>
readonly struct NanoInterval : IForm<Interval, NanoInterval.Stored>
{
    const long NanosPerMicro = 1000;

    public static string Wanted => "less than 292 years of micros: Arrow counts them in nanoseconds";

    public static bool TryConvert(Interval value, out Stored form)
    {
        form = new Stored(value.Months, value.Days, unchecked(value.Micros * NanosPerMicro));
        return value.Micros is >= long.MinValue / NanosPerMicro and <= long.MaxValue / NanosPerMicro;
    }

    /// <summary>As stored.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public readonly record struct Stored(int Months, int Days, long Nanos);
}

/// <summary>A UUID in the order of its text.</summary>
readonly struct UuidBytes : IForm<Uuid, UInt128>
{
    public static string Wanted => "a UUID";

    public static bool TryConvert(Uuid value, out UInt128 form)
    {
        form = BinaryPrimitives.ReverseEndianness((UInt128)value.Bits ^ (UInt128.One << 127));
        return true;
    }
}
