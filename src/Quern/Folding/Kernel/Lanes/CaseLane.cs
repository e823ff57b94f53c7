using Quern.Chunks;

namespace Quern.Folding.Kernel.Lanes;

/// <summary>The value of the first condition that holds, or of the last one, which has none.</summary>
/// <param name="branches">Conditions, null for none, and values.</param>
/// <param name="lane">Where values go.</param>
sealed unsafe class CaseLane(IReadOnlyList<(LaneTerm? When, LaneTerm Then)> branches, Lane lane) : LaneTerm(lane)
{
    readonly bool[] _isDone = new bool[Chunk.Capacity];

    /// <inheritdoc/>
    protected override void Make(int rows, int chunk)
    {
        Lane.ClearNulls();
        Array.Clear(_isDone);
        foreach (var (when, then) in branches)
        {
            var (condition, value) = (when?.Evaluate(rows, chunk), then.Evaluate(rows, chunk));
            for (var row = 0; row < rows; row++)
            {
                if (_isDone[row]) continue;
                if (condition is not null && (condition.Values[row] == 0 || (condition.HasNulls && condition.IsNull(row)))) continue;
                _isDone[row] = true;
                Take(value, row);
            }
        }
        for (var row = 0; row < rows; row++)
            if (!_isDone[row]) Lane.SetNull(row);
    }

    void Take(Lane value, int row)
    {
        if (value.HasNulls && value.IsNull(row)) Lane.SetNull(row);
        else if (Lane.Kind == LaneKind.Text) Lane.Texts[row] = value.Texts[row];
        else if (Lane.Kind == LaneKind.Double && value.Kind == LaneKind.Whole) Lane.Doubles[row] = value.Values[row];
        else Lane.Values[row] = value.Values[row];
    }
}
