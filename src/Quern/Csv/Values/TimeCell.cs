using System.Runtime.CompilerServices;

namespace Quern.Csv.Values;

/// <summary>Reads TIME: microseconds since midnight; digits of a fraction behind the sixth are cut off.</summary>
/// <remarks>DuckDB's cast drops a date in front of a time and an offset behind it. Here both are bad values.</remarks>
unsafe readonly struct TimeCell : ICell<long>
{
    const int PlainBytes = 8;
    const long MicrosPerDay = Moments.SecondsPerDay * Moments.MicrosPerSecond;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryQuick(byte* cell, int length, out long value)
    {
        value = 0;
        if (length < PlainBytes || cell[2] != ':' || cell[5] != ':') return false;
        var hour = Moments.Two(cell);
        var minute = Moments.Two(cell + 3);
        var second = Moments.Two(cell + 6);
        if ((hour | minute | second) < 0 || hour > 23 || minute > 59 || second > 59) return false;
        var end = cell + length;
        if (Moments.Nanos(cell + PlainBytes, end, out var nanos) != end) return false;
        value = (((((hour * 60L) + minute) * 60) + second) * Moments.MicrosPerSecond) + (nanos / 1000);
        return true;
    }

    /// <inheritdoc/>
    public bool TryAny(ReadOnlySpan<byte> text, out long value)
    {
        value = 0;
        text = text.Trim(" \t\n\v\f\r"u8);
        if (!TryPart(ref text, 24, out var hour) || text.IsEmpty || text[0] != ':') return false;
        text = text[1..];
        if (!TryPart(ref text, 59, out var minute)) return false;
        var (second, micros) = (0, 0);
        if (!text.IsEmpty)
        {
            if (text[0] != ':') return false;
            text = text[1..];
            if (!TryPart(ref text, 59, out second) || !TryFraction(text, out micros)) return false;
        }
        value = (((((hour * 60L) + minute) * 60) + second) * Moments.MicrosPerSecond) + micros;
        return value <= MicrosPerDay;
    }

    /// <summary>One or two digits.</summary>
    static bool TryPart(ref ReadOnlySpan<byte> text, int most, out int number)
    {
        number = 0;
        var count = 0;
        for (; count < 2 && count < text.Length && (uint)(text[count] - '0') <= 9; count++) number = (number * 10) + text[count] - '0';
        text = text[count..];
        return count > 0 && number <= most;
    }

    /// <summary>Nothing, or a point and any number of digits.</summary>
    static bool TryFraction(ReadOnlySpan<byte> text, out int micros)
    {
        micros = 0;
        if (text.IsEmpty) return true;
        if (text[0] != '.' || text[1..].IndexOfAnyExceptInRange((byte)'0', (byte)'9') >= 0) return false;
        for (var i = 1; i <= 6; i++) micros = (micros * 10) + (i < text.Length ? text[i] - '0' : 0);
        return true;
    }
}
