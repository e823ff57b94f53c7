using Quern.Chunks;
using Quern.Folding.Expressions;

namespace Quern.Folding.Kernel.Lanes;

/// <summary>The expressions of a fold for one thread; equal ones are evaluated once.</summary>
/// <param name="types">The types of expressions.</param>
/// <param name="zone">The zone of the fold.</param>
/// <param name="column">The lane of a column of the source.</param>
sealed unsafe class LaneProgram(LaneTypes types, ZoneClock zone, Func<string, Lane> column) : IDisposable
{
    readonly Dictionary<Expression, LaneTerm> _terms = [];
    readonly List<LaneTerm> _more = [];

    /// <summary>The term of an expression.</summary>
    public LaneTerm Term(Expression expression)
    {
        if (_terms.TryGetValue(expression, out var known)) return known;
        return _terms[expression] = Make(expression);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var term in _terms.Values.Concat(_more).Distinct()) term.Dispose();
    }

    LaneTerm Make(Expression expression)
    {
        var (kind, type) = types.Of(expression);
        return expression switch
        {
            ColumnTerm name => new ColumnLane(column(name.Name)),
            BucketTerm bucket => Bucket(bucket, new(kind, type)),
            Constant constant => new ConstantLane(LaneTypes.Plain(constant.Value, type), new(kind, type)),
            CompareTerm compare => Compare(compare.How, compare.Left, compare.Right),
            BetweenTerm between => new LogicLane(
                true, [Compare(Comparison.GreaterOrEqual, between.Of, between.From), Compare(Comparison.LessOrEqual, between.Of, between.To)], Truth()),
            InTerm some => new LogicLane(false, [.. some.Values.Select(value => Compare(Comparison.Equal, some.Of, value))], Truth()),
            AllTerm all => new LogicLane(true, [.. all.Terms.Select(Term)], Truth()),
            AnyTerm any => new LogicLane(false, [.. any.Terms.Select(Term)], Truth()),
            NotTerm not => new NotLane(false, Term(not.Term), Truth()),
            IsNullTerm isNull => new NotLane(true, Term(isNull.Of), Truth()),
            CaseTerm @case => new CaseLane(
                [
                    .. @case.Branches.Select(b => ((LaneTerm?)Term(b.When), Term(b.Then))),
                    .. @case.Else is { } other ? [((LaneTerm?)null, Term(other))] : Array.Empty<(LaneTerm?, LaneTerm)>(),
                ],
                new(kind, type)),
            CallTerm { Function: ScalarFunction.Concat } call => new ConcatLane([.. call.Arguments.Select(Term)], new(kind, type)),
            CallTerm call => new ArithmeticLane(call.Function, Term(call.Arguments[0]), Term(call.Arguments[1]), new(kind, type)),
            _ => throw new InvalidOperationException("the planner lets only such pass"),
        };
    }

    /// <summary>Compares; a constant is made one of the type of the other side.</summary>
    CompareLane Compare(Comparison how, Expression left, Expression right)
    {
        var lane = new CompareLane(how, Side(left, right), Side(right, left), Truth());
        _more.Add(lane);
        return lane;
    }

    LaneTerm Side(Expression side, Expression other)
    {
        if (side is not Constant constant) return Term(side);
        var (kind, type) = types.Of(other);
        var lane = new ConstantLane(LaneTypes.Plain(constant.Value, type), new(kind, type));
        _more.Add(lane);
        return lane;
    }

    static Lane Truth() => new(LaneKind.Whole, LogicalType.Of(TypeKind.Boolean));

    BucketLane Bucket(BucketTerm bucket, Lane lane)
    {
        var epoch = bucket.Of is ColumnTerm name ? types.Source(name.Name).Epoch : null;
        return new BucketLane(bucket.Bucket, Term(bucket.Of), MomentUnit.Of(types.Of(bucket.Of).Type, epoch), zone, lane);
    }
}
