using System.Runtime.CompilerServices;
using Quern.Duck;

namespace Quern.Csv.Values;

/// <summary>Reads DATE: days since 1970-01-01.</summary>
/// <remarks>DuckDB's cast drops whatever stands behind a date. Here that is a bad value, unless it is blank or midnight.</remarks>
unsafe readonly struct DateCell : ICell<int>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryQuick(byte* cell, int length, out int value)
    {
        value = 0;
        return length == Moments.DateBytes && Moments.TryDays(cell, out value);
    }

    /// <inheritdoc/>
    public bool TryAny(ReadOnlySpan<byte> text, out int value) => TextCast.TryDate(text, out value) && IsWhole(text.Trim(" \t\n\v\f\r"u8));

    /// <summary>Nothing is dropped: the text is a word, or a date and perhaps midnight.</summary>
    static bool IsWhole(ReadOnlySpan<byte> text)
    {
        if (text[0] is not ((byte)'-' or (>= (byte)'0' and <= (byte)'9'))) return true;
        var rest = text[1..];
        if (text[0] == '-' && (rest.IsEmpty || (rest[0] | 0x20) == 'i')) return true;
        // The day of the month is the third number.
        for (var part = 0; part < 3; part++)
        {
            if (part > 0) rest = rest[Math.Min(1, rest.Length)..];
            rest = rest.TrimStart("0123456789"u8);
        }
        return rest.IsEmpty || rest.SequenceEqual(" (BC)"u8) || IsMidnight(rest);
    }

    static bool IsMidnight(ReadOnlySpan<byte> rest)
    {
        if (rest[^1] == 'Z') rest = rest[..^1];
        return rest.Length > 1 && rest[0] is (byte)' ' or (byte)'T' && default(TimeCell).TryAny(rest[1..], out var micros) && micros == 0;
    }
}
