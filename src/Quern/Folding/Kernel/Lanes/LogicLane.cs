namespace Quern.Folding.Kernel.Lanes;

/// <summary>Truth values joined: NULL is unknown.</summary>
/// <param name="isAll">All must hold; else one.</param>
/// <param name="terms">The values.</param>
/// <param name="lane">Where values go.</param>
sealed unsafe class LogicLane(bool isAll, IReadOnlyList<LaneTerm> terms, Lane lane) : LaneTerm(lane)
{
    /// <inheritdoc/>
    protected override void Make(int rows, int chunk)
    {
        Lane.ClearNulls();
        new Span<long>(Lane.Values, rows).Fill(isAll ? 1 : 0);
        foreach (var term in terms)
        {
            var of = term.Evaluate(rows, chunk);
            for (var row = 0; row < rows; row++)
            {
                // What one term alone decides is not changed any more: a false one of all, a true one of any.
                var isNull = Lane.HasNulls && Lane.IsNull(row);
                if (!isNull && Lane.Values[row] != (isAll ? 1 : 0)) continue;
                if (of.HasNulls && of.IsNull(row)) Lane.SetNull(row);
                else if ((of.Values[row] != 0) != isAll) Decide(row, of.Values[row]);
            }
        }
    }

    void Decide(int row, long value)
    {
        Lane.Nulls[row >> 6] &= ~(1UL << row);
        Lane.Values[row] = value;
    }
}
