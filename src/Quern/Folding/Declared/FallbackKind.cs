namespace Quern.Folding.Declared;

/// <summary>What answers a query that no grain can.</summary>
enum FallbackKind
{
    /// <summary>All rows as Parquet, written in the pass that folds.</summary>
    Parquet,

    /// <summary>The files themselves, as long as their sizes and times are those of the build.</summary>
    Raw,

    /// <summary>Nothing: such a query is an error.</summary>
    None,
}
