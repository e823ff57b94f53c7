using Quern.Folding.Expressions;

namespace Quern.Folding.Planning;

/// <summary>Which grains can be folded out of which.</summary>
/// <param name="keys">All keys.</param>
/// <param name="grains">The keys of each grain, as positions.</param>
sealed class Lattice(IReadOnlyList<KeyPlan> keys, IReadOnlyList<IReadOnlyList<int>> grains)
{
    /// <summary>A key has its values from another one: it is the same, or a coarser bucket of the same moment.</summary>
    public bool Derives(int fine, int coarse) =>
        fine == coarse
        || (keys[fine].Field == keys[coarse].Field && keys[fine].Bucket is { } from && keys[coarse].Bucket is { } to && Buckets.Nests(from, to));

    /// <summary>A grain can be folded out of another one.</summary>
    public bool Folds(int from, int to) => grains[to].All(coarse => grains[from].Any(fine => Derives(fine, coarse)));

    /// <summary>A grain must be folded out of rows. Of grains with the same groups the first must.</summary>
    public bool IsMaximal(int grain) =>
        !Enumerable.Range(0, grains.Count).Any(other => other != grain && Folds(other, grain) && (!Folds(grain, other) || other < grain));

    /// <summary>The cheapest grain to fold another one out of; null when it is maximal.</summary>
    /// <param name="grain">The grain.</param>
    /// <param name="groups">About how many groups a grain has.</param>
    public int? Parent(int grain, Func<int, double> groups)
    {
        if (IsMaximal(grain)) return null;
        // Of equal grains the first comes first, so that no two are folded out of each other.
        return Enumerable.Range(0, grains.Count).Where(other => other != grain && Folds(other, grain) && (!Folds(grain, other) || other < grain))
            .MinBy(other => (groups(other), other));
    }

    /// <summary>Grains so that each comes behind the one it is folded out of.</summary>
    public static IReadOnlyList<int> Order(IReadOnlyList<int?> parents)
    {
        var order = new List<int>();
        while (order.Count < parents.Count)
        {
            for (var grain = 0; grain < parents.Count; grain++)
                if (!order.Contains(grain) && (parents[grain] is not { } parent || order.Contains(parent))) order.Add(grain);
        }
        return order;
    }
}
