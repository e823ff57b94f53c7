using Quern.Chunks;

namespace Quern.Csv.Values;

/// <summary>Reads TIMESTAMP of any unit, TIMESTAMP WITH TIME ZONE, TIME and DATE as a pattern says.</summary>
/// <remarks>A DATE whose pattern has a time is of midnight, or a bad value.</remarks>
/// <typeparam name="T">An int for DATE, else a long.</typeparam>
/// <param name="format">The pattern.</param>
/// <param name="kind">The type.</param>
unsafe readonly struct FormatCell<T>(TimeFormat format, TypeKind kind) : ICell<T> where T : unmanaged
{
    /// <inheritdoc/>
    public bool TryQuick(byte* cell, int length, out T value) => TryRead(new(cell, length), out value);

    /// <inheritdoc/>
    public bool TryAny(ReadOnlySpan<byte> text, out T value) => TryRead(text, out value);

    bool TryRead(ReadOnlySpan<byte> text, out T value)
    {
        value = default;
        if (!format.TryRead(text, out var seconds, out var nanos)) return false;
        if (typeof(T) == typeof(int))
        {
            var (days, rest) = Math.DivRem(seconds, Moments.SecondsPerDay);
            value = (T)(object)(int)days;
            return rest == 0 && nanos == 0;
        }
        if (kind == TypeKind.Time)
        {
            seconds %= Moments.SecondsPerDay;
            if (seconds < 0) seconds += Moments.SecondsPerDay;
        }
        var isValue = TimeUnits.TryConvert((seconds * (Int128)Moments.NanosPerSecond) + nanos, TimeUnits.NanosOf(kind), out var units);
        value = (T)(object)units;
        return isValue;
    }
}
