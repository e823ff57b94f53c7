namespace Quern.Projects.Warehouses;

/// <summary>What a relation is in the database.</summary>
public enum RelationKind
{
    /// <summary>A table.</summary>
    Table,

    /// <summary>A view.</summary>
    View,

    /// <summary>A view over a file that a model wrote.</summary>
    External,

    /// <summary>The query of an ephemeral model inside another.</summary>
    Cte,
}
