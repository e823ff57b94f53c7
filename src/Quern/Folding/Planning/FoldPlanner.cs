using Quern.Chunks;
using Quern.Folding.Declared;
using Quern.Folding.Expressions;
using Quern.Folding.Kernel.Lanes;

namespace Quern.Folding.Planning;

/// <summary>Plans a fold: what records hold, which grains are folded out of which, by what rows are parted.</summary>
static class FoldPlanner
{
    /// <summary>Groups that a grain without a partition may have, by guess, to be folded beside others.</summary>
    const double FewGroups = 1 << 18;

    /// <summary>A plan for the kernel, or for the engine with the reason.</summary>
    /// <param name="fold">The fold.</param>
    /// <param name="hashed">Fields that are known to have too many texts for a dictionary.</param>
    public static FoldPlan Plan(Fold fold, IReadOnlySet<string>? hashed = null)
    {
        try
        {
            return ForKernel(fold, hashed ?? new HashSet<string>());
        }
        catch (NotCovered reason)
        {
            return new FoldPlan { Fold = fold, EngineReason = reason.Message };
        }
    }

    /// <summary>The same plan with grains folded out of the cheapest, now that it is known how many values keys have.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="values">How many values a key has.</param>
    public static FoldPlan Refine(FoldPlan plan, Func<int, double> values) => plan with { Grains = Grains(plan, values) };

    static FoldPlan ForKernel(Fold fold, IReadOnlySet<string> hashed)
    {
        var binding = new Binding(fold);
        var types = new LaneTypes(fold);
        var names = fold.Grains.SelectMany(g => g.Keys).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        var fields = new FieldSet(types, [.. names.Select(binding.Of)], hashed);
        var keys = names.Select(name => fields.Key(name, binding.Of(name))).ToList();
        var plan = new FoldPlan
        {
            Fold = fold,
            Fields = fields.All,
            Keys = keys,
            Measures = [.. fold.Measures.Select(m => Measure(m, binding, types))],
            Where = fold.Where is null ? null : Filter(binding.Bind(fold.Where), types),
        };
        var grains = Stored(fold, keys);
        plan = plan with { Families = Families(plan, grains) };
        plan = plan with { Grains = [.. grains.Select((g, i) => new GrainPlan(fold.Grains[i].Name, g, 0, null, false))] };
        return plan with { Grains = Grains(plan, k => Guess(keys[k])) };
    }

    static Expression Filter(Expression where, LaneTypes types) => types.Of(where).Type.Kind == TypeKind.Boolean
        ? where
        : throw new NotCovered("the filter is no condition");

    static MeasurePlan Measure(FoldMeasure measure, Binding binding, LaneTypes types)
    {
        var value = binding.Of(measure.Of);
        var (kind, type) = types.Of(value);
        if (measure.Keep.HasFlag(MeasureKeep.Distinct)) throw new NotCovered("sketches of distinct values are the engine's");
        var how = kind switch
        {
            LaneKind.Double => MeasureKind.Double,
            LaneKind.Text => MeasureKind.Text,
            _ => type.Kind is TypeKind.Date or TypeKind.Timestamp or TypeKind.TimestampTz or TypeKind.TimestampSeconds or TypeKind.TimestampMillis
                or TypeKind.TimestampNanos or TypeKind.Time ? MeasureKind.Moment : MeasureKind.Whole,
        };
        var numbers = MeasureKeep.Sum | MeasureKeep.SumSquares;
        if (how == MeasureKind.Moment && (measure.Keep & numbers) != 0) throw new NotCovered($"{measure.Of} is a moment: it has no sum");
        if (how == MeasureKind.Text && (measure.Keep & ~MeasureKeep.Count) != 0) throw new NotCovered($"{measure.Of} is text: only its values are counted");
        return new MeasurePlan(measure.Of, value, how, type, measure.Keep | MeasureKeep.Count);
    }

    /// <summary>Keys of each grain as they are stored: moments first, the coarsest in front, then as declared.</summary>
    static List<IReadOnlyList<int>> Stored(Fold fold, List<KeyPlan> keys) =>
    [
        .. fold.Grains.Select(g => (IReadOnlyList<int>)
        [
            .. g.Keys.Distinct(StringComparer.OrdinalIgnoreCase)
                .Select(name => keys.FindIndex(k => string.Equals(k.Name, name, StringComparison.OrdinalIgnoreCase)))
                .OrderBy(k => keys[k].Bucket is null ? 1 : 0).ThenByDescending(k => keys[k].Bucket is { } bucket ? (int)bucket : 0),
        ]),
    ];

