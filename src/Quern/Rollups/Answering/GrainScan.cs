using Quern.Folding.Declared;
using Quern.Rollups.Queries;
using Quern.Rollups.Routing;
using Quern.Rollups.Store;

namespace Quern.Rollups.Answering;

/// <summary>
/// Reads the rows of a grain that a query needs and merges their states. Blocks are skipped by the least and greatest codes that the index has of
/// them; rows are sorted by the first key, so a filter on it cuts slices out of a block; other filters look at codes, in runs of 4,096 rows; what
/// is left is numbered by group and added. No row is touched one by one through a virtual call, and no value is looked at before the end.
/// </summary>
/// <param name="match">The grain and how it answers.</param>
sealed class GrainScan(GrainMatch match)
{
    readonly GroupSlots _slots = new(match.Keys, match.Filters, match.RowsToRead);
    readonly KeyBatch _batch = new(match.Grain.Keys.Count);
    readonly RowState _rows = new();
    readonly List<(GroupState State, IReadOnlyList<QueryAggregate> For)> _states = [];
    readonly ulong[]?[] _bits = new ulong[match.Grain.Keys.Count][];

    /// <summary>Rows of the grain that were looked at.</summary>
    public long RowsRead { get; private set; }

    /// <summary>Whether a block can hold rows that filters let through.</summary>
    public static bool IsNeeded(StoredGrain grain, int block, IReadOnlyList<CodeSet?> filters)
    {
        for (var k = 0; k < filters.Count; k++)
            if (filters[k] is { } codes && !codes.Meets(grain.Low(block, k), grain.High(block, k))) return false;
        return true;
    }

    /// <summary>The values of all groups in ascending order of their keys: those of the keys, then those of the aggregates.</summary>
    public IReadOnlyList<ResultColumn> Read(CancellationToken cancel)
    {
        Prepare();
        if (!match.Filters.Any(f => f is { IsEmpty: true }))
        {
            for (var block = 0; block < match.Grain.Blocks; block++)
            {
                cancel.ThrowIfCancellationRequested();
                if (IsNeeded(match.Grain, block, match.Filters)) Read(block);
            }
        }
        return Columns();
    }

    void Prepare()
    {
        for (var m = 0; m < match.Grain.Measures.Count; m++)
        {
            var of = match.Aggregates.Where(a => a.Measure == m).Select(a => a.Aggregate).ToList();
            if (of.Count == 0) continue;
            var states = of.Aggregate(MeasureKeep.None, (all, a) => all | a.Kind switch
            {
                AggregateKind.Sum or AggregateKind.Average => MeasureKeep.Sum,
                AggregateKind.Min => MeasureKeep.Min,
                AggregateKind.Max => MeasureKeep.Max,
                AggregateKind.SumSquares => MeasureKeep.SumSquares,
                _ => MeasureKeep.Count,
            });
            _states.Add((new MeasureState(m, match.Grain.Measures[m], states), of));
        }
        foreach (var aggregate in match.Aggregates)
            if (aggregate.Key is { } key) _states.Add((new KeyState(key, aggregate.Aggregate.Kind), [aggregate.Aggregate]));
    }

    void Read(int index)
    {
        var block = match.Grain[index];
        var first = match.Filters.Count > 0 ? match.Filters[0] : null;
        if (first is null || first.Covers(match.Grain.Low(index, 0), match.Grain.High(index, 0)))
        {
            Read(block, index, 0, block.Rows);
            return;
        }
        var codes = block.Key(0);
        foreach (var (from, to) in first.Ranges)
        {
            var begin = Below(codes, from, 0);
            var end = Below(codes, to, begin);
            if (begin < end) Read(block, index, begin, end);
            if (end == block.Rows) break;
        }
    }

