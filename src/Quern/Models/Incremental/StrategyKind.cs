namespace Quern.Models.Incremental;

/// <summary>How the rows of a run go into a growing table.</summary>
enum StrategyKind
{
    /// <summary>To its end.</summary>
    Append,

    /// <summary>Rows with the same key go first.</summary>
    DeleteInsert,

    /// <summary>Rows with the same key are changed, others inserted.</summary>
    Merge,

    /// <summary>Rows of the same span of event time go first.</summary>
    Microbatch,

    /// <summary>As a macro of the project says.</summary>
    Custom,
}