    static List<FamilyPlan> Families(FoldPlan plan, List<IReadOnlyList<int>> grains)
    {
        var lattice = new Lattice(plan.Keys, grains);
        var open = Enumerable.Range(0, grains.Count).Where(lattice.IsMaximal).ToList();
        var families = new List<FamilyPlan>();
        while (open.Count > 0)
        {
            var candidates = open.SelectMany(g => grains[g]).Distinct().ToList();
            // Such texts are numbered partition by partition, so rows must be parted by them.
            if (candidates.Where(k => plan.Keys[k].Kind == KeyKind.Hashed).ToList() is { Count: > 0 } hashed) candidates = hashed;
            var best = candidates.Count == 0
                ? default
                : candidates.Select(c => (Key: (int?)c, Covered: open.Where(g => grains[g].Any(k => lattice.Derives(k, c))).ToList()))
                    .MaxBy(c => (c.Covered.Sum(g => Groups(plan, grains[g])), plan.Keys[c.Key!.Value].Kind == KeyKind.Whole, Suits(plan.Keys[c.Key!.Value])));
            if (plan.Fields.Count(f => f.Kind == KeyKind.Hashed) > 1) throw new NotCovered("two keys have too many texts for a dictionary");
            var covered = best.Covered ?? [.. open];
            var members = covered.Concat(open.Except(covered).Where(g => Groups(plan, grains[g]) <= FewGroups)).Order().ToList();
            var partition = best.Key is { } key ? plan.Keys[key] : null;
            families.Add(new(
                [.. members.SelectMany(g => grains[g]).Select(k => plan.Keys[k].Field).Distinct().Order()], members, partition?.Field, partition?.Bucket));
            open = [.. open.Except(members)];
        }
        return families;
    }

    static GrainPlan[] Grains(FoldPlan plan, Func<int, double> values)
    {
        IReadOnlyList<IReadOnlyList<int>> keys = [.. plan.Grains.Select(g => g.Keys)];
        var lattice = new Lattice(plan.Keys, keys);
        var parents = Enumerable.Range(0, keys.Count)
            .Select(grain => lattice.Parent(grain, other => keys[other].Aggregate(1.0, (product, key) => product * Math.Max(values(key), 1)))).ToList();
        var made = new GrainPlan[keys.Count];
        foreach (var grain in Lattice.Order(parents))
        {
            var family = parents[grain] is { } parent
                ? made[parent].Family
                : Enumerable.Range(0, plan.Families.Count).First(f => plan.Families[f].Grains.Contains(grain));
            var isLocal = IsInPartition(plan, plan.Families[family], keys[grain]) && (parents[grain] is not { } from || made[from].IsLocal);
            var led = Led(plan, plan.Families[family], keys[grain], isLocal);
            made[grain] = plan.Grains[grain] with { Family = family, Parent = parents[grain], IsLocal = isLocal, Keys = led };
        }
        return made;
    }

    static bool IsInPartition(FoldPlan plan, FamilyPlan family, IReadOnlyList<int> keys) =>
        family.Partition is not { } field
        || keys.Select(k => plan.Keys[k]).Any(k => k.Field == field
            && (family.Bucket is { } coarse ? k.Bucket is { } fine && Buckets.Nests(fine, coarse) : k.Bucket is null));

    /// <summary>What rows are parted by comes first, so that partition after partition the groups ascend.</summary>
    static IReadOnlyList<int> Led(FoldPlan plan, FamilyPlan family, IReadOnlyList<int> keys, bool isLocal) => isLocal && family.Partition is { } field
        ? [.. keys.OrderBy(k => plan.Keys[k].Field == field ? 0 : 1)]
        : keys;

    static double Groups(FoldPlan plan, IReadOnlyList<int> keys) => keys.Aggregate(1.0, (product, key) => product * Guess(plan.Keys[key]));

    // Of buckets the one that makes some hundred partitions of a year or a few.
    static int Suits(KeyPlan key) => key.Bucket switch
    {
        TimeBucket.Day => 7,
        TimeBucket.Hour => 6,
        TimeBucket.Week => 5,
        TimeBucket.Minute => 4,
        TimeBucket.Month => 3,
        null => key.Kind == KeyKind.Whole && key.Type.Kind != TypeKind.Boolean ? 2 : 0,
        _ => 1,
    };

    /// <summary>About how many values a key has, before anything is read.</summary>
    static double Guess(KeyPlan key) => key.Bucket switch
    {
        TimeBucket.Minute => 500_000,
        TimeBucket.Hour => 9_000,
        TimeBucket.Day => 366,
        TimeBucket.Week => 53,
        TimeBucket.Month => 12,
        TimeBucket.Quarter => 4,
        TimeBucket.Year => 2,
        _ => key.Type.Kind == TypeKind.Boolean ? 2 : key.Kind == KeyKind.Text ? 50 : 2_000,
    };
}
