using System.Globalization;
using System.Numerics;
using Quern.Chunks;

namespace Quern.Delivery.Sqlite.Values;

/// <summary>A float, exactly.</summary>
readonly struct FloatReal : IRealForm<float>
{
    public double Of(float value) => value;
}

/// <summary>A double as it is.</summary>
readonly struct DoubleReal : IRealForm<double>
{
    public double Of(double value) => value;
}

/// <summary>A whole number as the nearest double.</summary>
readonly struct WholeReal<T> : IRealForm<T> where T : unmanaged, IBinaryInteger<T>
{
    public double Of(T value) => double.CreateTruncating(value);
}

/// <summary>A decimal as the nearest double.</summary>
readonly struct DecimalReal<T>(int precision, int scale) : IRealForm<T> where T : unmanaged, IBinaryInteger<T>
{
    /// <summary>Whole numbers and powers of ten up to here are doubles: their quotient is rounded once (IEEE 754, 53 bits).</summary>
    const long MostExact = 1L << 53;
    const int MostExactPower = 22;

    readonly double _power = Math.Pow(10, scale);

    public double Of(T value)
    {
        var unscaled = Int128.CreateTruncating(value);
        if (scale <= MostExactPower && unscaled >= -MostExact && unscaled <= MostExact) return (double)(long)unscaled / _power;
        Span<byte> text = stackalloc byte[NumberText.MaxBytes];
        return double.Parse(text[..NumberText.Write(text, unscaled, precision, scale)], CultureInfo.InvariantCulture);
    }
}
