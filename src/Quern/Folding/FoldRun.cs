using Quern.Budget;
using Quern.Folding.Engine;
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
        var plan = Plan(request);
        if (plan.EngineReason is not null) return new EngineRun(request, plan, run).Execute(sink);
        var once = new OnceSink(sink);
        var hashed = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        while (plan.EngineReason is null)
        {
            try
            {
                return new KernelRun(request, plan, run).Execute(once);
            }
            catch (Exception reason) when (reason is NotCovered or TooManyTexts && !once.HasBegun && request.Files.All(f => f.Once is null))
            {
                // What the rows hold is known when they are read only.
                request.Rejects?.Clear();
                request.Restarts?.Invoke();
                plan = reason is TooManyTexts texts && hashed.Add(texts.Name)
                    ? FoldPlanner.Plan(request.Fold, hashed)
                    : plan with { EngineReason = reason.Message };
            }
        }
        return new EngineRun(request, plan, run).Execute(sink);
    }

    /// <summary>How a request would be run.</summary>
    public static FoldPlan Plan(FoldRequest request)
    {
        if (request.Relation is not null) return new FoldPlan { Fold = request.Fold, EngineReason = "the rows do not come from CSV" };
        return FoldPlanner.Plan(request.Fold);
    }

    /// <summary>How a request would be run, and with what memory, in words.</summary>
    /// <param name="request">What is folded.</param>
    /// <param name="memory">The process's memory.</param>
    public static IEnumerable<string> Explain(FoldRequest request, MemoryLedger memory)
    {
        var plan = Plan(request);
        var lines = plan.EngineReason is null ? KernelMemory.Of(request, plan, memory).Lines() : EngineShare.Of(memory, request.Threads).Lines();
        return plan.Lines().Concat(lines);
    }

    /// <summary>Knows whether groups were handed on.</summary>
    sealed class OnceSink(FoldSink sink) : FoldSink
    {
        public bool HasBegun { get; private set; }

        public override void Begin(FoldPlan plan, IReadOnlyDictionary<string, KeyDomain> domains)
        {
            HasBegun = true;
            sink.Begin(plan, domains);
        }

        public override void Take(int grain, GrainRows rows) => sink.Take(grain, rows);
    }
}
