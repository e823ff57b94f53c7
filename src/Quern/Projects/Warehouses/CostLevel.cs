namespace Quern.Projects.Warehouses;

/// <summary>What is measured of each statement.</summary>
public enum CostLevel
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Temporary files and memory: costs nothing that can be seen.</summary>
    Spill,

    /// <summary>CPU time of every operator too: costs up to a fifth of the time.</summary>
    All,

    /// <summary>All that the engine tells of every operator, for an explanation of the most expensive statement.</summary>
    Operators,
}
