using System.Runtime.CompilerServices;

namespace Quern.Csv.Values;

/// <summary>Reads TIMESTAMP_S and TIMESTAMP_MS: what stands behind the unit rounds half away from 1970.</summary>
/// <param name="micros">Microseconds of a unit.</param>
unsafe readonly struct CoarseMomentCell(long micros) : ICell<long>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryQuick(byte* cell, int length, out long value)
    {
        var isMoment = default(MomentCell).TryQuick(cell, length, out value);
        value = Round(value);
        return isMoment;
    }

    /// <inheritdoc/>
    public bool TryAny(ReadOnlySpan<byte> text, out long value)
    {
        var isMoment = default(MomentCell).TryAny(text, out value);
        // The largest value and its negative are infinite.
        if (value is not (long.MaxValue or -long.MaxValue)) value = Round(value);
        return isMoment;
    }

    long Round(long value)
    {
        var (units, rest) = Math.DivRem(value, micros);
        return rest >= micros / 2 ? units + 1 : rest <= -micros / 2 ? units - 1 : units;
    }
}
