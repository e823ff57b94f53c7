namespace Quern.Delivery.Postgres.Copying;

/// <summary>Ends a load that sets no rows aside.</summary>
/// <param name="row">The row.</param>
/// <param name="cause">What the server said; null when it was not asked.</param>
sealed class RefusedRowException(RefusedRow row, Exception? cause = null) : Exception(row.Message, cause)
{
    /// <summary>The row.</summary>
    public RefusedRow Row => row;
}