    void Read(GrainBlock block, int index, int begin, int end)
    {
        for (var from = begin; from < end; from += KeyBatch.Capacity)
        {
            var rows = Math.Min(KeyBatch.Capacity, end - from);
            RowsRead += rows;
            _batch.Begin(from, rows);
            // The first key is dealt with by slices.
            for (var k = 1; k < match.Filters.Count && _batch.Count > 0; k++)
            {
                if (match.Filters[k] is { } codes && !codes.Covers(match.Grain.Low(index, k), match.Grain.High(index, k)))
                    Keep(_batch.Codes(block, k), codes, k);
            }
            foreach (var node in match.Rest) Keep(block, node);
            if (_batch.Count == 0) continue;
            _slots.Find(block, _batch);
            _rows.Grow(_slots.Count);
            _rows.Add(block, _batch);
            foreach (var (state, _) in _states)
            {
                state.Grow(_slots.Count);
                state.Add(block, _batch);
            }
        }
    }

    void Keep(ReadOnlySpan<uint> codes, CodeSet set, int key)
    {
        var (rows, count) = (_batch.Rows, 0);
        if (set.Ranges is [var (from, to)])
        {
            for (var i = 0; i < _batch.Count; i++)
            {
                var row = rows[i];
                rows[count] = row;
                count += codes[row] - from < to - from ? 1 : 0;
            }
        }
        else
        {
            var bits = _bits[key] ??= set.Bits(match.Grain.Keys[key].Count + 1);
            for (var i = 0; i < _batch.Count; i++)
            {
                var row = rows[i];
                rows[count] = row;
                count += (int)(bits[codes[row] >> 6] >> (int)(codes[row] & 63)) & 1;
            }
        }
        _batch.Count = count;
    }

    void Keep(GrainBlock block, FilterNode node)
    {
        var count = 0;
        for (var i = 0; i < _batch.Count; i++)
        {
            var row = _batch.Rows[i];
            _batch.Rows[count] = row;
            if (Holds(block, node, row)) count++;
        }
        _batch.Count = count;
    }

    bool Holds(GrainBlock block, FilterNode node, int row)
    {
        switch (node)
        {
            case FilterLeaf leaf:
                var code = _batch.Codes(block, leaf.Key)[row];
                return leaf.Codes.Meets(code, code);
            case FilterAll all:
                foreach (var term in all.Terms)
                    if (!Holds(block, term, row)) return false;
                return true;
            default:
                foreach (var term in ((FilterAny)node).Terms)
                    if (Holds(block, term, row)) return true;
                return false;
        }
    }

    List<ResultColumn> Columns()
    {
        var groups = Groups();
        _rows.Grow(_slots.Count);
        foreach (var (state, _) in _states) state.Grow(_slots.Count);
        var columns = new List<ResultColumn>();
        for (var k = 0; k < match.Keys.Count; k++)
        {
            var codes = new uint[groups.Length];
            for (var i = 0; i < codes.Length; i++) codes[i] = _slots.Code(k, groups[i]);
            columns.Add(new CodeColumn(match.Keys[k].To, (match.Keys[k].To as Folding.Results.LinearDomain)?.Bucket, codes));
        }
        foreach (var aggregate in match.Aggregates)
        {
            var state = aggregate is { Measure: < 0, Key: null } ? _rows : _states.First(s => s.For.Any(a => ReferenceEquals(a, aggregate.Aggregate))).State;
            columns.Add(state.Column(aggregate.Aggregate, groups));
        }
        return columns;
    }

    // Without keys there is one group, even of no rows.
    int[] Groups()
    {
        if (match.Keys.Count == 0) return [0];
        var groups = new int[_slots.Count];
        var count = 0;
        for (var group = 0; group < groups.Length && RowsRead > 0; group++)
        {
            groups[count] = group;
            if (_rows.Has(group)) count++;
        }
        Array.Resize(ref groups, count);
        _slots.Sort(groups);
        return groups;
    }

    // The first row from one on whose code is not below another.
    static int Below(BlockCodes codes, uint code, int from)
    {
        var (low, high) = (from, codes.Rows);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (codes[middle] < code) low = middle + 1;
            else high = middle;
        }
        return low;
    }
}
