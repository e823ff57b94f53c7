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
}
