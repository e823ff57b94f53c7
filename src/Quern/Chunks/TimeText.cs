using System.Buffers;
using System.Buffers.Text;

namespace Quern.Chunks;

/// <summary>Dates, times and intervals as DuckDB's <c>::VARCHAR</c> spells them, in UTF-8, in UTC.</summary>
public static class TimeText
{
    /// <summary>Bytes that always suffice for one value.</summary>
    public const int MaxBytes = 72;

    const long NanosPerMicro = 1000;
    const long MicrosPerSecond = 1_000_000;
    const long MicrosPerDay = 86_400 * MicrosPerSecond;
    /// <summary>Days since 1970-01-01; the largest and the smallest-but-one stand for infinity.</summary>
    public static int WriteDate(Span<byte> to, int days) =>
        days == int.MaxValue ? Copy(to, "infinity"u8)
        : days == -int.MaxValue ? Copy(to, "-infinity"u8)
        : WriteDay(to, days);

    /// <summary>Microseconds since midnight; 24:00:00 is a time.</summary>
    public static int WriteTime(Span<byte> to, long micros) => WriteClock(to, micros, 0);

    /// <summary>Nanoseconds since midnight.</summary>
    public static int WriteTimeNanos(Span<byte> to, long nanos) =>
        WriteClock(to, nanos / NanosPerMicro, (int)(nanos % NanosPerMicro));

    /// <summary>A time with its offset, as in <c>12:30:00+05:30</c>.</summary>
    public static int WriteTimeTz(Span<byte> to, TimeTz time)
    {
        var written = WriteTime(to, time.Micros);
        var offset = time.OffsetSeconds;
        to[written++] = offset < 0 ? (byte)'-' : (byte)'+';
        offset = Math.Abs(offset);
        written += Digits(to[written..], offset / 3600, 2);
        if (offset / 60 % 60 != 0) written += Part(to[written..], offset / 60 % 60);
        if (offset % 60 != 0) written += Part(to[written..], offset % 60);
        return written;
    }

    /// <summary>Microseconds since 1970-01-01; the largest and the smallest-but-one stand for infinity.</summary>
    public static int WriteTimestamp(Span<byte> to, long micros)
    {
        if (IsInfinite(micros)) return Infinity(to, micros);
        var (days, clock) = Floor(micros, MicrosPerDay);
        return WriteMoment(to, days, clock, 0);
    }

    /// <summary>Nanoseconds since 1970-01-01; the largest and the smallest-but-one stand for infinity.</summary>
    public static int WriteTimestampNanos(Span<byte> to, long nanos)
    {
        if (IsInfinite(nanos)) return Infinity(to, nanos);
        var (micros, below) = Floor(nanos, NanosPerMicro);
        var (days, clock) = Floor(micros, MicrosPerDay);
        return WriteMoment(to, days, clock, (int)below);
    }

    /// <summary>Milliseconds (1,000 to a second) or seconds (1) since 1970-01-01; infinity as for
    /// microseconds.</summary>
    public static int WriteTimestamp(Span<byte> to, long units, int unitsPerSecond)
    {
        if (IsInfinite(units)) return Infinity(to, units);
        var (days, clock) = Floor(units, 86_400L * unitsPerSecond);
        return WriteMoment(to, days, clock * (MicrosPerSecond / unitsPerSecond), 0);
    }

    /// <summary>An instant: a timestamp and <c>+00</c>.</summary>
    public static int WriteTimestampTz(Span<byte> to, long micros)
    {
        var written = WriteTimestamp(to, micros);
        return IsInfinite(micros) ? written : written + Copy(to[written..], "+00"u8);
    }

    /// <summary>An instant in nanoseconds: a timestamp and <c>+00</c>.</summary>
    public static int WriteTimestampTzNanos(Span<byte> to, long nanos)
    {
        var written = WriteTimestampNanos(to, nanos);
        return IsInfinite(nanos) ? written : written + Copy(to[written..], "+00"u8);
    }

