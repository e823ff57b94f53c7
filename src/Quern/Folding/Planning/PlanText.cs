using System.Globalization;
using Quern.Folding.Expressions;

namespace Quern.Folding.Planning;

/// <summary>A plan in words.</summary>
static class PlanText
{
    /// <summary>A sentence for each decision.</summary>
    public static IEnumerable<string> Lines(FoldPlan plan)
    {
        if (plan.EngineReason is { } reason)
        {
            yield return $"the engine folds: {reason}";
            foreach (var grain in plan.Fold.Grains) yield return $"{grain.Name}: grouped by the engine from the rows";
            yield break;
        }
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"the kernel folds, in one pass: {plan.Grains.Count} grains, {plan.Grains.Count(g => g.IsMaximal)} of them from the rows");
        for (var f = 0; f < plan.Families.Count; f++)
        {
            var family = plan.Families[f];
            yield return $"records {f + 1} hold {Names(family.Fields.Select(i => plan.Fields[i].Name))}, {Parted(plan, family)}";
        }
        foreach (var grain in plan.Grains)
        {
            var keys = grain.Keys.Count == 0 ? "all rows" : Names(grain.Keys.Select(k => plan.Keys[k].Name));
            var from = grain.Parent is { } parent
                ? $"folded out of {plan.Grains[parent].Name}"
                : string.Create(CultureInfo.InvariantCulture, $"from records {grain.Family + 1}");
            yield return $"{grain.Name} ({keys}): {from}, {(grain.IsLocal ? "partition by partition" : "over all partitions")}";
        }
    }

    static string Parted(FoldPlan plan, FamilyPlan family) => family.Partition is { } field
        ? $"parted by {(family.Bucket is { } bucket ? Word(bucket) : plan.Fields[field].Name)}"
        : "in one part";

    static string Word(TimeBucket bucket) => bucket.ToString().ToLowerInvariant();

    static string Names(IEnumerable<string> names) => string.Join(", ", names) is { Length: > 0 } text ? text : "no key";
}
