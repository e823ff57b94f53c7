namespace Quern.Folding.Kernel.Lanes;

/// <summary>A column of the source: its values are there.</summary>
sealed class ColumnLane(Lane lane) : LaneTerm(lane, ownsLane: false)
{
    /// <inheritdoc/>
    protected override void Make(int rows, int chunk)
    {
    }
}
