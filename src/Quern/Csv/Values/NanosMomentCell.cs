using System.Runtime.CompilerServices;
using Quern.Duck;

namespace Quern.Csv.Values;

/// <summary>Reads TIMESTAMP_NS, whose texts may have an offset from UTC.</summary>
unsafe readonly struct NanosMomentCell : ICell<long>
{
    // Nanoseconds of so many seconds around 1970 fit 64 bits.
    const long MostSeconds = 9_223_372_035;

    const int MostOnStack = 256;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryQuick(byte* cell, int length, out long value)
    {
        value = 0;
        if (length < Moments.PlainBytes || !Moments.TrySeconds(cell, out var seconds)) return false;
        var end = cell + length;
        var at = Moments.Nanos(cell + Moments.PlainBytes, end, out var nanos);
        value = (seconds * Moments.NanosPerSecond) + nanos;
        if (at == null || seconds is < -MostSeconds or > MostSeconds) return false;
        return at == end || (*at == 'Z' && end - at == 1);
    }

    /// <inheritdoc/>
    public bool TryAny(ReadOnlySpan<byte> text, out long value)
    {
        var room = text.Length <= MostOnStack ? stackalloc byte[MostOnStack] : new byte[text.Length];
        return TextCast.TryTimestampNanos(Moments.WithoutUtc(text, room), out value);
    }
}
