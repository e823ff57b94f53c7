using Quern.Folding.Declared;
using Quern.Folding.Expressions;

namespace Quern.Folding.Planning;

/// <summary>How a fold is run: what explain prints and the run executes.</summary>
sealed record FoldPlan
{
    /// <summary>The fold.</summary>
    public required Fold Fold { get; init; }

    /// <summary>Why the engine does it and not the kernel; null for the kernel.</summary>
    public string? EngineReason { get; init; }

    /// <summary>What records hold.</summary>
    public IReadOnlyList<FieldPlan> Fields { get; init; } = [];

    /// <summary>The keys of all grains, each once.</summary>
    public IReadOnlyList<KeyPlan> Keys { get; init; } = [];

    /// <summary>The measures, in the order of the fold.</summary>
    public IReadOnlyList<MeasurePlan> Measures { get; init; } = [];

    /// <summary>The grains, in the order of the fold.</summary>
    public IReadOnlyList<GrainPlan> Grains { get; init; } = [];

    /// <summary>Sets of records.</summary>
    public IReadOnlyList<FamilyPlan> Families { get; init; } = [];

    /// <summary>The filter, with derived columns put in; null for none.</summary>
    public Expression? Where { get; init; }

    /// <summary>A sentence for each decision.</summary>
    public IEnumerable<string> Lines() => PlanText.Lines(this);
}
