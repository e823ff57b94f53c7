using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Quern.Csv.Values;

/// <summary>Reads digits with a point among them, or none: a number without a sign as most files have it.</summary>
/// <remarks>The last 16 bytes are looked at together: the point is taken out, what is in front of it moves up, and neighbours are
/// joined, digits to pairs, pairs to fours, fours to eights. Up to four bytes in front of them follow one by one. Without vectors all
/// digits are read by <see cref="Digits.Read"/>, with the same answer.</remarks>
static unsafe class FixedPoint
{
    const int Width = 16;
    const int MostDigits = 19;
    const ulong TenTo15 = 1_000_000_000_000_000;

    /// <summary>Reads a number.</summary>
    /// <param name="cell">Its first byte; 16 bytes before it may be read.</param>
    /// <param name="length">Its bytes, all of them.</param>
    /// <param name="digits">All digits, as a whole number.</param>
    /// <param name="fraction">How many of them stand behind the point.</param>
    /// <returns>False for anything else, for no digit, and for more than 19.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryRead(byte* cell, int length, out ulong digits, out int fraction) =>
        Ssse3.IsSupported && Sse41.IsSupported
            ? TryWide(cell, length, out digits, out fraction)
            : TryNarrow(cell, length, out digits, out fraction);

    /// <summary>The same without vectors.</summary>
    public static bool TryNarrow(byte* cell, int length, out ulong digits, out int fraction)
    {
        (digits, fraction) = (0, 0);
        var end = cell + length;
        var at = Digits.Read(cell, end, ref digits);
        var count = (int)(at - cell);
        if (at < end && *at == '.')
        {
            var point = ++at;
            at = Digits.Read(at, end, ref digits);
            fraction = (int)(at - point);
            count += fraction;
        }
        return at == end && count is > 0 and <= MostDigits;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static bool TryWide(byte* cell, int length, out ulong digits, out int fraction)
    {
        var places = Vector128.Create((sbyte)0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
        // Zero in front of the number's first byte.
        var values = (Vector128.Load(cell + length - Width) - Vector128.Create((byte)'0'))
            & Vector128.GreaterThan(places, Vector128.Create((sbyte)(Width - 1 - length))).AsByte();
        var points = Vector128.Equals(values, Vector128.Create(unchecked((byte)('.' - '0')))).ExtractMostSignificantBits();
        var point = points == 0 ? -1 : BitOperations.TrailingZeroCount(points);
        // A second point is left where it is, and is no digit.
        values = Vector128.ConditionalSelect(
            Vector128.GreaterThan(places, Vector128.Create((sbyte)point)).AsByte(), values, Sse2.ShiftLeftLogical128BitLane(values, 1));
        fraction = points == 0 ? 0 : Width - 1 - point;
        var fours = Sse2.MultiplyAddAdjacent(
            Ssse3.MultiplyAddAdjacent(values, Vector128.Create((ushort)0x010A).AsSByte()), Vector128.Create(0x00010064).AsInt16());
        var eights = Sse2.MultiplyAddAdjacent(
            Sse41.PackUnsignedSaturate(fours, fours).AsInt16(), Vector128.Create(0x00012710).AsInt16()).AsUInt64().ToScalar();
        digits = ((uint)eights * 100_000_000UL) + (eights >> 32);
        if (Vector128.GreaterThanAny(values, Vector128.Create((byte)9))) return false;
        if (length > Width) return TryFront(cell, length, ref digits, ref fraction, points != 0);
        return length > (points == 0 ? 0 : 1);
    }

    /// <summary>Up to four bytes in front of the last 16.</summary>
    static bool TryFront(byte* cell, int length, ref ulong digits, ref int fraction, bool hasPoint)
    {
        var count = length - Width;
        if (count > 4) return false;
        var (front, power) = (0UL, hasPoint ? TenTo15 : TenTo15 * 10);
        for (var i = 0; i < count; i++)
        {
            var digit = (uint)(cell[i] - '0');
            if (digit <= 9)
            {
                front = (front * 10) + digit;
                continue;
            }
            if (cell[i] != '.' || hasPoint) return false;
            hasPoint = true;
            fraction = length - 1 - i;
        }
        if (length - (hasPoint ? 1 : 0) > MostDigits) return false;
        digits += front * power;
        return true;
    }
}
