using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Numerics;
using Quern.Chunks;

namespace Quern.Delivery.Sqlite.Values;

/// <summary>Whole numbers that SQLite's do not hold.</summary>
readonly struct WholeSpelling<T> : ISpelling<T> where T : unmanaged, IBinaryInteger<T>
{
    public int Write(Span<byte> to, T value)
    {
        value.TryFormat(to, out var written, default, CultureInfo.InvariantCulture);
        return written;
    }
}

/// <summary>Decimals with all digits of their scale.</summary>
readonly struct DecimalSpelling<T>(int precision, int scale) : ISpelling<T> where T : unmanaged, IBinaryInteger<T>
{
    const int MostDigitsOfLong = 18;

    readonly ulong _power = Power(Math.Min(scale, MostDigitsOfLong));

    public int Write(Span<byte> to, T value)
    {
        var unscaled = Int128.CreateTruncating(value);
        var magnitude = (UInt128)(unscaled < 0 ? -unscaled : unscaled);
        if (scale is 0 or > MostDigitsOfLong || magnitude > long.MaxValue) return NumberText.Write(to, unscaled, precision, scale);
        var (whole, fraction) = Math.DivRem((ulong)magnitude, _power);
        var written = 0;
        if (unscaled < 0) to[written++] = (byte)'-';
        // As the engine does: no zero where there is no room for a digit before the point.
        if (whole > 0 || precision > scale)
        {
            Utf8Formatter.TryFormat(whole, to[written..], out var digits);
            written += digits;
        }
        to[written++] = (byte)'.';
        Utf8Formatter.TryFormat(fraction, to[written..], out var behind, new StandardFormat('D', (byte)scale));
        return written + behind;
    }

    static ulong Power(int scale)
    {
        var power = 1ul;
        for (var i = 0; i < scale; i++) power *= 10;
        return power;
    }
}

/// <summary>Days: <c>2025-10-01</c>.</summary>
readonly struct DateSpelling : ISpelling<int>
{
    public int Write(Span<byte> to, int value) => TimeText.WriteDate(to, value);
}

/// <summary>Moments without a zone: <c>2025-10-01 12:30:00.5</c>.</summary>
readonly struct TimestampSpelling : ISpelling<long>
{
    public int Write(Span<byte> to, long value) => TimeText.WriteTimestamp(to, value);
}

/// <summary>Moments in seconds or milliseconds.</summary>
readonly struct CoarseTimestampSpelling(int unitsPerSecond) : ISpelling<long>
{
    public int Write(Span<byte> to, long value) => TimeText.WriteTimestamp(to, value, unitsPerSecond);
}

/// <summary>Moments in nanoseconds.</summary>
readonly struct FineTimestampSpelling : ISpelling<long>
{
    public int Write(Span<byte> to, long value) => TimeText.WriteTimestampNanos(to, value);
}

/// <summary>
/// Moments in UTC: <c>2025-10-01 12:30:00+00:00</c>, which SQLite's date functions read (they do not read <c>+00</c>) and which sorts
/// as time does (with <c>Z</c> it would not).
/// </summary>
readonly struct InstantSpelling : ISpelling<long>
{
    public int Write(Span<byte> to, long value) => Zoned(to, TimeText.WriteTimestampTz(to, value));

    internal static int Zoned(Span<byte> to, int written)
    {
        if (!to[..written].EndsWith("+00"u8)) return written;
        ":00"u8.CopyTo(to[written..]);
        return written + 3;
    }
}

/// <summary>Moments in UTC in nanoseconds.</summary>
readonly struct FineInstantSpelling : ISpelling<long>
{
    public int Write(Span<byte> to, long value) => InstantSpelling.Zoned(to, TimeText.WriteTimestampTzNanos(to, value));
}

/// <summary>Times of day: <c>12:30:00</c>.</summary>
readonly struct TimeSpelling : ISpelling<long>
{
    public int Write(Span<byte> to, long value) => TimeText.WriteTime(to, value);
}

/// <summary>UUIDs: 36 characters in lower case.</summary>
readonly struct UuidSpelling : ISpelling<Uuid>
{
    public int Write(Span<byte> to, Uuid value)
    {
        value.ToGuid().TryFormat(to, out var written);
        return written;
    }
}
