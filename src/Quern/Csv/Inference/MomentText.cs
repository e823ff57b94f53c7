namespace Quern.Csv.Inference;

/// <summary>Tells days, moments and times of day in ISO 8601, and with the blank that SQL writes in place of the T.</summary>
static class MomentText
{
    const int DayBytes = 10;
    const int MostFraction = 9;
    const int ExactFraction = 6;

    /// <summary>The shape of a text that begins with a day; null when it is none.</summary>
    public static CellShape? OfDay(ReadOnlySpan<byte> text)
    {
        if (text.Length < DayBytes || text[4] != '-' || text[7] != '-') return null;
        if (!Number(text[..4], out var year) || !Number(text[5..7], out var month) || !Number(text[8..10], out var day)) return null;
        if (!IsDay(year, month, day)) return null;
        if (text.Length == DayBytes) return CellShape.Date;
        if (text[DayBytes] is not ((byte)' ' or (byte)'T')) return null;
        var time = text[(DayBytes + 1)..];
        var length = TimeBytes(time, out var isNanos);
        if (length < 0) return null;
        if (length == time.Length) return isNanos ? CellShape.TimestampNanos : CellShape.Timestamp;
        if (!IsZone(time[length..])) return null;
        return isNanos ? CellShape.TimestampTzNanos : CellShape.TimestampTz;
    }

    /// <summary>True for a time of day: hours and minutes, and perhaps seconds.</summary>
    public static bool IsTime(ReadOnlySpan<byte> text) => TimeBytes(text, out var isNanos) == text.Length && !isNanos;

    /// <summary>True when a month of a year has such a day.</summary>
    public static bool IsDay(int year, int month, int day) =>
        year is >= 1 and <= 9999 && month is >= 1 and <= 12 && day >= 1 && (day <= 28 || day <= DateTime.DaysInMonth(year, month));

    /// <summary>Reads digits; false when a byte is none, or there is none.</summary>
    public static bool Number(ReadOnlySpan<byte> text, out int value)
    {
        value = 0;
        foreach (var b in text)
        {
            var digit = (uint)(b - '0');
            if (digit > 9) return false;
            value = (value * 10) + (int)digit;
        }
        return text.Length > 0;
    }

    /// <summary>A number whose order is that of days, moments or times of day, to the second and whatever their zones.</summary>
    public static double Rank(ReadOnlySpan<byte> text)
    {
        const int most = 14;
        var (rank, digits) = (0.0, 0);
        foreach (var b in text)
        {
            if (b == '.' || digits == most) break;
            if (b is < (byte)'0' or > (byte)'9') continue;
            rank = (rank * 10) + (b - '0');
            digits++;
        }
        for (; digits < most; digits++) rank *= 10;
        return rank;
    }

    /// <summary>Bytes that a time of day takes at the beginning of a text; -1 when there is none. More than six digits of a second
    /// that are not zero need nanoseconds.</summary>
    public static int TimeBytes(ReadOnlySpan<byte> text, out bool isNanos)
    {
        isNanos = false;
        if (text.Length < 5 || text[2] != ':') return -1;
        if (!Number(text[..2], out var hour) || !Number(text[3..5], out var minute) || hour > 23 || minute > 59) return -1;
        if (text.Length == 5 || text[5] != ':') return 5;
        if (text.Length < 8 || !Number(text[6..8], out var second) || second > 59) return -1;
        if (text.Length == 8 || text[8] != '.') return 8;
        var end = 9;
        while (end < text.Length && text[end] is >= (byte)'0' and <= (byte)'9') end++;
        var digits = end - 9;
        if (digits is 0 or > MostFraction) return -1;
        isNanos = digits > ExactFraction && text[(9 + ExactFraction)..end].ContainsAnyExcept((byte)'0');
        return end;
    }

    /// <summary><c>Z</c>, <c> UTC</c>, <c>+01</c>, <c>+0100</c>, <c>+01:00</c>, or with a blank in front and <c> UTC</c> behind.</summary>
    static bool IsZone(ReadOnlySpan<byte> text)
    {
        if (text.SequenceEqual("Z"u8) || text.SequenceEqual(" UTC"u8) || text.SequenceEqual("z"u8)) return true;
        if (text.SequenceEqual(" +0000 UTC"u8)) return true;
        if (text[0] == ' ') text = text[1..];
        if (text.Length is not (3 or 5 or 6) || text[0] is not ((byte)'+' or (byte)'-')) return false;
        if (!Number(text[1..3], out var hours) || hours > 15) return false;
        if (text.Length == 3) return true;
        if (text.Length == 6 && text[3] != ':') return false;
        return Number(text[^2..], out var minutes) && minutes <= 59;
    }
}
