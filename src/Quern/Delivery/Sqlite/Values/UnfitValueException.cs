namespace Quern.Delivery.Sqlite.Values;

/// <summary>SQLite cannot hold a value as it is.</summary>
/// <param name="reason">Why.</param>
/// <param name="row">Its row in the chunk, from 0.</param>
sealed class UnfitValueException(UnfitReason reason, int row) : Exception(reason.ToString())
{
    /// <summary>Why.</summary>
    public UnfitReason Reason => reason;

    /// <summary>Its row in the chunk, from 0.</summary>
    public int Row => row;
}
