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
        // The separators checked at once, then put to digits; the one between date and time is looked at alone.
        var rest = Unsafe.ReadUnaligned<ulong>(cell + 8);
        var last = Unsafe.ReadUnaligned<ulong>(cell + 11);
        if ((rest & 0x0000FF0000000000) != 0x00003A0000000000 || cell[10] is not ((byte)' ' or (byte)'T')) return false;
        if ((last & 0x0000FF0000FF0000) != 0x00003A00003A0000) return false;
        var hour = Two(cell + 11);
        var minute = Two(cell + 14);
        var second = Two(cell + 17);
        if ((hour | minute | second) < 0 || hour > 23 || minute > 59 || second > 59) return false;
        if (!TryDays(cell, out var days)) return false;
        seconds = (((((days * 24L) + hour) * 60) + minute) * 60) + second;
        return true;
    }

    /// <summary>Reads 10 bytes: days since 1970-01-01.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryDays(byte* cell, out int days)
    {
        days = 0;
        var date = Unsafe.ReadUnaligned<ulong>(cell);
        if ((date & 0xFF0000FF00000000) != 0x2D00002D00000000) return false;
        var year = Four(date);
        var month = Two(cell + 5);
        var day = Two(cell + 8);
        if ((year | month | day) < 0 || year == 0 || month is < 1 or > 12 || day < 1) return false;
        if (day > 28 && day > DateTime.DaysInMonth(year, month)) return false;
        days = (int)Calendar.Days(year, month, day);
        return true;
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

    static int Four(ulong bytes)
    {
        var four = (uint)bytes;
        var digits = AreDigits(four);
        four -= 0x30303030;
        four = (four * 10) + (four >> 8);
        return digits ? (int)(((four & 0xFF) * 100) + ((four >> 16) & 0xFF)) : -1;
    }

    static bool AreDigits(uint four) =>
        ((four & 0xF0F0F0F0) | (((four + 0x06060606) & 0xF0F0F0F0) >> 4)) == 0x33333333;
}
