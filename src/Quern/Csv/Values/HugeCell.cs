using System.Runtime.CompilerServices;
using Quern.Duck;

namespace Quern.Csv.Values;

/// <summary>Reads HUGEINT and, as its bits, UHUGEINT.</summary>
/// <param name="isSigned">HUGEINT.</param>
unsafe readonly struct HugeCell(bool isSigned) : ICell<Int128>
{
    const int HalfDigits = 18;
    const ulong Half = 1_000_000_000_000_000_000;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryQuick(byte* cell, int length, out Int128 value)
    {
        var isNegative = length > 0 && *cell == '-';
        var start = isNegative ? cell + 1 : cell;
        var end = cell + length;
        var low = 0UL;
        var at = Digits.Read(start, end, ref low);
        var count = (int)(at - start);
        value = low;
        if (at != end || count is 0 or > 2 * HalfDigits || (isNegative && !isSigned)) return false;
        if (count > HalfDigits)
        {
            var high = 0UL;
            low = 0;
            Digits.Read(start, end - HalfDigits, ref high);
            Digits.Read(end - HalfDigits, end, ref low);
            value = (Int128)(((UInt128)high * Half) + low);
        }
        if (isNegative) value = -value;
        return true;
    }

    /// <inheritdoc/>
    public bool TryAny(ReadOnlySpan<byte> text, out Int128 value) => TextCast.TryHuge(text, isSigned, out value);
}
