using System.Buffers;
using System.Buffers.Text;
using System.Numerics;
using System.Runtime.CompilerServices;
using Quern.Duck;

namespace Quern.Csv.Values;

/// <summary>Reads DOUBLE, always rounded to the nearest, ties to even.</summary>
/// <remarks>Up to 19 digits are taken as a whole number and a power of ten. Where both are exact as doubles, one
/// multiplication or division rounds once (Clinger, "How to Read Floating Point Numbers Accurately", 1990); else the product
/// with a power of five of 128 bits says how to round, or that it cannot (Lemire 2021, see <see cref="PowersOfFive"/>), and
/// the slow way is taken.</remarks>
unsafe readonly struct DoubleCell : ICell<double>
{
    const ulong MostExact = 1UL << 53;

    static readonly SearchValues<byte> Plain = SearchValues.Create("0123456789.-eE+"u8);

    static readonly double[] PowersOfTen =
    [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ];

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryQuick(byte* cell, int length, out double value)
    {
        value = 0;
        if (length == 0) return false;
        var isNegative = *cell == '-';
        var sign = isNegative ? 1 : 0;
        if (!FixedPoint.TryRead(cell + sign, length - sign, out var digits, out var fraction)) return TryExponent(cell, length, out value);
        // At most 19 digits stand behind the point.
        if (digits <= MostExact) value = digits / PowersOfTen[fraction];
        else if (!TryProduct(digits, -fraction, out value)) return false;
        if (isNegative) value = -value;
        return true;
    }

    /// <summary>A number with an exponent.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    static bool TryExponent(byte* cell, int length, out double value)
    {
        value = 0;
        var at = cell + length - 1;
        while (at > cell && (*at | 0x20) != 'e') at--;
        var (sign, exponent) = (*cell == '-' ? 1 : 0, 0);
        if (at == cell || !Exponent(at, cell + length, ref exponent)) return false;
        if (!FixedPoint.TryRead(cell + sign, (int)(at - cell) - sign, out var digits, out var fraction)) return false;
        exponent -= fraction;
        if (digits <= MostExact && exponent is >= -22 and <= 22)
            value = exponent < 0 ? digits / PowersOfTen[-exponent] : digits * PowersOfTen[exponent];
        else if (!TryProduct(digits, exponent, out value))
            return false;
        if (sign > 0) value = -value;
        return true;
    }

    /// <inheritdoc/>
    public bool TryAny(ReadOnlySpan<byte> text, out double value)
    {
        if (IsPlain(text) && Utf8Parser.TryParse(text, out value, out var used) && used == text.Length && double.IsFinite(value)) return true;
        return TextCast.TryDouble(text, out value);
    }

    /// <summary>Digits, point and exponent, which are the same everywhere; signs, blanks and words are DuckDB's affair.</summary>
    public static bool IsPlain(ReadOnlySpan<byte> text) => text.IndexOfAnyExcept(Plain) < 0 && text[0] != '+';

    static bool Exponent(byte* at, byte* end, ref int exponent)
    {
        if ((*at | 0x20) != 'e') return false;
        at++;
        var isNegative = at < end && *at == '-';
        if (at < end && *at is (byte)'-' or (byte)'+') at++;
        var digits = 0UL;
        var start = at;
        at = Digits.Read(at, end, ref digits);
        if (at != end || at == start || at - start > 4) return false;
        exponent += isNegative ? -(int)digits : (int)digits;
        return true;
    }

    /// <summary>digits * 10^exponent; false when the bits at hand do not say how to round.</summary>
    static bool TryProduct(ulong digits, int exponent, out double value)
    {
        value = 0;
        if (digits == 0) return true;
        if (exponent is < PowersOfFive.Least or > PowersOfFive.Most) return false;
        var leading = BitOperations.LeadingZeroCount(digits);
        digits <<= leading;
        var power = 2 * (exponent - PowersOfFive.Least);
        var high = Math.BigMul(digits, PowersOfFive.Halves[power], out var low);
        // 55 bits are looked at: 53, one to round and one that a carry from below may not change.
        if ((high & 0x1FF) == 0x1FF)
        {
            var below = Math.BigMul(digits, PowersOfFive.Halves[power + 1], out _);
            low += below;
            if (low < below) high++;
        }
        if (low == ulong.MaxValue && exponent is < -27 or > 55) return false;
        var upper = (int)(high >> 63);
        var bits = high >> (upper + 9);
        var binary = ((217706 * exponent) >> 16) + 63 + upper - leading + 1023;
        // Subnormal numbers and overflow take the slow way.
        if (binary is <= 0 or >= 0x7FE) return false;
        if (low <= 1 && exponent is >= -4 and <= 23 && (bits & 3) == 1 && bits << (upper + 9) == high) bits &= ~1UL;
        bits = (bits + (bits & 1)) >> 1;
        if (bits >= MostExact)
        {
            bits = MostExact >> 1;
            binary++;
        }
        value = BitConverter.UInt64BitsToDouble((bits & ((1UL << 52) - 1)) | ((ulong)binary << 52));
        return true;
    }
}