    /// <summary>An interval, as in <c>1 year 2 months 3 days 04:05:06.5</c>.</summary>
    public static int WriteInterval(Span<byte> to, Interval interval)
    {
        var written = Unit(to, 0, interval.Months / 12, " year"u8);
        written = Unit(to, written, interval.Months % 12, " month"u8);
        written = Unit(to, written, interval.Days, " day"u8);
        if (interval.Micros == 0) return written > 0 ? written : Copy(to, "00:00:00"u8);
        if (written > 0) to[written++] = (byte)' ';
        if (interval.Micros < 0) to[written++] = (byte)'-';
        var micros = interval.Micros < 0 ? (ulong)-interval.Micros : (ulong)interval.Micros;
        var seconds = (long)(micros / MicrosPerSecond);
        written += Digits(to[written..], seconds / 3600, 2);
        written += Part(to[written..], (int)(seconds / 60 % 60));
        written += Part(to[written..], (int)(seconds % 60));
        return written + Fraction(to[written..], (int)(micros % MicrosPerSecond), 0);
    }

    static bool IsInfinite(long value) => value is long.MaxValue or -long.MaxValue;

    static int Infinity(Span<byte> to, long value) => Copy(to, value > 0 ? "infinity"u8 : "-infinity"u8);

    static (long Quotient, long Remainder) Floor(long value, long by)
    {
        var (quotient, remainder) = Math.DivRem(value, by);
        return remainder < 0 ? (quotient - 1, remainder + by) : (quotient, remainder);
    }

    static int WriteMoment(Span<byte> to, long days, long clock, int nanos)
    {
        var written = WriteDay(to, days);
        to[written++] = (byte)' ';
        return written + WriteClock(to[written..], clock, nanos);
    }

    static int WriteDay(Span<byte> to, long days)
    {
        var (year, month, day) = Calendar.Split(days);
        var written = Digits(to, year > 0 ? year : 1 - year, 4);
        to[written++] = (byte)'-';
        written += Digits(to[written..], month, 2);
        to[written++] = (byte)'-';
        written += Digits(to[written..], day, 2);
        return year > 0 ? written : written + Copy(to[written..], " (BC)"u8);
    }

    static int WriteClock(Span<byte> to, long micros, int nanos)
    {
        var seconds = micros / MicrosPerSecond;
        var written = Digits(to, seconds / 3600, 2);
        written += Part(to[written..], (int)(seconds / 60 % 60));
        written += Part(to[written..], (int)(seconds % 60));
        return written + Fraction(to[written..], (int)(micros % MicrosPerSecond), nanos);
    }

    // Nine digits without their trailing zeros; nothing when all are zero.
    static int Fraction(Span<byte> to, int micros, int nanos)
    {
        if (micros == 0 && nanos == 0) return 0;
        to[0] = (byte)'.';
        Digits(to[1..], micros, 6);
        Digits(to[7..], nanos, 3);
        return to[..10].TrimEnd((byte)'0').Length;
    }

    static int Part(Span<byte> to, int value)
    {
        to[0] = (byte)':';
        return 1 + Digits(to[1..], value, 2);
    }

    static int Unit(Span<byte> to, int written, int value, ReadOnlySpan<byte> name)
    {
        if (value == 0) return written;
        if (written > 0) to[written++] = (byte)' ';
        Utf8Formatter.TryFormat(value, to[written..], out var count);
        written += count + Copy(to[(written + count)..], name);
        if (value is not (1 or -1)) to[written++] = (byte)'s';
        return written;
    }

    /// <summary>At least so many digits, 2 to 6, with zeros in front; what has more is a year, or hours of an interval.</summary>
    static int Digits(Span<byte> to, long value, byte least)
    {
        if ((ulong)value < (least switch { 2 => 100u, 3 => 1000u, 4 => 10_000u, 5 => 100_000u, _ => 1_000_000u }))
        {
            var rest = (uint)value;
            for (var i = least - 1; i >= 0; i--) (rest, to[i]) = (rest / 10, (byte)('0' + (rest % 10)));
            return least;
        }
        Utf8Formatter.TryFormat(value, to, out var written, new StandardFormat('D', least));
        return written;
    }

    static int Copy(Span<byte> to, ReadOnlySpan<byte> text)
    {
        text.CopyTo(to);
        return text.Length;
    }
}
