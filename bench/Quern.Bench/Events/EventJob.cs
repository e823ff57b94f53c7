using System.Diagnostics;
using System.Text;
using Quern.Bench.Terminal;

namespace Quern.Bench.Events;

/// <summary>Generates ad events into a folder: auctions that are served, seen, clicked and paid for.</summary>
/// <remarks>The draws follow each other as in the reference generator that the expected answers were made with, so equal options give equal bytes.</remarks>
sealed class EventJob
{
    const int Serve = 0;
    const int Impression = 1;
    const int Click = 2;
    const int Purchase = 3;

    static readonly byte[][] Types = [.. new[] { "serve", "impression", "click", "purchase" }.Select(Encoding.ASCII.GetBytes)];
    static readonly byte[][] Countries = [.. EventWorld.Countries.Select(Encoding.ASCII.GetBytes)];

    readonly EventPlan _plan;
    readonly string _folder;
    readonly Xoshiro _random;
    readonly EventWorld _world;
    readonly ulong _nullCut;
    readonly ulong _oddCut;
    readonly long[] _counts = new long[Types.Length];

    public EventJob(EventPlan plan, string folder)
    {
        (_plan, _folder) = (plan, folder);
        _random = new Xoshiro(plan.Seed);
        _world = new EventWorld(plan, _random);
        _nullCut = (ulong)(plan.NullRate * (1UL << 32));
        _oddCut = (ulong)(plan.OddRate * (1UL << 32));
    }

    /// <summary>Writes the files.</summary>
    /// <returns>Hash of the bytes of all files in their order.</returns>
    public string Write()
    {
        Directory.CreateDirectory(_folder);
        using var parts = new EventParts(_plan, _folder);
        while (parts.Rows < _plan.Rows) WriteAuction(parts);
        return parts.Complete();
    }

    /// <summary>Writes the files and says what they are.</summary>
    public void Run()
    {
        var clock = Stopwatch.StartNew();
        Out.Line(Write());
        Out.Note($"{_plan.Rows:N0} rows in {clock.Elapsed.TotalSeconds:F2} s: {_counts[Serve]:N0} serve, " +
            $"{_counts[Impression]:N0} impression, {_counts[Click]:N0} click, {_counts[Purchase]:N0} purchase");
    }

    void WriteAuction(EventParts parts)
    {
        var auction = _world.Auction(parts.Rows);
        var moment = auction.Moment;
        for (var type = Serve; type <= Purchase && parts.Rows < _plan.Rows; type++)
        {
            if (!Reaches(type, ref moment)) break;
            moment = Math.Min(moment, _world.LastMs);
            var dice = (_nullCut | _oddCut) != 0 ? _random.Next() : 0;
            var drop = _nullCut != 0 && (dice & 0xffffffff) < 4 * _nullCut ? (int)(_random.Next() & 3) : -1;
            var odd = _oddCut != 0 && dice >> 32 < _oddCut ? (int)(_random.Next() & 3) : -1;
            parts.Add(WriteRow(new EventCells(parts.Row), auction, type, moment, drop, odd));
            _counts[type]++;
        }
    }

    /// <summary>Whether an auction comes so far, and when.</summary>
    bool Reaches(int type, ref long moment)
    {
        var (chance, least, spread) = type switch
        {
            Impression => (500, 20, 3_000u),
            Click => (_plan.Clicks, 300, 40_000u),
            Purchase => (_plan.Purchases, 5_000, 1_800_000u),
            _ => (0, 0, 0u),
        };
        if (spread == 0) return true;
        if (_random.Below(1_000) >= chance) return false;
        moment += least + _random.Below(spread);
        return true;
    }

    int WriteRow(EventCells cells, in EventAuction auction, int type, long moment, int drop, int odd)
    {
        cells.Whole((ulong)moment);
        cells.Byte((byte)',');
        cells.Text(Types[type], odd == 0);
        cells.Byte((byte)',');
        cells.Uuid(auction.High, auction.Low);
        cells.Byte((byte)',');
        if (drop != 0) cells.Whole(auction.Advertiser);
        cells.Byte((byte)',');
        if (drop != 1) cells.Whole(auction.Publisher);
        cells.Byte((byte)',');
        if (type == Impression) WriteBid(ref cells, drop == 3, odd);
        cells.Byte((byte)',');
        cells.Whole(auction.User);
        cells.Byte((byte)',');
        if (type == Purchase) WriteTotal(ref cells, drop == 3, odd);
        cells.Byte((byte)',');
        if (drop != 2) cells.Text(Countries[auction.Country], odd == 2);
        if (_plan.CrLf) cells.Byte((byte)'\r');
        cells.Byte((byte)'\n');
        return cells.Length;
    }

    void WriteBid(ref EventCells cells, bool isDropped, int odd)
    {
        var bid = HeavyTail(3.6, 0.01, 60, 10_000);
        if (isDropped) return;
        if (odd == 1)
        {
            cells.Text("0.0"u8);
        }
        else if (odd == 3)
        {
            cells.Whole((ulong)((bid % 9) + 1));
            cells.Text("e-2"u8);
        }
        else
        {
            cells.Fixed(bid, 4);
        }
    }

    void WriteTotal(ref EventCells cells, bool isDropped, int odd)
    {
        var total = HeavyTail(60, 0.5, 350, 100);
        if (!isDropped) cells.Fixed(odd == 1 ? 0 : odd >= 2 ? -total : total, 2);
    }

    /// <summary>An amount with a heavy tail, its mean near a scale, in units of its last decimal.</summary>
    long HeavyTail(double scale, double least, double most, int units)
    {
        var x = least + (scale * ((1.0 / Math.Sqrt(1.0 - _random.Unit())) - 1.0));
        if (x > most) x = most - ((x - most) / (1.0 + (x - most)) * (most / 10));
        return (long)((x * units) + 0.5);
    }
}
