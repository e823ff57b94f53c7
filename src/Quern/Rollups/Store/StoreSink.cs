using Quern.Folding.Planning;
using Quern.Folding.Results;

namespace Quern.Rollups.Store;

/// <summary>Writes the groups of a fold to a store.</summary>
/// <param name="writer">The store; published by the caller when the fold is done.</param>
sealed class StoreSink(StoreWriter writer) : FoldSink
{
    /// <inheritdoc/>
    public override void Begin(FoldPlan plan, IReadOnlyDictionary<string, KeyDomain> domains) => writer.Begin(
        plan.Fold,
        domains,
        [.. plan.Measures.Select(m => new StoredMeasure(m.Name, m.Type, m.Keep))],
        [.. plan.Grains.Select(g => new GrainOrder(g.Name, [.. g.Keys.Select(k => plan.Keys[k].Name)]))]);

    /// <inheritdoc/>
    public override void Take(int grain, GrainRows rows) => writer.Write(grain, rows);
}
