using Quern.Folding.Planning;

namespace Quern.Folding.Results;

/// <summary>Takes the groups of a fold.</summary>
/// <remarks>Groups of one grain come in ascending order and one call after the other; those of two grains may come at the same time, on two
/// threads. Whoever throws ends the fold.</remarks>
abstract class FoldSink
{
    /// <summary>All rows were read.</summary>
    /// <param name="plan">The plan as it is run.</param>
    /// <param name="domains">What the codes of keys stand for, by their names.</param>
    public abstract void Begin(FoldPlan plan, IReadOnlyDictionary<string, KeyDomain> domains);

    /// <summary>Takes groups.</summary>
    /// <param name="grain">Position of the grain in the fold. Its keys are in the order of <see cref="GrainPlan.Keys"/>.</param>
    /// <param name="rows">The groups, valid during the call.</param>
    public abstract void Take(int grain, GrainRows rows);
}
