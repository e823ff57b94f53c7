using Quern.Duck;

namespace Quern.Delivery;

/// <summary>A finished table, or the rows of a query, on its way to its destinations.</summary>
sealed record Shipment
{
    /// <summary>The relation to read, as SQL names it; its rows are in the order in which they are to be written.</summary>
    public required string Relation { get; init; }

    /// <summary>Name of the table in databases.</summary>
    public required string Table { get; init; }

    /// <summary>Columns of files, in their order.</summary>
    public required IReadOnlyList<string> Columns { get; init; }

    /// <summary>Columns that databases have in front of <see cref="Columns"/>. Default: none.</summary>
    public IReadOnlyList<string> DatabaseColumns { get; init; } = [];

    /// <summary>What of a destination that keeps other rows is replaced. Default: null, all there is.</summary>
    public Scope? Scope { get; init; }

    /// <summary>Rows in the relation. Default: null, nobody knows before they are written.</summary>
    public long? Rows { get; init; }

    /// <summary>Rows of a Parquet row group, which is held in memory while it is written. Default: 122,880.</summary>
    public int RowGroupRows { get; init; } = 122_880;

    /// <summary>An empty table replaces what is there. Default: false, the destination stays as it is.</summary>
    public bool AllowEmpty { get; init; }

    /// <summary>The columns of files, as a query.</summary>
    public string Query => $"select {Sql.Names(Columns)} from {Relation}";
}
