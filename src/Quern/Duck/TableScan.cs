namespace Quern.Duck;

/// <summary>One run over a <see cref="TableSource"/>, shared by the threads of a query.</summary>
public abstract class TableScan : IDisposable
{
    /// <summary>Threads that can read at once; DuckDB uses up to its own limit. Default: 1.</summary>
    public virtual int MaxThreads => 1;

    /// <summary>A reader for one more thread; called from that thread, by several at once when <see cref="MaxThreads"/>
    /// says so.</summary>
    public abstract TableReader Open();

    /// <summary>Frees what the scan holds, after its readers. Default: nothing.</summary>
    public virtual void Dispose() => GC.SuppressFinalize(this);
}
