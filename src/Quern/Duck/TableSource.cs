using Quern.Chunks;

namespace Quern.Duck;

/// <summary>A <see cref="TableFunction"/> with its arguments: what it will give, before any row is read.</summary>
/// <remarks>Scanned once for each time that the statement runs, possibly by several queries at once. Disposed when
/// DuckDB drops the statement.</remarks>
public abstract class TableSource : IDisposable
{
    /// <summary>All columns it can give.</summary>
    public abstract Schema Schema { get; }

    /// <summary>Estimated rows, for DuckDB's planner; null when not known. Default: null.</summary>
    public virtual long? EstimatedRows => null;

    /// <summary>True when <see cref="EstimatedRows"/> is the exact count. Default: false.</summary>
    public virtual bool EstimateIsExact => false;

    /// <summary>Starts reading the columns that a query needs.</summary>
    /// <param name="columns">Positions in <see cref="Schema"/>, in the order in which readers fill them; the first one
    /// alone when a query only counts rows.</param>
    public abstract TableScan Scan(IReadOnlyList<int> columns);

    /// <summary>Frees what was bound. Default: nothing.</summary>
    public virtual void Dispose() => GC.SuppressFinalize(this);
}
