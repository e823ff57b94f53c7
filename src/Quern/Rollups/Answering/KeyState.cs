using Quern.Chunks;
using Quern.Folding.Results;
using Quern.Rollups.Queries;
using Quern.Rollups.Store;

namespace Quern.Rollups.Answering;

/// <summary>What the codes of a key say of a column: values, sums, least, greatest and distinct ones.</summary>
/// <param name="map">How the key gives the column.</param>
/// <param name="kind">What is asked.</param>
sealed class KeyState(TermMap map, AggregateKind kind) : GroupState
{
    readonly HashSet<(int Group, uint Code)> _seen = [];
    long[] _counts = [];
    Int128[] _sums = [];
    uint[] _codes = [];

    public override void Grow(int groups)
    {
        Grow(ref _counts, groups);
        if (kind is AggregateKind.Sum or AggregateKind.Average) Grow(ref _sums, groups);
        if (kind == AggregateKind.Min) Grow(ref _codes, groups, uint.MaxValue);
        if (kind == AggregateKind.Max) Grow(ref _codes, groups);
    }

    public override void Add(GrainBlock block, KeyBatch batch)
    {
        var codes = batch.Codes(block, map.Key);
        var counts = block.Counts;
        var none = map.From.Null;
        for (var i = 0; i < batch.Count; i++)
        {
            var (row, group) = (batch.Rows[i], batch.Slots[i]);
            var code = codes[row];
            if (code == none) continue;
            var rows = counts[batch.From + row];
            _counts[group] += rows;
            switch (kind)
            {
                case AggregateKind.Sum or AggregateKind.Average:
                    _sums[group] += (Int128)DomainValues.Number(map.To, map[code]) * rows;
                    break;
                case AggregateKind.Min:
                    _codes[group] = Least(_codes[group], map[code]);
                    break;
                case AggregateKind.Max:
                    _codes[group] = _counts[group] == rows ? map[code] : Greatest(_codes[group], map[code]);
                    break;
                case AggregateKind.Distinct or AggregateKind.ApproximateDistinct:
                    _seen.Add((group, map[code]));
                    break;
            }
        }
    }

    public override ResultColumn Column(QueryAggregate aggregate, int[] groups)
    {
        switch (kind)
        {
            case AggregateKind.Count:
                return new NumberColumn(aggregate.Type, null, Array.ConvertAll(groups, g => _counts[g]), null);
            case AggregateKind.Distinct or AggregateKind.ApproximateDistinct:
                var distinct = new Dictionary<int, long>();
                foreach (var (group, _) in _seen) distinct[group] = distinct.GetValueOrDefault(group) + 1;
                return new NumberColumn(aggregate.Type, null, Array.ConvertAll(groups, g => distinct.GetValueOrDefault(g)), null);
            case AggregateKind.Min or AggregateKind.Max:
                return new CodeColumn(map.To, aggregate.Bucket, Array.ConvertAll(groups, g => _counts[g] == 0 ? map.To.Null : _codes[g]));
            case AggregateKind.Sum:
                return new HugeColumn(aggregate.Type, Array.ConvertAll(groups, g => _sums[g]), Nulls(_counts, groups));
            default:
                var scale = map.To.Type.Kind == TypeKind.Decimal ? Math.Pow(10, map.To.Type.Scale) : 1;
                return new RealColumn(aggregate.Type, Array.ConvertAll(groups, g => _counts[g] == 0 ? 0 : (double)_sums[g] / _counts[g] / scale), Nulls(_counts, groups));
        }
    }

    uint Least(uint one, uint other) => one == uint.MaxValue || IsLess(other, one) ? other : one;

    uint Greatest(uint one, uint other) => IsLess(one, other) ? other : one;

    // Codes are in the order of their values, but for texts that were too many to sort.
    bool IsLess(uint one, uint other) =>
        map.To is TextDomain { IsSorted: false } texts ? texts[one].SequenceCompareTo(texts[other]) < 0 : one < other;
}
