using System.Runtime.CompilerServices;
using Quern.Chunks;
using Quern.Duck;

namespace Quern.Csv.Values;

/// <summary>Reads TIMESTAMP: <c>2025-10-01 00:00:00</c>, with a fraction and <c> +0000 UTC</c> where they stand, quickly.</summary>
unsafe struct MomentCell : ICell<long>
{
    const int PlainBytes = 19;
    const int MostFraction = 6;
    const int MostOnStack = 256;
    const long MicrosPerSecond = 1_000_000;

    static ReadOnlySpan<byte> Utc => " +0000 UTC"u8;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryQuick(byte* cell, int length, out long value)
    {
        value = 0;
        if (length < PlainBytes) return false;
        // yyyy-MM-d d HH:mm: the separators checked at once, then put to digits.
        var date = Unsafe.ReadUnaligned<ulong>(cell);
        var rest = Unsafe.ReadUnaligned<ulong>(cell + 8);
        var last = Unsafe.ReadUnaligned<ulong>(cell + 11);
        if ((date & 0xFF0000FF00000000) != 0x2D00002D00000000) return false;
        if ((rest & 0x0000FF0000FF0000) != 0x00003A0000200000) return false;
        if ((last & 0x0000FF0000FF0000) != 0x00003A00003A0000) return false;
        var year = Four(date);
        var month = Two(cell + 5);
        var day = Two(cell + 8);
        var hour = Two(cell + 11);
        var minute = Two(cell + 14);
        var second = Two(cell + 17);
        if ((year | month | day | hour | minute | second) < 0) return false;
        if (year == 0 || month is < 1 or > 12 || day < 1 || hour > 23 || minute > 59 || second > 59) return false;
        if (day > 28 && day > DateTime.DaysInMonth(year, month)) return false;
        var micros = ((((hour * 60L) + minute) * 60) + second) * MicrosPerSecond;
        var at = cell + PlainBytes;
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
        if (at != end && !new ReadOnlySpan<byte>(at, (int)(end - at)).SequenceEqual(Utc)) return false;
        value = (Calendar.Days(year, month, day) * 86_400 * MicrosPerSecond) + micros;
        return true;
    }

    /// <inheritdoc/>
    public static bool TryAny(ReadOnlySpan<byte> text, out long value)
    {
        if (text.IndexOf(Utc) < 0) return TextCast.TryTimestamp(text, out value);
        var rest = text.Length <= MostOnStack ? stackalloc byte[MostOnStack] : new byte[text.Length];
        var count = 0;
        while (text.IndexOf(Utc) is >= 0 and var at)
        {
            text[..at].CopyTo(rest[count..]);
            count += at;
            text = text[(at + Utc.Length)..];
        }
        text.CopyTo(rest[count..]);
        return TextCast.TryTimestamp(rest[..(count + text.Length)], out value);
    }

    // Negative when a byte is no digit.
    static int Two(byte* at)
    {
        var (tens, ones) = ((uint)(at[0] - '0'), (uint)(at[1] - '0'));
        return tens > 9 || ones > 9 ? -1 : (int)((tens * 10) + ones);
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
