using Quern.Folding.Expressions;

namespace Quern.Folding.Kernel.Lanes;

/// <summary>The expressions of a fold for one thread; equal ones are evaluated once.</summary>
/// <param name="types">The types of expressions.</param>
/// <param name="zone">The zone of the fold.</param>
/// <param name="column">The lane of a column of the source.</param>
sealed unsafe class LaneProgram(LaneTypes types, ZoneClock zone, Func<string, Lane> column) : IDisposable
{
    readonly Dictionary<Expression, LaneTerm> _terms = [];

    /// <summary>The term of an expression.</summary>
    public LaneTerm Term(Expression expression)
    {
        if (_terms.TryGetValue(expression, out var known)) return known;
        return _terms[expression] = Make(expression);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var term in _terms.Values) term.Dispose();
    }

    LaneTerm Make(Expression expression)
    {
        var (kind, type) = types.Of(expression);
        return expression switch
        {
            ColumnTerm name => new ColumnLane(column(name.Name)),
            BucketTerm bucket => Bucket(bucket, new(kind, type)),
            _ => throw new InvalidOperationException("the planner lets only such pass"),
        };
    }

    BucketLane Bucket(BucketTerm bucket, Lane lane)
    {
        var epoch = bucket.Of is ColumnTerm name ? types.Source(name.Name).Epoch : null;
        return new BucketLane(bucket.Bucket, Term(bucket.Of), MomentUnit.Of(types.Of(bucket.Of).Type, epoch), zone, lane);
    }
}
