using Quern.Projects.Warehouses;

namespace Quern.Models;

/// <summary>How a run goes, where the project and the caller's flags leave it open.</summary>
public sealed record RunSettings
{
    /// <summary>Nodes at a time at the most, whatever the profile says; null for no limit of its own. Default: null.</summary>
    public int? MostThreads { get; init; }

    /// <summary>What is measured of each node. Default: memory and temporary files, which costs nothing that can be seen.</summary>
    public CostLevel Measures { get; init; } = CostLevel.Spill;

    /// <summary>Whether on-run-start and on-run-end run. Default: true.</summary>
    public bool RunsHooks { get; init; } = true;

    /// <summary>Whether a comment with the node goes before each statement, for the engine's own logs. Default: true.</summary>
    public bool CommentsStatements { get; init; } = true;
}
