using Quern.Chunks;
using Quern.Folding.Declared;
using Quern.Rollups.Queries;
using Quern.Rollups.Store;

namespace Quern.Rollups.Answering;

/// <summary>States of a measure, merged by group. Where there are no values the others mean NULL.</summary>
/// <param name="number">Number of the measure.</param>
/// <param name="measure">The measure.</param>
/// <param name="states">Which states the query needs, beside counts.</param>
sealed class MeasureState(int number, StoredMeasure measure, MeasureKeep states) : GroupState
{
    long[] _counts = [];
    double[] _sums = [];
    Int128[] _wholeSums = [];
    double[] _squares = [];
    double[] _realMin = [];
    double[] _realMax = [];
    long[] _min = [];
    long[] _max = [];

    bool Sums => (states & MeasureKeep.Sum) != 0;

    bool Squares => (states & MeasureKeep.SumSquares) != 0;

    bool Min => (states & MeasureKeep.Min) != 0;

    bool Max => (states & MeasureKeep.Max) != 0;

    public override void Grow(int groups)
    {
        Grow(ref _counts, groups);
        if (Sums && measure.IsFloating) Grow(ref _sums, groups);
        else if (Sums) Grow(ref _wholeSums, groups);
        if (Squares) Grow(ref _squares, groups);
        if (Min && measure.IsFloating) Grow(ref _realMin, groups, double.NaN);
        else if (Min) Grow(ref _min, groups, long.MaxValue);
        if (Max && measure.IsFloating) Grow(ref _realMax, groups, double.NegativeInfinity);
        else if (Max) Grow(ref _max, groups, long.MinValue);
    }

    public override void Add(GrainBlock block, KeyBatch batch)
    {
        var values = block.Measure(number);
        if (values.Present == 0) return;
        // Places of the states, of the rows that have some.
        Span<int> places = stackalloc int[KeyBatch.Capacity];
        Span<int> groups = stackalloc int[KeyBatch.Capacity];
        var count = 0;
        for (var i = 0; i < batch.Count; i++)
        {
            var place = values.IndexOf(batch.From + batch.Rows[i]);
            places[count] = place;
            groups[count] = batch.Slots[i];
            count += place >= 0 ? 1 : 0;
        }
        Add(values, places[..count], groups[..count]);
    }

    void Add(BlockMeasure values, ReadOnlySpan<int> places, ReadOnlySpan<int> groups)
    {
        if (measure.IsFloating)
        {
            if (Min) Extremes(values.Min.Doubles, places, groups, _realMin, isMin: true);
            if (Max) Extremes(values.Max.Doubles, places, groups, _realMax, isMin: false);
            if (Sums) AddDoubles(values.Sums.Doubles, places, groups, _sums);
        }
        else
        {
            if (Min) Extremes(values.Min, places, groups, _min, isMin: true);
            if (Max) Extremes(values.Max, places, groups, _max, isMin: false);
            if (Sums)
            {
                var sums = values.Sums;
                for (var i = 0; i < places.Length; i++) _wholeSums[groups[i]] += sums.Whole(places[i]);
            }
        }
        if (Squares) AddDoubles(values.SumSquares.Doubles, places, groups, _squares);
        var counts = values.Counts;
        for (var i = 0; i < places.Length; i++) _counts[groups[i]] += counts[places[i]];
    }

    public override ResultColumn Column(QueryAggregate aggregate, int[] groups)
    {
        if (aggregate.Kind == AggregateKind.Count) return new NumberColumn(aggregate.Type, null, Array.ConvertAll(groups, g => _counts[g]), null);
        var nulls = Nulls(_counts, groups);
        return aggregate.Kind switch
        {
            AggregateKind.Average => new RealColumn(aggregate.Type, Array.ConvertAll(groups, Average), nulls),
            AggregateKind.SumSquares => new RealColumn(aggregate.Type, Array.ConvertAll(groups, g => _squares[g]), nulls),
            AggregateKind.Sum when measure.IsFloating => new RealColumn(aggregate.Type, Array.ConvertAll(groups, g => _sums[g]), nulls),
            AggregateKind.Sum => new HugeColumn(aggregate.Type, Array.ConvertAll(groups, g => _wholeSums[g]), nulls),
            var kind when measure.IsFloating =>
                new RealColumn(aggregate.Type, Array.ConvertAll(groups, g => kind == AggregateKind.Min ? _realMin[g] : _realMax[g]), nulls),
            var kind => new NumberColumn(aggregate.Type, null, Array.ConvertAll(groups, g => kind == AggregateKind.Min ? _min[g] : _max[g]), nulls),
        };
    }

    double Average(int group)
    {
        if (_counts[group] == 0) return 0;
        if (measure.IsFloating) return _sums[group] / _counts[group];
        var average = (double)_wholeSums[group] / _counts[group];
        return measure.Type.Kind == TypeKind.Decimal ? average / Math.Pow(10, measure.Type.Scale) : average;
    }

    static void AddDoubles(ReadOnlySpan<double> values, ReadOnlySpan<int> places, ReadOnlySpan<int> groups, double[] sums)
    {
        for (var i = 0; i < places.Length; i++) sums[groups[i]] += values[places[i]];
    }

    // NaN is the greatest value, as in the engine; it is also where the search for the least begins.
    static void Extremes(ReadOnlySpan<double> values, ReadOnlySpan<int> places, ReadOnlySpan<int> groups, double[] best, bool isMin)
    {
        for (var i = 0; i < places.Length; i++)
        {
            ref var found = ref best[groups[i]];
            var value = values[places[i]];
            if (isMin ? value < found || double.IsNaN(found) : value > found || double.IsNaN(value)) found = value;
        }
    }

    static void Extremes(BlockNumbers values, ReadOnlySpan<int> places, ReadOnlySpan<int> groups, long[] best, bool isMin)
    {
        for (var i = 0; i < places.Length; i++)
        {
            ref var found = ref best[groups[i]];
            var value = values[places[i]];
            if (isMin ? value < found : value > found) found = value;
        }
    }
}
