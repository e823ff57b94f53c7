using System.Globalization;
using System.Numerics;

namespace Quern.Tests.Folding;

/// <summary>Sums of doubles by arithmetic of whole numbers of any length, rounded by the runtime's parser.</summary>
static class ExactNumber
{
    const int Units = 1074;

    static readonly BigInteger Scale = BigInteger.Pow(5, Units);

    public static double Sum(IEnumerable<double> values)
    {
        var sum = BigInteger.Zero;
        var (isNaN, isUp, isDown) = (false, false, false);
        foreach (var value in values)
        {
            isNaN |= double.IsNaN(value);
            isUp |= double.IsPositiveInfinity(value);
            isDown |= double.IsNegativeInfinity(value);
            if (double.IsFinite(value)) sum += Of(value);
        }
        if (isNaN || (isUp && isDown)) return double.NaN;
        if (isUp || isDown) return isUp ? double.PositiveInfinity : double.NegativeInfinity;
        return double.Parse(FormattableString.Invariant($"{sum * Scale}e-{Units}"), CultureInfo.InvariantCulture);
    }

    static BigInteger Of(double value)
    {
        var bits = BitConverter.DoubleToInt64Bits(value);
        var exponent = (int)(bits >> 52) & 0x7FF;
        BigInteger mantissa = (bits & ((1L << 52) - 1)) | (exponent > 0 ? 1L << 52 : 0);
        var number = mantissa << Math.Max(exponent - 1, 0);
        return bits < 0 ? -number : number;
    }
}
