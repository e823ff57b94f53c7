using Quern.Folding.Expressions;
using Quern.Folding.Kernel.Sums;

namespace Quern.Folding.Kernel.Lanes;

/// <summary>Two values compared, in the engine's order; NULL when one is NULL.</summary>
sealed unsafe class CompareLane(Comparison how, LaneTerm left, LaneTerm right, Lane lane) : LaneTerm(lane)
{
    /// <inheritdoc/>
    protected override void Make(int rows, int chunk)
    {
        var (one, other) = (left.Evaluate(rows, chunk), right.Evaluate(rows, chunk));
        Lane.CopyNulls(one);
        Lane.AddNulls(other);
        for (var row = 0; row < rows; row++)
        {
            if (Lane.HasNulls && Lane.IsNull(row)) continue;
            Lane.Values[row] = Holds(Compare(one, other, row)) ? 1 : 0;
        }
    }

    static int Compare(Lane one, Lane other, int row)
    {
        if (one.Kind == LaneKind.Text) return one.Texts[row].Bytes.SequenceCompareTo(other.Texts[row].Bytes);
        if (one.Kind == LaneKind.Whole && other.Kind == LaneKind.Whole) return one.Values[row].CompareTo(other.Values[row]);
        return Order(one, row).CompareTo(Order(other, row));
    }

    static long Order(Lane lane, int row) =>
        Quantum.Order(lane.Kind == LaneKind.Double ? lane.Values[row] : BitConverter.DoubleToInt64Bits(lane.Values[row]));

    bool Holds(int order) => how switch
    {
        Comparison.Equal => order == 0,
        Comparison.NotEqual => order != 0,
        Comparison.Less => order < 0,
        Comparison.LessOrEqual => order <= 0,
        Comparison.Greater => order > 0,
        _ => order >= 0,
    };
}
