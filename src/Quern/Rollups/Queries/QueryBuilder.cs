using Quern.Chunks;
using Quern.Folding.Declared;
using Quern.Folding.Expressions;

namespace Quern.Rollups.Queries;

/// <summary>Collects the values of a query, each once, and checks that they fit each other. Both grammars use it, so they cannot differ.</summary>
/// <param name="fold">The fold that is asked.</param>
/// <param name="columns">Its columns.</param>
sealed class QueryBuilder(Fold fold, FoldColumns columns)
{
    /// <summary>The greatest scale and precision of the engine's decimals.</summary>
    const int MostDigits = 38;

    readonly List<QueryKey> _keys = [];
    readonly List<QueryAggregate> _aggregates = [];

    /// <summary>The columns that queries can name.</summary>
    public FoldColumns Columns => columns;

    /// <summary>Keys so far.</summary>
    public IReadOnlyList<QueryKey> Keys => _keys;

    /// <summary>Aggregates so far.</summary>
    public IReadOnlyList<QueryAggregate> Aggregates => _aggregates;

    /// <summary>Checks the name behind <c>from</c>.</summary>
    /// <exception cref="QuernException">QN7554: it is none of the fold.</exception>
    public void From(string name, string? place)
    {
        if (name.Equals(fold.Source.Name, StringComparison.OrdinalIgnoreCase) || name.Equals(fold.Name, StringComparison.OrdinalIgnoreCase)) return;
        throw QueryFaults.NoTable(name, fold.Source.Name, place);
    }

    /// <summary>A key that is a column or a bucket.</summary>
    /// <exception cref="QuernException">QN7531 no such column; QN7532 no bucket of that.</exception>
    public QueryKey Key(ParsedExpression parsed, string text)
    {
        var bound = new Binder(columns).Bind(parsed);
        var tree = Plain(bound.Tree);
        return new(text, tree, bound.Type, (tree as BucketTerm)?.Bucket ?? Made(tree)?.Bucket);
    }

    /// <summary>Number of a key, which is added when it is new.</summary>
    public int Add(QueryKey key)
    {
        var at = _keys.FindIndex(k => k.Tree.Equals(key.Tree));
        if (at >= 0) return at;
        _keys.Add(key);
        return _keys.Count - 1;
    }

    /// <summary>Number of a key; -1 when there is none.</summary>
    public int KeyOf(QueryKey key) => _keys.FindIndex(k => k.Tree.Equals(key.Tree));

    /// <summary>Index of an aggregate, which is added when it is new.</summary>
    /// <exception cref="QuernException">QN7531 no such column; QN7555 nothing of the kind can be computed of it.</exception>
    public int Add(AggregateKind kind, ParsedExpression? of, string text, string? place)
    {
        var aggregate = Aggregate(kind, of, text, place);
        var at = _aggregates.IndexOf(aggregate);
        if (at >= 0) return at;
        _aggregates.Add(aggregate);
        return _aggregates.Count - 1;
    }

    QueryAggregate Aggregate(AggregateKind kind, ParsedExpression? of, string text, string? place)
    {
        if (of is null) return new(AggregateKind.Rows, null, LogicalType.Of(TypeKind.BigInt)) { Text = text };
        var key = Key(of, of.Root is ColumnTerm column ? column.Name : text);
        var type = TypeClasses.Of(key.Type);
        LogicalType result;
        switch (kind)
        {
            case AggregateKind.Count or AggregateKind.Distinct or AggregateKind.ApproximateDistinct:
                return new(kind, key.Tree, LogicalType.Of(TypeKind.BigInt)) { Text = text };
            case AggregateKind.Min or AggregateKind.Max when type is not (TypeClass.Other or TypeClass.Nothing):
                return new(kind, key.Tree, key.Type, key.Bucket) { Text = text };
            case AggregateKind.Sum when type == TypeClass.Decimal:
                result = LogicalType.Decimal(MostDigits, key.Type.Scale);
                break;
            case AggregateKind.Sum when type == TypeClass.Whole:
                result = LogicalType.Of(TypeKind.HugeInt);
                break;
            case AggregateKind.Sum or AggregateKind.Average or AggregateKind.SumSquares when TypeClasses.IsNumber(type):
                result = LogicalType.Of(TypeKind.Double);
                break;
            default:
                throw QueryFaults.NotAggregatable(text, key, place);
        }
        return new(kind, key.Tree, result) { Text = text };
    }

    // A derived bucket and the bucket written out are one and the same.
    Expression Plain(Expression tree) => Made(tree) ?? tree;

    BucketTerm? Made(Expression tree) => tree is ColumnTerm column && columns.TryFind(column.Name, out var found) ? found.Made as BucketTerm : null;
}
