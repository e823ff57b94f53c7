using Quern.Folding.Declared;
using Quern.Folding.Planning;

namespace Quern.Folding.Kernel.Tables;

/// <summary>A sum that groups keep: of a measure, or of its squares.</summary>
/// <param name="Measure">Position of the measure.</param>
/// <param name="IsSquare">Of the squares of its values, each rounded to a DOUBLE.</param>
/// <param name="Kind">How values are added up.</param>
readonly record struct StatePlan(int Measure, bool IsSquare, MeasureKind Kind)
{
    /// <summary>The states of a fold: one for each measure, and behind them those of squares.</summary>
    public static StatePlan[] Of(FoldPlan plan) =>
    [
        .. plan.Measures.Select((m, i) => new StatePlan(i, false, m.Kind)),
        .. plan.Measures.Index().Where(m => m.Item.Keep.HasFlag(MeasureKeep.SumSquares)).Select(m => new StatePlan(m.Index, true, MeasureKind.Double)),
    ];
}
