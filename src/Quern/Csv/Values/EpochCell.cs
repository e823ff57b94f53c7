using System.Runtime.CompilerServices;
using Quern.Chunks;

namespace Quern.Csv.Values;

/// <summary>Reads moments that are written as a number of seconds, milliseconds, microseconds or nanoseconds since 1970-01-01 in
/// UTC, with a fraction or not.</summary>
/// <param name="unit">Nanoseconds of the unit that is written.</param>
/// <param name="kind">The type.</param>
unsafe readonly struct EpochCell(long unit, TypeKind kind) : ICell<long>
{
    const int SafeDigits = 18;

    // With nine digits behind the point and a unit of seconds still within 128 bits.
    const int MostDigits = 28;
    const int FractionDigits = 9;

    readonly long _target = TimeUnits.NanosOf(kind);
    readonly long _factor = Math.Max(unit / TimeUnits.NanosOf(kind), 1);
    readonly bool _isExact = unit >= TimeUnits.NanosOf(kind);

    /// <summary>Nanoseconds of a unit by its name, such as <c>epoch_ms</c>; null for other texts.</summary>
    public static long? Unit(string format) => format switch
    {
        "epoch_s" => 1_000_000_000,
        "epoch_ms" => 1_000_000,
        "epoch_us" => 1_000,
        "epoch_ns" => 1,
        _ => null,
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryQuick(byte* cell, int length, out long value)
    {
        var isNegative = length > 0 && *cell == '-';
        var start = isNegative ? cell + 1 : cell;
        var end = cell + length;
        var number = 0UL;
        var at = Digits.Read(start, end, ref number);
        var isWhole = at == end && at != start && at - start <= SafeDigits && _isExact;
        var high = Math.BigMul(number, (ulong)_factor, out var low);
        value = isNegative ? -(long)low : (long)low;
        return isWhole && high == 0 && low < long.MaxValue;
    }

    /// <inheritdoc/>
    public bool TryAny(ReadOnlySpan<byte> text, out long value)
    {
        value = 0;
        return Decimals.TryRead(text, MostDigits, FractionDigits, out var billionths)
            && TimeUnits.TryConvert(billionths * unit / 1_000_000_000, _target, out value);
    }
}
