namespace Quern.Bench.Events;

/// <summary>Who shows what to whom, where and when: draws auctions.</summary>
sealed class EventWorld
{
    const long DayMs = 86_400_000;

    static readonly double[] CountryWeights = [60, 7, 6, 5, 4.5, 4, 3.5, 3, 2, 2, 1.8, 1.2];
    static readonly int[] CountryOffsets = [-6, 0, 9, 1, -5, -3, 5, 1, 9, 10, -6, 1];
    static readonly double[] HourWeights =
    [
        2.2, 1.5, 1.1, 0.9, 0.9, 1.1, 1.8, 2.9, 3.7, 4.1, 4.4, 4.7,
        5.0, 4.9, 4.7, 4.7, 4.9, 5.3, 6.0, 6.8, 7.2, 6.9, 5.4, 3.6,
    ];

    // Monday first.
    static readonly double[] WeekdayWeights = [1.00, 0.98, 0.99, 1.02, 1.10, 1.18, 1.14];

    readonly EventPlan _plan;
    readonly Xoshiro _random;
    readonly AliasTable _advertisers;
    readonly AliasTable _publishers;
    readonly AliasTable _countries;
    readonly AliasTable _hours;
    readonly AliasTable _days;
    readonly uint[] _advertiserIds;
    readonly uint[] _publisherIds;
    readonly double[] _dayWeights;
    readonly double _dayTotal;
    readonly long _firstMs;
    int _dayReached;
    double _weightReached;

    /// <summary>Draws what all auctions have in common.</summary>
    /// <param name="plan">What is generated.</param>
    /// <param name="random">Draws; others go on with it. The order of the draws decides about every byte.</param>
    public EventWorld(EventPlan plan, Xoshiro random)
    {
        (_plan, _random) = (plan, random);
        _advertisers = AliasTable.Ranked(plan.Advertisers, 12);
        _publishers = AliasTable.Ranked(plan.Publishers, 15);
        _advertiserIds = ShuffledIds(plan.Advertisers);
        _publisherIds = ShuffledIds(plan.Publishers);
        _countries = new(CountryWeights);
        _hours = new(HourWeights);
        var first = plan.Start.DayNumber - new DateOnly(1970, 1, 1).DayNumber;
        _dayWeights = new double[plan.Days];
        for (var i = 0; i < plan.Days; i++)
        {
            // 1970-01-01 was a Thursday.
            var weekday = (((first + i) % 7) + 7 + 3) % 7;
            _dayWeights[i] = WeekdayWeights[weekday] * (1.0 + (0.15 * i / plan.Days)) * (0.94 + (0.12 * random.Unit()));
        }
        _days = new(_dayWeights);
        foreach (var weight in _dayWeights) _dayTotal += weight;
        _firstMs = first * DayMs;
        LastMs = ((first + plan.Days) * DayMs) - 1;
    }

    /// <summary>Names of the countries.</summary>
    public static IReadOnlyList<string> Countries { get; } = ["US", "GB", "JP", "DE", "CA", "BR", "IN", "FR", "KR", "AU", "MX", "ES"];

    /// <summary>The last millisecond that is covered.</summary>
    public long LastMs { get; }

    /// <summary>The next auction.</summary>
    /// <param name="written">Rows before it.</param>
    public EventAuction Auction(long written)
    {
        var country = (int)_countries.Pick(_random);
        var advertiser = _advertiserIds[_advertisers.Pick(_random)];
        var publisher = _publisherIds[_publishers.Pick(_random)];
        var share = _random.Unit();
        var user = (ulong)(share * share * _plan.Users) + 1;
        var (high, low) = (_random.Next(), _random.Next());
        var day = _plan.ByTime ? DayAt(written) : (int)_days.Pick(_random);
        var hour = ((int)_hours.Pick(_random) - CountryOffsets[country] + 48) % 24;
        var moment = _firstMs + (day * DayMs) + (hour * 3_600_000L) + _random.Below(3_600_000);
        var edge = _random.Below(1_000_000);
        if (edge < _plan.Edges) moment = _firstMs + (day * DayMs);
        else if (edge < 2 * _plan.Edges) moment = _firstMs + ((day + 1) * DayMs) - 1;
        else if (edge < 3 * _plan.Edges) moment -= moment % 60_000;
        return new(moment, high, low, advertiser, publisher, user, country);
    }

    int DayAt(long written)
    {
        var target = _dayTotal * ((double)written / _plan.Rows);
        while (_dayReached + 1 < _plan.Days && _weightReached + _dayWeights[_dayReached] <= target) _weightReached += _dayWeights[_dayReached++];
        return _dayReached;
    }

    /// <summary>Ids by popularity, so that low ones are not the popular ones.</summary>
    uint[] ShuffledIds(int count)
    {
        var ids = new uint[count];
        for (var i = 0; i < count; i++) ids[i] = (uint)i + 1;
        for (var i = (uint)count; i > 1; i--)
        {
            var j = _random.Below(i);
            (ids[i - 1], ids[j]) = (ids[j], ids[i - 1]);
        }
        return ids;
    }
}
