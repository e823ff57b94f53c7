using Quern.Folding.Expressions;
using Quern.Rollups.Answering;
using Quern.Rollups.Store;

namespace Quern.Rollups.Routing;

/// <summary>Turns the conditions of a query into codes of the keys of a grain.</summary>
/// <param name="maps">Finds keys.</param>
/// <param name="grain">The grain.</param>
sealed class FilterBuilder(TermMaps maps, StoredGrain grain)
{
    readonly CodeSet?[] _filters = new CodeSet?[grain.Keys.Count];
    readonly List<FilterNode> _rest = [];

    /// <summary>For each key the codes that are left; null for all.</summary>
    public IReadOnlyList<CodeSet?> Filters => _filters;

    /// <summary>Conditions on several keys at once.</summary>
    public IReadOnlyList<FilterNode> Rest => _rest;

    /// <summary>Why the grain cannot tell; null while it can.</summary>
    public Mismatch? Failure { get; private set; }

    /// <summary>Adds a condition.</summary>
    public void Add(Expression condition) => Add(Node(condition, false));

    void Add(FilterNode node)
    {
        if (node is FilterLeaf leaf) _filters[leaf.Key] = _filters[leaf.Key]?.And(leaf.Codes) ?? leaf.Codes;
        else if (node is FilterAll all) foreach (var term in all.Terms) Add(term);
        else _rest.Add(node);
    }

    FilterNode Node(Expression node, bool isNot) => node switch
    {
        NotTerm not => Node(not.Term, !isNot),
        AllTerm all => Joined(all.Terms, isNot, isAll: !isNot),
        AnyTerm any => Joined(any.Terms, isNot, isAll: isNot),
        Constant { Value: bool holds } => holds != isNot ? new FilterAll([]) : new FilterAny([]),
        Constant { Value: null } => new FilterAny([]),
        ColumnTerm flag => Leaf(flag, new CompareTerm(Comparison.Equal, flag, new Constant(true)), isNot),
        CompareTerm { Right: Constant } compare => Leaf(compare.Left, compare, isNot),
        BetweenTerm { From: Constant, To: Constant } between => Leaf(between.Of, between, isNot),
        InTerm some => Leaf(some.Of, some, isNot),
        LikeTerm like => Leaf(like.Of, like, isNot),
        IsNullTerm isNull => Leaf(isNull.Of, isNull, isNot),
        _ => Fail("cannot compare its keys with each other", "derive a column that says it, and make it a key"),
    };

    FilterNode Joined(IReadOnlyList<Expression> terms, bool isNot, bool isAll)
    {
        var nodes = terms.Select(t => Node(t, isNot)).ToList();
        if (isAll) return new FilterAll(nodes);
        // Conditions on one key are one condition.
        if (nodes.Count > 0 && nodes[0] is FilterLeaf first && nodes.All(n => n is FilterLeaf leaf && leaf.Key == first.Key))
            return new FilterLeaf(first.Key, nodes.Cast<FilterLeaf>().Select(l => l.Codes).Aggregate((a, b) => a.Or(b)));
        return new FilterAny(nodes);
    }

    FilterNode Leaf(Expression term, Expression condition, bool isNot)
    {
        if (term is not (ColumnTerm or BucketTerm))
            return Fail("holds no computed values", "derive a column that is the expression, and make it a key");
        if (maps.Find(term, grain) is { } map) return new FilterLeaf(map.Key, LeafCodes.Of(condition, map, isNot));
        return Fail($"cannot filter by {maps.Name(term)}: it is none of its keys ({string.Join(", ", grain.Keys.Select(k => k.Name))})",
            $"add {maps.Name(term)} to its keys");
    }

    FilterAny Fail(string reason, string? change)
    {
        Failure ??= new Mismatch(reason, change);
        return new FilterAny([]);
    }
}
