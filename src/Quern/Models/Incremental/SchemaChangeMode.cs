namespace Quern.Models.Incremental;

/// <summary>What happens when the columns of a query are no longer those of its table.</summary>
enum SchemaChangeMode
{
    /// <summary>The table's columns are written; others are left out.</summary>
    Ignore,

    /// <summary>An error.</summary>
    Fail,

    /// <summary>New columns are added.</summary>
    AppendNewColumns,

    /// <summary>New columns are added, vanished ones dropped, types changed.</summary>
    SyncAllColumns,
}
