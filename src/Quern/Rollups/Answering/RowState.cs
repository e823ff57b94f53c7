using Quern.Rollups.Queries;
using Quern.Rollups.Store;

namespace Quern.Rollups.Answering;

/// <summary>Rows of each group; a group without any is none.</summary>
sealed class RowState : GroupState
{
    long[] _rows = [];

    /// <summary>A group has rows.</summary>
    public bool Has(int group) => group < _rows.Length && _rows[group] > 0;

    public override void Grow(int groups) => Grow(ref _rows, groups);

    public override void Add(GrainBlock block, KeyBatch batch)
    {
        var counts = block.Counts;
        for (var i = 0; i < batch.Count; i++) _rows[batch.Slots[i]] += counts[batch.From + batch.Rows[i]];
    }

    public override ResultColumn Column(QueryAggregate aggregate, int[] groups) =>
        new NumberColumn(aggregate.Type, null, Array.ConvertAll(groups, g => _rows[g]), null);
}
