using Quern.Folding.Planning;

namespace Quern.Folding.Kernel.Lanes;

/// <summary>Offsets of a zone from UTC, looked up by the second; one for each thread.</summary>
/// <remarks>The interval in which an offset holds is remembered, and days that were met are, too; a day has at most one change of
/// the offset, which is found by halving.</remarks>
sealed class ZoneClock
{
    const long SecondsOfDay = 86_400;

    // Years that .NET's moments have: 0001 to 9999, without their first and last days.
    const long FirstSecond = -62_135_510_400, LastSecond = 253_402_214_400;

    readonly TimeZoneInfo _zone;
    readonly Dictionary<long, (long Change, long Before, long After)> _days = [];
    long _from;
    long _to;
    long _offset;

    /// <summary>A clock of a zone.</summary>
    /// <param name="zone">A name of the IANA database.</param>
    /// <exception cref="NotCovered">The machine does not know the zone.</exception>
    public ZoneClock(string zone)
    {
        IsUtc = zone.Equals("UTC", StringComparison.OrdinalIgnoreCase) || zone is "Etc/UTC" or "Etc/GMT" or "GMT" or "Z";
        try
        {
            _zone = IsUtc ? TimeZoneInfo.Utc : TimeZoneInfo.FindSystemTimeZoneById(zone);
        }
        catch (Exception e) when (e is TimeZoneNotFoundException or InvalidTimeZoneException)
        {
            throw new NotCovered($"the machine does not know the zone {zone}");
        }
    }

    /// <summary>The offset is always 0.</summary>
    public bool IsUtc { get; }

    /// <summary>The offset in seconds at a second since 1970 in UTC.</summary>
    public long Offset(long second)
    {
        if (IsUtc) return 0;
        if (second >= _from && second < _to) return _offset;
        var day = Buckets.FloorDivide(second, SecondsOfDay);
        if (!_days.TryGetValue(day, out var known)) _days[day] = known = Day(day * SecondsOfDay);
        (_from, _to, _offset) = second < known.Change
            ? (day * SecondsOfDay, known.Change, known.Before)
            : (known.Change, (day + 1) * SecondsOfDay, known.After);
        return _offset;
    }

    (long Change, long Before, long After) Day(long first)
    {
        var (low, high) = (first, first + SecondsOfDay);
        var (before, after) = (Ask(low), Ask(high - 1));
        if (before == after) return (low, before, after);
        while (high - low > 1)
        {
            var middle = low + ((high - low) / 2);
            if (Ask(middle) == before) low = middle;
            else high = middle;
        }
        return (high, before, after);
    }

    long Ask(long second) =>
        (long)_zone.GetUtcOffset(DateTimeOffset.FromUnixTimeSeconds(Math.Clamp(second, FirstSecond, LastSecond)).UtcDateTime).TotalSeconds;
}
