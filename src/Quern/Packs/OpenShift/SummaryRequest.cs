using Quern.Delivery;

namespace Quern.Packs.OpenShift;

/// <summary>A daily summary to be made.</summary>
public sealed record SummaryRequest
{
    /// <summary>Cluster, days and reference tables.</summary>
    public required SummaryParameters Parameters { get; init; }

    /// <summary>Files, folders and globs that hold the reports.</summary>
    public required IReadOnlyList<string> Inputs { get; init; }

    /// <summary>Absolute path that relative inputs start from.</summary>
    public required string BaseDirectory { get; init; }

    /// <summary>Where the result goes; at least one.</summary>
    public required IReadOnlyList<Destination> Destinations { get; init; }

    /// <summary>Folder of the pack: the project of SQL models that does the work.</summary>
    public required string PackFolder { get; init; }

    /// <summary>Threads of the engine.</summary>
    public required int Threads { get; init; }

    /// <summary>Where temporary files go; null is the system's folder for them.</summary>
    public string? TempDirectory { get; init; }

    /// <summary>A day without rows empties the day in the destinations, too. Default: false, its rows stay.</summary>
    public bool AllowEmpty { get; init; }
}
