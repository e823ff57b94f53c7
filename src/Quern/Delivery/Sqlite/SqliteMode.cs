namespace Quern.Delivery.Sqlite;

/// <summary>What becomes of the rows that a table has already.</summary>
enum SqliteMode
{
    /// <summary>Those of the shipment's scope or of the keys that come go, else all.</summary>
    Replace,

    /// <summary>There must be none: the table is new.</summary>
    Create,

    /// <summary>They stay, and more are added.</summary>
    Append,

    /// <summary>Those with the keys that come go; each key comes once.</summary>
    Merge,
}
