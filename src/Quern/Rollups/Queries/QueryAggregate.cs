using Quern.Chunks;
using Quern.Folding.Expressions;

namespace Quern.Rollups.Queries;

/// <summary>An aggregate of a query.</summary>
/// <param name="Kind">Which one.</param>
/// <param name="Of">The column, bound; null for rows.</param>
/// <param name="Type">Of its result.</param>
/// <param name="Bucket">The bucket of time that its result is, of MIN and MAX of buckets; null for none.</param>
sealed record QueryAggregate(AggregateKind Kind, Expression? Of, LogicalType Type, TimeBucket? Bucket = null)
{
    /// <summary>As messages name it: SUM(bid_price).</summary>
    public string Text { get; init; } = "";

    /// <inheritdoc/>
    public bool Equals(QueryAggregate? other) => other is not null && Kind == other.Kind && Equals(Of, other.Of);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Kind, Of);
}
