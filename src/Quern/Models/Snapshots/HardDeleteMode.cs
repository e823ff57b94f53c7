namespace Quern.Models.Snapshots;

/// <summary>What becomes of rows that the query of a snapshot gives no more.</summary>
enum HardDeleteMode
{
    /// <summary>Nothing: their last version stays valid.</summary>
    Ignore,

    /// <summary>Their last version ends.</summary>
    Invalidate,

    /// <summary>Their last version ends, and one that says so begins.</summary>
    NewRecord,
}
