using Quern.Chunks;
using Quern.Folding.Declared;

namespace Quern.Rollups.Store;

/// <summary>What the groups of a store keep of a column.</summary>
/// <param name="Of">The column, as the fold names it.</param>
/// <param name="Type">Of its values. Sums of FLOAT and DOUBLE are DOUBLE, all others exact whole numbers (unscaled for DECIMAL).</param>
/// <param name="Keep">Which states; the count is always among them.</param>
sealed record StoredMeasure(string Of, LogicalType Type, MeasureKeep Keep)
{
    /// <summary>Least and greatest values and sums are DOUBLE.</summary>
    public bool IsFloating => Type.Kind is TypeKind.Float or TypeKind.Double;

    /// <summary>The state is kept.</summary>
    public bool Keeps(MeasureKeep state) => (Keep & state) != 0;
}
