using System.Runtime.CompilerServices;
using Quern.Duck;

namespace Quern.Csv.Values;

/// <summary>Reads BIGINT.</summary>
unsafe struct WholeCell : ICell<long>
{
    /// <summary>Numbers of so many digits fit.</summary>
    const int SafeDigits = 18;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryQuick(byte* cell, int length, out long value)
    {
        var isNegative = length > 0 && *cell == '-';
        var start = isNegative ? cell + 1 : cell;
        var end = cell + length;
        var number = 0UL;
        var at = Digits.Read(start, end, ref number);
        value = isNegative ? -(long)number : (long)number;
        return at == end && at != start && at - start <= SafeDigits;
    }

    /// <inheritdoc/>
    public static bool TryAny(ReadOnlySpan<byte> text, out long value) => TextCast.TryBigInt(text, out value);
}
