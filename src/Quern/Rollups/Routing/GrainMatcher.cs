using Quern.Folding.Declared;
using Quern.Folding.Expressions;
using Quern.Rollups.Answering;
using Quern.Rollups.Queries;
using Quern.Rollups.Store;

namespace Quern.Rollups.Routing;

/// <summary>Decides whether a grain can answer a query exactly, and how. The rules are in docs/rollup-router.md.</summary>
/// <param name="maps">Finds keys.</param>
sealed class GrainMatcher(TermMaps maps)
{
    /// <summary>How a grain answers a query; null when it cannot.</summary>
    /// <param name="query">The query.</param>
    /// <param name="grain">The grain.</param>
    /// <param name="mismatch">The first rule that it breaks.</param>
    public GrainMatch? Match(RollupQuery query, StoredGrain grain, out Mismatch? mismatch)
    {
        mismatch = query.IsOfRows ? new Mismatch("holds groups, and the query asks for rows as they stand", null) : null;
        var keys = new List<TermMap>(query.Keys.Count);
        for (var i = 0; i < query.Keys.Count && mismatch is null; i++)
        {
            if (maps.Find(query.Keys[i].Tree, grain) is { } map) keys.Add(map);
            else mismatch = NoKey(query.Keys[i], grain);
        }
        var filters = new FilterBuilder(maps, grain);
        for (var i = 0; i < query.Where.Count && mismatch is null; i++)
        {
            filters.Add(query.Where[i]);
            mismatch = filters.Failure;
        }
        var aggregates = new List<GrainAggregate>(query.Aggregates.Count);
        for (var i = 0; i < query.Aggregates.Count && mismatch is null; i++)
        {
            if (Aggregate(query.Aggregates[i], grain) is { } found) aggregates.Add(found);
            else mismatch = NoState(query.Aggregates[i]);
        }
        if (mismatch is null && query.Having is { } having && HasCalls(having))
            mismatch = new Mismatch("cannot compute with aggregates", "compare aggregates with constants");
        if (mismatch is null && keys.Aggregate(1.0, (product, map) => product * (map.To.Count + 1.0)) > long.MaxValue)
            mismatch = new Mismatch("has more combinations of keys than numbers of 63 bits", null);
        return mismatch is not null ? null : new GrainMatch(grain, keys, aggregates, filters.Filters, filters.Rest, RowsToRead(grain, filters.Filters));
    }

    Mismatch NoKey(QueryKey key, StoredGrain grain)
    {
        var name = maps.Name(key.Tree);
        return new($"cannot group by {name}: it is none of its keys ({string.Join(", ", grain.Keys.Select(k => k.Name))})", $"add {name} to its keys");
    }

    GrainAggregate? Aggregate(QueryAggregate aggregate, StoredGrain grain)
    {
        if (aggregate.Of is null) return new(aggregate, -1, null);
        var of = maps.Plain(aggregate.Of);
        var needed = Needed(aggregate.Kind);
        // Least and greatest of minutes and hours are told by keys only: states are of moments.
        var isOfBuckets = aggregate.Bucket is not null && aggregate.Kind is AggregateKind.Min or AggregateKind.Max;
        for (var m = 0; m < grain.Measures.Count && needed != MeasureKeep.None && !isOfBuckets; m++)
        {
            var measure = grain.Measures[m];
            if ((measure.Keep & needed) == needed && maps.IsOf(of, measure.Of)) return new(aggregate, m, null);
        }
        return aggregate.Kind != AggregateKind.SumSquares && maps.Find(aggregate.Of, grain) is { } key ? new(aggregate, -1, key) : null;
    }

    Mismatch NoState(QueryAggregate aggregate)
    {
        var (name, needed) = (maps.Name(aggregate.Of!), Needed(aggregate.Kind));
        return aggregate.Kind switch
        {
            AggregateKind.Distinct => new($"cannot count distinct {name} exactly: it is none of its keys", $"add {name} to its keys"),
            AggregateKind.ApproximateDistinct => new($"holds {name} neither as a key nor as a sketch", $"add {name} to its keys"),
            _ => new($"keeps no {Words(needed)} of {name}", $"measures: [{{of: {name}, keep: [{Words(needed)}]}}]"),
        };
    }

    static MeasureKeep Needed(AggregateKind kind) => kind switch
    {
        AggregateKind.Count => MeasureKeep.Count,
        AggregateKind.Sum or AggregateKind.Average => MeasureKeep.Sum,
        AggregateKind.Min => MeasureKeep.Min,
        AggregateKind.Max => MeasureKeep.Max,
        AggregateKind.SumSquares => MeasureKeep.SumSquares,
        // Sketches are merged by who writes them; counts of keys are exact.
        _ => MeasureKeep.None,
    };

    static string Words(MeasureKeep keep) => keep == MeasureKeep.SumSquares ? "sum_squares" : keep.ToString().ToLowerInvariant();

    static bool HasCalls(Expression node) => node switch
    {
        CallTerm or CaseTerm or BucketTerm or LikeTerm => true,
        CompareTerm compare => compare.Right is not Constant || HasCalls(compare.Left),
        BetweenTerm between => between.From is not Constant || between.To is not Constant || HasCalls(between.Of),
        AllTerm all => all.Terms.Any(HasCalls),
        AnyTerm any => any.Terms.Any(HasCalls),
        NotTerm not => HasCalls(not.Term),
        InTerm some => HasCalls(some.Of),
        IsNullTerm isNull => HasCalls(isNull.Of),
        _ => false,
    };

    // Blocks whose least and greatest codes a filter rules out are not read.
    static long RowsToRead(StoredGrain grain, IReadOnlyList<CodeSet?> filters)
    {
        if (filters.Any(f => f is { IsEmpty: true })) return 0;
        if (filters.All(f => f is null)) return grain.Rows;
        var rows = 0L;
        for (var block = 0; block < grain.Blocks; block++)
            if (GrainScan.IsNeeded(grain, block, filters)) rows += Math.Min(GrainFormat.BlockRows, grain.Rows - ((long)block * GrainFormat.BlockRows));
        return rows;
    }
}
