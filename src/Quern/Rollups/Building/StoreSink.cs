using Quern.Folding.Planning;
using Quern.Folding.Results;
using Quern.Rollups.Store;

namespace Quern.Rollups.Building;

/// <summary>Puts the groups of a fold into a store.</summary>
sealed class StoreSink(BuildPlan plan, StoreWriter store) : FoldSink
{
    /// <inheritdoc/>
    public override void Begin(FoldPlan folding, IReadOnlyDictionary<string, KeyDomain> domains) => store.Begin(
        plan.Fold,
        domains,
        plan.Measures,
        [.. folding.Grains.Select(g => new GrainOrder(g.Name, [.. g.Keys.Select(k => folding.Keys[k].Name)]))]);

    /// <inheritdoc/>
    public override void Take(int grain, GrainRows rows) => store.Write(grain, rows);
}
