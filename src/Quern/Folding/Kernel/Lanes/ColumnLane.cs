namespace Quern.Folding.Kernel.Lanes;

/// <summary>A column of the source: its values are there.</summary>
sealed class ColumnLane(Lane lane) : LaneTerm(lane)
{
    /// <summary>The lane is the sink's.</summary>
    public override void Dispose()
    {
    }

    /// <inheritdoc/>
    protected override void Make(int rows, int chunk)
    {
    }
}
