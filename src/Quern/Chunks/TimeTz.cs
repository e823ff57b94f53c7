namespace Quern.Chunks;

/// <summary>A time of day with its offset from UTC: 40 bits of microseconds, then 24 bits that hold 57,599 - offset
/// (57,599 s is 15:59:59, the largest offset), so that the bits order by instant.</summary>
/// <param name="Bits">As stored.</param>
public readonly record struct TimeTz(ulong Bits)
{
    const int OffsetBits = 24;
    const int MaxOffsetSeconds = (16 * 60 * 60) - 1;

    /// <summary>Builds from microseconds since midnight (0 to 24 h) and seconds east of UTC (at most 15:59:59 either
    /// way).</summary>
    public TimeTz(long micros, int offsetSeconds)
        : this(((ulong)micros << OffsetBits) | (uint)(MaxOffsetSeconds - offsetSeconds))
    {
    }

    /// <summary>Microseconds since local midnight.</summary>
    public long Micros => (long)(Bits >> OffsetBits);

    /// <summary>Seconds east of UTC.</summary>
    public int OffsetSeconds => MaxOffsetSeconds - (int)(Bits & ((1 << OffsetBits) - 1));
}
