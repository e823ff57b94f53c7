using Quern.Folding.Declared;
using Quern.Folding.Expressions;
using Quern.Rollups.Queries;
using Quern.Rollups.Store;

namespace Quern.Rollups.Routing;

/// <summary>Says from a workload which grains to add and which to drop.</summary>
/// <param name="files">The store.</param>
/// <param name="columns">The columns of its fold.</param>
/// <param name="distinct">Counts the distinct values of a column that is no key of the store, about; -1 for not known.</param>
sealed class Advisor(RollupFiles files, FoldColumns columns, Func<Expression, long> distinct)
{
    readonly TermMaps _maps = new(columns);

    /// <summary>Grains to add, those first that serve the most queries, then grains that no query would read.</summary>
    public IReadOnlyList<Suggestion> Suggest(IReadOnlyList<(string Name, RollupQuery Query)> workload)
    {
        var router = new Router(columns, files.Grains);
        var used = new HashSet<string>();
        var wanted = new Dictionary<string, (List<Expression> Keys, List<string> Queries, SortedSet<string> Measures)>();
        foreach (var (name, query) in workload)
        {
            if (query.IsOfRows) continue;
            if (router.Find(query) is { } match)
            {
                used.Add(match.Grain.Name);
                continue;
            }
            var (keys, measures) = Needs(query);
            if (keys is null) continue;
            var id = string.Join(",", keys.Select(_maps.Name).Order(StringComparer.Ordinal));
            if (!wanted.TryGetValue(id, out var wish)) wanted[id] = wish = (keys, [], []);
            wish.Queries.Add(name);
            wish.Measures.UnionWith(measures);
        }
        var add = wanted.Values.Select(w =>
        {
            var names = w.Keys.Select(_maps.Name).ToList();
            return new Suggestion("add", names.Count == 0 ? "all" : string.Join('_', names), names, Rows(w.Keys), w.Queries, [.. w.Measures]);
        });
        var drop = files.Grains.Where(g => !used.Contains(g.Name))
            .Select(g => new Suggestion("drop", g.Name, [.. g.Keys.Select(k => k.Name)], g.Rows, [], []));
        return [.. add.OrderByDescending(s => s.Queries.Count).ThenBy(s => s.Grain, StringComparer.Ordinal), .. drop];
    }

    // The columns that a grain must hold for a query, of times the finest bucket; null when no grain can.
    (List<Expression>? Keys, List<string> Measures) Needs(RollupQuery query)
    {
        var terms = new List<Expression>();
        foreach (var key in query.Keys) terms.Add(_maps.Plain(key.Tree));
        foreach (var condition in query.Where)
            if (!Terms(condition, terms)) return (null, []);
        var measures = new List<string>();
        foreach (var aggregate in query.Aggregates)
        {
            if (aggregate.Of is null) continue;
            var of = _maps.Plain(aggregate.Of);
            var keep = aggregate.Kind switch { AggregateKind.Average => "sum", AggregateKind.SumSquares => "sum_squares", var kind => kind.ToString().ToLowerInvariant() };
            if (aggregate.Kind is AggregateKind.Distinct or AggregateKind.ApproximateDistinct) terms.Add(of);
            else if (!files.Manifest.Measures.Any(m => _maps.IsOf(of, m.Of) && m.Keep.ToString().Contains(keep, StringComparison.OrdinalIgnoreCase)))
                measures.Add($"{{of: {_maps.Name(of)}, keep: [{keep}]}}");
        }
        var keys = new List<Expression>();
        foreach (var term in terms.Distinct())
        {
            // A finer bucket of the same moments gives the coarser one.
            if (term is BucketTerm coarse && terms.Any(t => t is BucketTerm fine && fine.Of.Equals(coarse.Of) && Nesting.Holds(coarse.Bucket, fine.Bucket))) continue;
            if (!FoldReader.IsDiscrete(Binder.TypeOf(term, columns))) return (null, []);
            keys.Add(term);
        }
        return (keys, measures);
    }

    bool Terms(Expression node, List<Expression> terms)
    {
        switch (node)
        {
            case ColumnTerm or BucketTerm:
                terms.Add(_maps.Plain(node));
                return true;
            case Constant:
                return true;
            case AllTerm all:
                return all.Terms.All(t => Terms(t, terms));
            case AnyTerm any:
                return any.Terms.All(t => Terms(t, terms));
            case NotTerm not:
                return Terms(not.Term, terms);
            case CompareTerm { Right: Constant } compare:
                return Terms(compare.Left, terms);
            case BetweenTerm between:
                return Terms(between.Of, terms);
            case InTerm some:
                return Terms(some.Of, terms);
            case LikeTerm like:
                return Terms(like.Of, terms);
            case IsNullTerm isNull:
                return Terms(isNull.Of, terms);
            default:
                return false;
        }
    }

    // Of n rows that fall evenly into p places about p (1 - e^(-n/p)) places are taken.
    long Rows(List<Expression> keys)
    {
        var places = 1.0;
        foreach (var key in keys)
        {
            var stored = files.Keys.FirstOrDefault(k => _maps.IsOf(key, k.Name));
            var count = stored is not null ? stored.Count + 1L : distinct(key);
            if (count < 0) return -1;
            places *= Math.Max(1, count);
        }
        var rows = files.Manifest.Rows.Kept;
        return (long)Math.Ceiling(places * -Math.Exp(-rows / places) + places);
    }
}
