namespace Quern.Delivery.Sqlite.Values;

/// <summary>Why SQLite cannot hold a value as it is.</summary>
enum UnfitReason
{
    /// <summary>A text with a NUL.</summary>
    Nul,

    /// <summary>A double that is no number.</summary>
    Nan,

    /// <summary>More bytes than a value may have.</summary>
    TooBig,
}
