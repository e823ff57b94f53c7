using Quern.Duck;
using Quern.Running;

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

    /// <summary>About how many rows there are, where <see cref="Rows"/> is not known. Default: null, nobody knows.</summary>
    public long? ExpectedRows { get; init; }

    /// <summary>The same rows before they come to the engine. Default: null, the engine has them.</summary>
    public CsvFeed? Csv { get; init; }

    /// <summary>Rows of a Parquet row group, which is held in memory while it is written. Default: 122,880.</summary>
    public int RowGroupRows { get; init; } = 122_880;

    /// <summary>An empty table replaces what is there. Default: false, the destination stays as it is.</summary>
    public bool AllowEmpty { get; init; }

    /// <summary>The run: is told what was noticed, and how far the rows are. Default: null, nobody.</summary>
    public Run? Run { get; init; }

    /// <summary>The rows come only once: what fails cannot be tried again. Default: false.</summary>
    public bool IsReadOnce { get; init; }

    /// <summary>Called when rows are about to be read from the first on, which may be more than once. Default: nothing.</summary>
    public Action Restart { get; init; } = () => { };

    /// <summary>Where rows go that the destination does not take, instead of ending the load. Default: null, the first one ends it.</summary>
    public RefusedRows? Refused { get; init; }

    /// <summary>Finds out where a row comes from, by its number from 0. Default: nobody knows.</summary>
    public Func<long, RowPlace?> Locate { get; init; } = _ => null;

    /// <summary>The columns of files, as a query.</summary>
    public string Query => $"select {Sql.Names(Columns)} from {Relation}";
}
