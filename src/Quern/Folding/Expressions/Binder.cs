using Quern.Chunks;

namespace Quern.Folding.Expressions;

/// <summary>
/// Looks up the names of an expression and settles types. Whole numbers are computed in 64 bits, whatever their columns; a division is a DOUBLE;
/// decimals keep all digits. Constants become values of the type that they are compared with: a text compared with a number is read as one, a text
/// compared with a day as a day. A moment in a constant is one of the zone of the fold.
/// </summary>
/// <param name="columns">What can be named.</param>
sealed class Binder(FoldColumns columns)
{
    ParsedExpression _parsed = new(new Constant(null));

    /// <summary>Binds an expression.</summary>
    /// <exception cref="QuernException">QN7531 no column of a name; QN7532 types that do not go together; QN7534 a constant of no such type.</exception>
    public BoundExpression Bind(ParsedExpression parsed)
    {
        _parsed = parsed;
        return Any(parsed.Root);
    }

    /// <summary>Binds a condition.</summary>
    /// <exception cref="QuernException">As <see cref="Bind"/>; QN7532 as well when it is not true or false.</exception>
    public Expression Condition(ParsedExpression parsed)
    {
        _parsed = parsed;
        return Flag(parsed.Root);
    }

    /// <summary>The type of an expression that is bound already.</summary>
    public static LogicalType TypeOf(Expression bound, FoldColumns columns) => new Binder(columns).Any(bound).Type;

    BoundExpression Any(Expression node) => node switch
    {
        ColumnTerm column => Column(column),
        Constant constant => new(constant, ConstantFit.TypeOf(constant.Value)),
        BucketTerm bucket => Bucket(bucket),
        OutputTerm output => new(output, output.Type),
        CallTerm call => new CallBinder(this).Bind(call),
        CaseTerm cases => Case(cases),
        CompareTerm compare => Flagged(Compare(compare)),
        BetweenTerm between => Flagged(Between(between)),
        InTerm some => Flagged(In(some)),
        LikeTerm like => Flagged(like with { Of = OfClass(like.Of, TypeClass.Text) }),
        IsNullTerm isNull => Flagged(new IsNullTerm(Any(isNull.Of).Tree)),
        AllTerm all => Flagged(new AllTerm([.. all.Terms.Select(Flag)])),
        AnyTerm any => Flagged(new AnyTerm([.. any.Terms.Select(Flag)])),
        NotTerm not => Flagged(new NotTerm(Flag(not.Term))),
        _ => throw ExpressionFaults.Type(_parsed.Text, _parsed.At(node), "columns, constants, operators and functions"),
    };

    /// <summary>Binds a part.</summary>
    public BoundExpression Part(Expression node) => Any(node);

    /// <summary>An error about a part.</summary>
    public QuernException Wrong(Expression node, string wanted) => ExpressionFaults.Type(_parsed.Text, _parsed.At(node), wanted);

    /// <summary>A constant as a value of what it is compared with, or the other as it is.</summary>
    public Expression Fitted(Expression node, BoundExpression other)
    {
        if (node is Constant constant) return ConstantFit.To(constant, other, columns, _parsed.Text, _parsed.At(node));
        var bound = Any(node);
        if (Comparable(TypeClasses.Of(bound.Type), TypeClasses.Of(other.Type))) return bound.Tree;
        throw Wrong(node, TypeClasses.Name(TypeClasses.Of(other.Type)));
    }

    static bool Comparable(TypeClass one, TypeClass other) =>
        one != TypeClass.Other
        && (one == other || one == TypeClass.Nothing || other == TypeClass.Nothing || TypeClasses.IsNumber(one) && TypeClasses.IsNumber(other));

    static BoundExpression Flagged(Expression tree) => new(tree, LogicalType.Of(TypeKind.Boolean));

    Expression Flag(Expression node) => OfClass(node, TypeClass.Flag);

    Expression OfClass(Expression node, TypeClass wanted)
    {
        var bound = Any(node);
        var found = TypeClasses.Of(bound.Type);
        return found == wanted || found == TypeClass.Nothing ? bound.Tree
            : throw Wrong(node, wanted == TypeClass.Flag ? "a condition" : TypeClasses.Name(wanted));
    }

    BoundExpression Column(ColumnTerm term)
    {
        if (!columns.TryFind(term.Name, out var column))
            throw ExpressionFaults.NoColumn(term.Name, columns.Names, _parsed.Text, _parsed.At(term));
        return new(term.Name == column.Name ? term : new ColumnTerm(column.Name), column.Type);
    }

    BoundExpression Bucket(BucketTerm term)
    {
        var of = Any(term.Of);
        // A bucket of a bucket is one of the moment, where buckets of the one lie in buckets of the other.
        var inner = of.Tree as BucketTerm ?? (of.Tree is ColumnTerm name ? columns[name.Name].Made as BucketTerm : null);
        if (inner is not null && (term.Bucket == inner.Bucket || Nesting.Holds(term.Bucket, inner.Bucket)))
            return new(term with { Of = inner.Of }, Nesting.TypeOf(term.Bucket));
        var isMoment = of.Tree is ColumnTerm column && columns[column.Name].IsMoment;
        if (!isMoment && TypeClasses.Of(of.Type) != TypeClass.Day) throw Wrong(term.Of, "a column of days or moments (epoch_s, epoch_ms, epoch_us or a TIMESTAMP)");
        return new(term with { Of = of.Tree }, Nesting.TypeOf(term.Bucket));
    }

    CompareTerm Compare(CompareTerm term)
    {
        if (term.Left is Constant && term.Right is not Constant)
            return new(Turned(term.How), Any(term.Right).Tree, Fitted(term.Left, Any(term.Right)));
        var left = Any(term.Left);
        return new(term.How, left.Tree, Fitted(term.Right, left));
    }

    BetweenTerm Between(BetweenTerm term)
    {
        var of = Any(term.Of);
        return new(of.Tree, Fitted(term.From, of), Fitted(term.To, of));
    }

    InTerm In(InTerm term)
    {
        var of = Any(term.Of);
        return new(of.Tree, [.. term.Values.Select(v => (Constant)Fitted(v, of))]);
    }

    BoundExpression Case(CaseTerm term)
    {
        var branches = term.Branches.Select(b => (When: Flag(b.When), Then: Any(b.Then))).ToList();
        var otherwise = term.Else is null ? null : Any(term.Else);
        var values = branches.Select(b => b.Then).Concat(otherwise is null ? [] : [otherwise]).ToList();
        var type = Common(values, term);
        return new(new CaseTerm([.. branches.Select(b => (b.When, b.Then.Tree))], otherwise?.Tree), type);
    }

    /// <summary>The type of values of which one is taken.</summary>
    public LogicalType Common(IReadOnlyList<BoundExpression> values, Expression node)
    {
        var type = LogicalType.Of(TypeKind.Null);
        foreach (var value in values)
            type = Numbers.Common(type, value.Type) ?? throw Wrong(node, "values of one type");
        return type;
    }

    static Comparison Turned(Comparison how) => how switch
    {
        Comparison.Less => Comparison.Greater,
        Comparison.LessOrEqual => Comparison.GreaterOrEqual,
        Comparison.Greater => Comparison.Less,
        Comparison.GreaterOrEqual => Comparison.LessOrEqual,
        _ => how,
    };
}
