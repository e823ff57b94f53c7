using Quern.Duck;

namespace Quern.Projects.Warehouses;

/// <summary>What the statements of a session cost since it was last asked.</summary>
sealed class StatementCosts
{
    /// <summary>CPU seconds of all threads inside operators.</summary>
    public double CpuSeconds { get; private set; }

    /// <summary>Bytes that DuckDB's buffers took at the most, by all sessions.</summary>
    public long PeakBytes { get; private set; }

    /// <summary>Bytes in temporary files at the most, by all sessions.</summary>
    public long SpillBytes { get; private set; }

    /// <summary>Adds a statement.</summary>
    public void Add(DuckProfile? profile)
    {
        if (profile is null) return;
        CpuSeconds += profile.Cpu.TotalSeconds;
        PeakBytes = Math.Max(PeakBytes, profile.PeakBufferBytes);
        SpillBytes = Math.Max(SpillBytes, profile.PeakTempBytes);
    }
}
