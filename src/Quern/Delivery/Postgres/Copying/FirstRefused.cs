namespace Quern.Delivery.Postgres.Copying;

/// <summary>Ends a load at the first row that the server does not take, whose number is known then.</summary>
sealed class FirstRefused : RefusedRows
{
    /// <inheritdoc/>
    public override long Rows => 0;

    /// <inheritdoc/>
    public override void Add(long number, string? column, string code, string message) =>
        throw new RefusedRowException(new RefusedRow(number, column, code, message));

    /// <inheritdoc/>
    public override void Clear()
    {
    }
}
