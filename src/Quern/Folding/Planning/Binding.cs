using Quern.Folding.Declared;
using Quern.Folding.Expressions;

namespace Quern.Folding.Planning;

/// <summary>Puts derived columns in the place of their names.</summary>
/// <param name="fold">The fold.</param>
sealed class Binding(Fold fold)
{
    readonly Dictionary<string, Expression> _derived = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>What a name stands for, made of columns of the source only.</summary>
    /// <exception cref="NotCovered">Nothing has the name.</exception>
    public Expression Of(string name)
    {
        if (_derived.Count == 0) foreach (var column in fold.Derived) _derived[column.Name] = Bind(column.Expression);
        return _derived.TryGetValue(name, out var derived) ? derived : new ColumnTerm(Column(name).Name);
    }

    /// <summary>The column of the source with a name.</summary>
    public SourceColumn Column(string name) =>
        fold.Source.Columns.FirstOrDefault(c => string.Equals(c.Name, name, StringComparison.OrdinalIgnoreCase))
        ?? throw new NotCovered($"there is no column {name}");

    /// <summary>An expression made of columns of the source only.</summary>
    public Expression Bind(Expression expression) => expression switch
    {
        ColumnTerm column => _derived.TryGetValue(column.Name, out var derived) ? derived : new ColumnTerm(Column(column.Name).Name),
        BucketTerm bucket => Flatten(bucket with { Of = Bind(bucket.Of) }),
        CallTerm call => call with { Arguments = [.. call.Arguments.Select(Bind)] },
        CaseTerm @case => new CaseTerm([.. @case.Branches.Select(b => (Bind(b.When), Bind(b.Then)))], @case.Else is null ? null : Bind(@case.Else)),
        CompareTerm compare => compare with { Left = Bind(compare.Left), Right = Bind(compare.Right) },
        AllTerm all => new AllTerm([.. all.Terms.Select(Bind)]),
        AnyTerm any => new AnyTerm([.. any.Terms.Select(Bind)]),
        NotTerm not => new NotTerm(Bind(not.Term)),
        InTerm @in => @in with { Of = Bind(@in.Of) },
        BetweenTerm between => new BetweenTerm(Bind(between.Of), Bind(between.From), Bind(between.To)),
        IsNullTerm isNull => new IsNullTerm(Bind(isNull.Of)),
        LikeTerm like => like with { Of = Bind(like.Of) },
        _ => expression,
    };

    // The week of a day of a moment is the week of the moment.
    static Expression Flatten(BucketTerm bucket) =>
        bucket.Of is BucketTerm inner && Buckets.Nests(inner.Bucket, bucket.Bucket) ? bucket with { Of = inner.Of } : bucket;
}
