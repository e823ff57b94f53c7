using System.Runtime.CompilerServices;
using Quern.Duck;

namespace Quern.Csv.Values;

/// <summary>Reads TIMESTAMP WITH TIME ZONE: a moment with an offset from UTC, or in UTC when it has none. Names of zones other
/// than UTC are not known here.</summary>
unsafe readonly struct InstantCell : ICell<long>
{
    const int MostOnStack = 256;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryQuick(byte* cell, int length, out long value)
    {
        value = 0;
        if (length < Moments.PlainBytes || !Moments.TrySeconds(cell, out var seconds)) return false;
        var end = cell + length;
        var at = Moments.Nanos(cell + Moments.PlainBytes, end, out var nanos);
        if (at == null || !TryOffset(at, end, out var offset)) return false;
        value = ((seconds - offset) * Moments.MicrosPerSecond) + (nanos / 1000);
        return true;
    }

    /// <inheritdoc/>
    public bool TryAny(ReadOnlySpan<byte> text, out long value)
    {
        var room = text.Length <= MostOnStack ? stackalloc byte[MostOnStack] : new byte[text.Length];
        return TextCast.TryTimestampTz(Moments.WithoutUtc(text, room), out value);
    }

    /// <summary>Nothing, Z, <see cref="Moments.Utc"/>, or hours and perhaps minutes: seconds east of UTC.</summary>
    static bool TryOffset(byte* at, byte* end, out int seconds)
    {
        seconds = 0;
        var length = end - at;
        if (length == 0 || (length == 1 && *at == 'Z') || new ReadOnlySpan<byte>(at, (int)length).SequenceEqual(Moments.Utc)) return true;
        if (length is not (3 or 5 or 6) || *at is not ((byte)'+' or (byte)'-') || (length == 6 && at[3] != ':')) return false;
        var hours = Moments.Two(at + 1);
        var minutes = length == 3 ? 0 : Moments.Two(end - 2);
        if (hours is < 0 or > 14 || minutes is < 0 or > 59) return false;
        seconds = ((hours * 60) + minutes) * 60;
        if (*at == '-') seconds = -seconds;
        return true;
    }
}
