using System.Runtime.CompilerServices;
using Quern.Duck;

namespace Quern.Csv.Values;

/// <summary>Reads TIMESTAMP: <c>2025-10-01 00:00:00</c>, with a fraction and <c> +0000 UTC</c> or <c>Z</c> where they stand,
/// quickly.</summary>
unsafe readonly struct MomentCell : ICell<long>
{
    const int MostFraction = 6;
    const int MostOnStack = 256;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryQuick(byte* cell, int length, out long value)
    {
        value = 0;
        if (length < Moments.PlainBytes || !Moments.TrySeconds(cell, out var seconds)) return false;
        var micros = seconds * Moments.MicrosPerSecond;
        var at = cell + Moments.PlainBytes;
        var end = cell + length;
        if (at < end && *at == '.')
        {
            var fraction = 0UL;
            var start = ++at;
            at = Digits.Read(at, end, ref fraction);
            var count = (int)(at - start);
            if (count is 0 or > MostFraction) return false;
            for (; count < MostFraction; count++) fraction *= 10;
            micros += (long)fraction;
        }
        if (at != end && !new ReadOnlySpan<byte>(at, (int)(end - at)).SequenceEqual(Moments.Utc) && (*at != 'Z' || end - at > 1)) return false;
        value = micros;
        return true;
    }

    /// <inheritdoc/>
    public bool TryAny(ReadOnlySpan<byte> text, out long value)
    {
        var room = text.Length <= MostOnStack ? stackalloc byte[MostOnStack] : new byte[text.Length];
        return TextCast.TryTimestamp(Moments.WithoutUtc(text, room), out value);
    }
}
