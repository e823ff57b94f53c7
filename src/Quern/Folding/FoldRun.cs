using Quern.Folding.Kernel;
using Quern.Folding.Planning;
using Quern.Folding.Results;
using Quern.Running;

namespace Quern.Folding;

/// <summary>Runs folds.</summary>
static class FoldRun
{
    /// <summary>Folds files and hands on the groups of all grains.</summary>
    /// <param name="request">What is folded.</param>
    /// <param name="run">Its memory, rows and steps.</param>
    /// <param name="sink">Takes the groups.</param>
    /// <exception cref="QuernException">A file cannot be read, or memory does not suffice.</exception>
    public static FoldOutcome Execute(FoldRequest request, Run run, FoldSink sink)
    {
        var plan = FoldPlanner.Plan(request.Fold);
        if (plan.EngineReason is { } reason) throw new NotCovered(reason);
        return new KernelRun(request, plan, run).Execute(sink);
    }
}
