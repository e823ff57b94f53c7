namespace Quern.Projects;

/// <summary>How a model lands in the database.</summary>
public enum Materialization
{
    /// <summary>As a view: computed when it is read.</summary>
    View,

    /// <summary>As a table: computed once.</summary>
    Table,
}
