using Quern.Projects.Nodes;

namespace Quern.Models.Freshness;

/// <summary>What a table of a source said of its age.</summary>
public sealed record FreshnessResult
{
    /// <summary>The table.</summary>
    public required SourceTable Table { get; init; }

    /// <summary>How fresh it is.</summary>
    public required FreshnessStatus Status { get; init; }

    /// <summary>When its last row came, UTC; the first moment of all for a table without rows. Only without a <see cref="Fault"/>.</summary>
    public DateTime LoadedAt { get; init; }

    /// <summary>When it was asked, UTC.</summary>
    public DateTime AskedAt { get; init; }

    /// <summary>What went wrong; null when nothing did.</summary>
    public Fault? Fault { get; init; }

    /// <summary>Seconds that asking took.</summary>
    public double Seconds { get; init; }

    /// <summary>Seconds between its last row and the moment it was asked.</summary>
    public double AgeSeconds => (AskedAt - LoadedAt).TotalSeconds;
}
