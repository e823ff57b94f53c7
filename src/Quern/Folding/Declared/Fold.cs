using Quern.Folding.Expressions;

namespace Quern.Folding.Declared;

/// <summary>A declared fold: which rows, which keys, which measures, at which grains. It says nothing of how it is run, so Quern's kernel, the
/// engine or a cluster can, with the same answer.</summary>
sealed record Fold
{
    /// <summary>What quern.yml calls it.</summary>
    public required string Name { get; init; }

    /// <summary>Where rows come from.</summary>
    public required FoldSource Source { get; init; }

    /// <summary>Zone in which moments fall into minutes, hours and days: a name of the IANA database. Default: UTC.</summary>
    public string Zone { get; init; } = "UTC";

    /// <summary>What answers a query that no grain can. Default: Parquet, written in the same pass.</summary>
    public FallbackKind Fallback { get; init; } = FallbackKind.Parquet;

    /// <summary>Rows to keep; null for all. Default: null.</summary>
    public Expression? Where { get; init; }

    /// <summary>Columns made of those of the source, in the order in which they are declared.</summary>
    public IReadOnlyList<DerivedColumn> Derived { get; init; } = [];

    /// <summary>What each group keeps. The number of rows is always kept.</summary>
    public IReadOnlyList<FoldMeasure> Measures { get; init; } = [];

    /// <summary>The groupings; at least one.</summary>
    public required IReadOnlyList<Grain> Grains { get; init; }

    /// <summary>Partials are kept for each file, so that a changed file can be folded anew alone. Default: false.</summary>
    public bool Incremental { get; init; }
}
