using Quern.Folding.Expressions;
using Quern.Folding.Planning;

namespace Quern.Folding.Kernel.Lanes;

/// <summary>The bucket of time of a moment.</summary>
/// <param name="bucket">Which one.</param>
/// <param name="of">The moment.</param>
/// <param name="unit">What its numbers count.</param>
/// <param name="zone">Where local time begins.</param>
/// <param name="lane">Where values go.</param>
sealed unsafe class BucketLane(TimeBucket bucket, LaneTerm of, MomentUnit unit, ZoneClock zone, Lane lane) : LaneTerm(lane)
{
    const long SecondsOfMinute = 60;

    /// <inheritdoc/>
    protected override void Make(int rows, int chunk)
    {
        var from = of.Evaluate(rows, chunk);
        Lane.CopyNulls(from);
        var to = Lane.Values;
        if (unit.PerSecond == 0)
        {
            Coarsen(from.Values, to, rows, TimeBucket.Day);
            return;
        }
        var finest = bucket <= TimeBucket.Day ? bucket : TimeBucket.Day;
        var seconds = Buckets.First(finest, TimeBucket.Minute, 1) * SecondsOfMinute;
        if (zone.IsUtc || !unit.IsInstant)
        {
            FloorDivision.Run(from.Values, to, rows, unit.PerSecond * seconds);
        }
        else
        {
            FloorDivision.Run(from.Values, to, rows, unit.PerSecond);
            for (var i = 0; i < rows; i++) to[i] += zone.Offset(to[i]);
            FloorDivision.Run(to, to, rows, seconds);
        }
        Coarsen(to, to, rows, finest);
    }

    void Coarsen(long* from, long* to, int rows, TimeBucket fine)
    {
        if (bucket == fine && from == to) return;
        var (last, value) = (long.MinValue, 0L);
        for (var i = 0; i < rows; i++)
        {
            if (from[i] != last) (last, value) = (from[i], Buckets.Coarsen(fine, bucket, from[i]));
            to[i] = value;
        }
    }
}
