using System.Numerics;
using System.Runtime.CompilerServices;
using Quern.Chunks;

namespace Quern.Csv.Values;

/// <summary>Reads DECIMAL exactly: digits behind the scale round half away from zero.</summary>
/// <remarks>Takes what DuckDB takes. Beyond that, of a number with an exponent only the value counts: where DuckDB refuses
/// <c>12345e-3</c> as DECIMAL(4,1), because the digits before the exponent do not fit, it is 12.3 here. A sign without a digit is no
/// number, where DuckDB reads 0.</remarks>
/// <param name="type">Of precision and scale.</param>
unsafe readonly struct DecimalCell<T>(LogicalType type) : ICell<T> where T : unmanaged, IBinaryInteger<T>
{
    /// <summary>Numbers of so many digits fit 64 bits.</summary>
    const int SafeDigits = 18;

    readonly int _scale = type.Scale;
    readonly int _precision = type.Precision;
    readonly ulong _limit = type.Precision <= SafeDigits ? (ulong)Decimals.PowerOfTen(type.Precision) : ulong.MaxValue;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryQuick(byte* cell, int length, out T value)
    {
        value = default;
        var isNegative = length > 0 && *cell == '-';
        var sign = isNegative ? 1 : 0;
        if (!FixedPoint.TryRead(cell + sign, length - sign, out var digits, out var fraction)) return false;
        // The point may be one of them.
        var count = length - sign;
        var zeros = _scale - fraction;
        if (count > SafeDigits || zeros < 0) return false;
        if (sizeof(T) < 16)
        {
            if (count + zeros > SafeDigits + 1) return false;
            var unscaled = digits * Decimals.Powers64[zeros];
            if (unscaled >= _limit) return false;
            value = T.CreateTruncating(isNegative ? 0 - unscaled : unscaled);
            return true;
        }
        if (count + zeros > _precision) return false;
        var wide = (Int128)((UInt128)digits * Decimals.PowerOfTen(zeros));
        value = T.CreateTruncating(isNegative ? -wide : wide);
        return true;
    }

    /// <inheritdoc/>
    public bool TryAny(ReadOnlySpan<byte> text, out T value)
    {
        var isValue = Decimals.TryRead(text, _precision, _scale, out var unscaled);
        value = T.CreateTruncating(unscaled);
        return isValue;
    }
}
