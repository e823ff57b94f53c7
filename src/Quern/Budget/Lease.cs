namespace Quern.Budget;

/// <summary>A part of the memory limit held by one user of it, until disposed.</summary>
public sealed class Lease : IDisposable
{
    readonly MemoryLedger _ledger;

    internal Lease(MemoryLedger ledger, string name, long bytes)
    {
        _ledger = ledger;
        Name = name;
        Bytes = bytes;
    }

    /// <summary>Who holds it, in words of the plan: "csv blocks", "duckdb".</summary>
    public string Name { get; }

    /// <summary>What is held now; zero after disposal.</summary>
    public long Bytes { get; internal set; }

    /// <summary>Makes the lease larger or smaller; false, with nothing changed, when the ledger has not that much left.</summary>
    /// <param name="bytes">The new size, zero or more.</param>
    /// <exception cref="ObjectDisposedException">The lease was given back.</exception>
    public bool TryResize(long bytes) => _ledger.TryResize(this, bytes);

    /// <summary>Gives everything back; a second time does nothing.</summary>
    public void Dispose() => _ledger.Return(this);
}
