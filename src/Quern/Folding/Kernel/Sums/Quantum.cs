using System.Numerics;
using System.Runtime.CompilerServices;

namespace Quern.Folding.Kernel.Sums;

/// <summary>Doubles as whole numbers of 128 bits in units of 2^-80, and their order.</summary>
/// <remarks>A double whose absolute value is 0, or at least 2^-27 and below 2^46, is a whole number of units. Others are added up by
/// <see cref="ExactSum"/>. Which way a value takes depends on the value alone, so sums depend neither on order nor on threads.</remarks>
static class Quantum
{
    const int MantissaBits = 52, Bias = 1023, UnitBits = 80;
    const int LeastExponent = Bias - 27, MostExponent = Bias + 45;
    const long Hidden = 1L << MantissaBits;

    /// <summary>A value in units; false when it is no whole number of them, or too large.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryUnits(long bits, out ulong low, out long high)
    {
        var exponent = (int)(bits >> MantissaBits) & 0x7FF;
        if ((uint)(exponent - LeastExponent) > MostExponent - LeastExponent)
        {
            (low, high) = (0, 0);
            return (bits << 1) == 0;
        }
        var mantissa = (ulong)((bits & (Hidden - 1)) | Hidden);
        var shift = exponent - Bias - MantissaBits + UnitBits;
        if (shift < 64) (low, high) = (mantissa << shift, (long)(mantissa >> 1 >> (63 - shift)));
        else (low, high) = (0, (long)(mantissa << (shift - 64)));
        if (bits < 0)
        {
            low = 0 - low;
            high = -high - (low != 0 ? 1 : 0);
        }
        return true;
    }

    /// <summary>A number of units as the nearest double, of two the even one.</summary>
    public static double ToDouble(ulong low, long high)
    {
        var isNegative = high < 0;
        if (isNegative)
        {
            low = 0 - low;
            high = ~high + (low == 0 ? 1 : 0);
        }
        double value;
        if (high == 0)
        {
            value = low;
        }
        else
        {
            // The first 64 bits, and whether there is any behind them.
            var zeros = BitOperations.LeadingZeroCount((ulong)high);
            var top = zeros == 0 ? (ulong)high : ((ulong)high << zeros) | (low >> (64 - zeros));
            var rest = zeros == 0 ? low : low << zeros;
            value = (double)(top | (rest != 0 ? 1UL : 0)) * BitConverter.Int64BitsToDouble((long)(Bias + 64 - zeros) << MantissaBits);
        }
        value = value * Unit;
        return isNegative ? -value : value;
    }

    /// <summary>A double's bits as a number in the order of doubles, NaN the greatest, as the engine has it; zeros are one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Order(long bits)
    {
        if ((bits << 1) == 0) return 0;
        // All that is no number is one value.
        if ((bits & long.MaxValue) > 0x7FF0000000000000) return 0x7FF8000000000000;
        return bits ^ ((bits >> 63) & long.MaxValue);
    }

    /// <summary>The bits of the double with a place in the order.</summary>
    public static long Bits(long order) => order ^ ((order >> 63) & long.MaxValue);

    static readonly double Unit = Math.ScaleB(1.0, -UnitBits);
}
