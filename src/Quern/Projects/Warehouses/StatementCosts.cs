using Quern.Duck;

namespace Quern.Projects.Warehouses;

/// <summary>What the statements of a session cost since it was last asked.</summary>
sealed class StatementCosts
{
    /// <summary>CPU seconds of all threads inside operators.</summary>
    public double CpuSeconds { get; private set; }

    /// <summary>Bytes that DuckDB's buffers took at the most, by all sessions.</summary>
    public long PeakBytes { get; private set; }

    /// <summary>Bytes by which temporary files outgrew all that the run had spilled before; null when they stayed below that, so that
    /// nothing can be said.</summary>
    public long? SpillBytes { get; private set; } = 0;

    /// <summary>The statement that took the most time, when operators are measured; null otherwise.</summary>
    public DuckProfile? Dearest { get; private set; }

    /// <summary>Adds a statement.</summary>
    /// <param name="profile">What was measured.</param>
    /// <param name="spilled">As <see cref="Warehouse.Spill"/> gives it.</param>
    public void Add(DuckProfile profile, long? spilled)
    {
        if (profile.Operators.Count > 0 && (Dearest is null || profile.Cpu > Dearest.Cpu)) Dearest = profile;
        CpuSeconds += profile.Cpu.TotalSeconds;
        PeakBytes = Math.Max(PeakBytes, profile.PeakBufferBytes);
        SpillBytes = spilled switch
        {
            > 0 => (SpillBytes ?? 0) + spilled,
            null when SpillBytes is 0 => null,
            _ => SpillBytes,
        };
    }
}
