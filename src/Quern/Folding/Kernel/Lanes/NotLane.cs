namespace Quern.Folding.Kernel.Lanes;

/// <summary>The contrary of a truth value, or whether a value is NULL.</summary>
/// <param name="asksNull">Asks for NULL.</param>
/// <param name="of">The value.</param>
/// <param name="lane">Where values go.</param>
sealed unsafe class NotLane(bool asksNull, LaneTerm of, Lane lane) : LaneTerm(lane)
{
    /// <inheritdoc/>
    protected override void Make(int rows, int chunk)
    {
        var from = of.Evaluate(rows, chunk);
        if (!asksNull) Lane.CopyNulls(from);
        for (var row = 0; row < rows; row++)
        {
            if (asksNull) Lane.Values[row] = from.HasNulls && from.IsNull(row) ? 1 : 0;
            else Lane.Values[row] = from.Values[row] == 0 ? 1 : 0;
        }
    }
}
