using System.Runtime.CompilerServices;
using Quern.Chunks;

namespace Quern.Csv.Values;

/// <summary>Reads what moments have in common: <c>2025-10-01 00:00:00</c>, with a T or a blank between date and time.</summary>
static unsafe class Moments
{
    /// <summary>Bytes of a date.</summary>
    public const int DateBytes = 10;

    /// <summary>Bytes of a date and a time without a fraction.</summary>
    public const int PlainBytes = 19;

    public const long SecondsPerDay = 86_400;
    public const long MicrosPerSecond = 1_000_000;
    public const long NanosPerSecond = 1_000_000_000;

    /// <summary>Behind the moments of some reports; texts with it are read without it.</summary>
    public static ReadOnlySpan<byte> Utc => " +0000 UTC"u8;

    /// <summary>Reads 19 bytes: seconds since 1970-01-01.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TrySeconds(byte* cell, out long seconds)
    {
        seconds = 0;
        if (cell[DateBytes] is not ((byte)' ' or (byte)'T') || !TryDays(cell, out var days)) return false;
        if (!TryThree(cell + DateBytes + 1, ':', out var hour, out var minute, out var second)) return false;
        if (hour > 23 || minute > 59 || second > 59) return false;
        seconds = (((((days * 24L) + hour) * 60) + minute) * 60) + second;
        return true;
    }

    /// <summary>Reads 10 bytes: days since 1970-01-01.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryDays(byte* cell, out int days)
    {
        days = 0;
        if (!TryThree(cell + 2, '-', out var year, out var month, out var day) || Two(cell) is not (>= 0 and var century)) return false;
        year += century * 100;
        if (year == 0 || month is < 1 or > 12 || day < 1) return false;
        if (day > 28 && day > DateTime.DaysInMonth(year, month)) return false;
        days = Days(year, month, day);
        return true;
    }

    /// <summary>As <see cref="Calendar.Days"/>, of the years 1 to 9999, whose eras need no telling apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static int Days(int year, int month, int day)
    {
        var (of, shifted) = month > 2 ? ((uint)year, (uint)month - 3) : ((uint)year - 1, (uint)month + 9);
        return (int)((of * 365) + (of / 4) - (of / 100) + (of / 400) + (((153 * shifted) + 2) / 5)) + day - 719_469;
    }

    /// <summary>Reads a point and 1 to 9 digits, where there is a point, into nanoseconds.</summary>
    /// <returns>Behind them; null when there are no digits, or more.</returns>
    public static byte* Nanos(byte* at, byte* end, out long nanos)
    {
        nanos = 0;
        if (at == end || *at != '.') return at;
        var fraction = 0UL;
        var start = ++at;
        at = Digits.Read(at, end, ref fraction);
        var count = (int)(at - start);
        if (count is 0 or > 9) return null;
        for (; count < 9; count++) fraction *= 10;
        nanos = (long)fraction;
        return at;
    }

    /// <summary>Two digits; negative when a byte is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Two(byte* at)
    {
        var (tens, ones) = ((uint)(at[0] - '0'), (uint)(at[1] - '0'));
        return tens > 9 || ones > 9 ? -1 : (int)((tens * 10) + ones);
    }

    /// <summary>A text without all ends of the kind of <see cref="Utc"/>; written to <paramref name="into"/>, which has room for
    /// it, when it has any.</summary>
    public static ReadOnlySpan<byte> WithoutUtc(ReadOnlySpan<byte> text, Span<byte> into)
    {
        var count = 0;
        var rest = text;
        while (rest.IndexOf(Utc) is >= 0 and var at)
        {
            rest[..at].CopyTo(into[count..]);
            count += at;
            rest = rest[(at + Utc.Length)..];
        }
        if (rest.Length == text.Length) return text;
        rest.CopyTo(into[count..]);
        return into[..(count + rest.Length)];
    }

    /// <summary>Three times two digits, with a separator between: 8 bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static bool TryThree(byte* at, char separator, out int first, out int second, out int third)
    {
        // Digits become their values, and separators 0, all looked at and joined at once.
        var eight = Unsafe.ReadUnaligned<ulong>(at) ^ (0x3030003030003030 | (separator * 0x0000010000010000UL));
        var pairs = (eight * 10) + (eight >> 8);
        (first, second, third) = ((byte)pairs, (byte)(pairs >> 24), (byte)(pairs >> 48));
        return ((eight | (eight + 0x76767F76767F7676)) & 0x8080808080808080) == 0;
    }
}
