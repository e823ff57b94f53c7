using Quern.Chunks;
using Quern.Folding.Expressions;

namespace Quern.Rollups.Queries;

/// <summary>A query on the rows of a fold, names looked up and types settled: what both grammars, the router and the fallback know.</summary>
/// <remarks>Values have numbers: first the keys, then the aggregates.</remarks>
sealed record RollupQuery
{
    /// <summary>Values by which rows are grouped; of a query of plain rows what it selects.</summary>
    public IReadOnlyList<QueryKey> Keys { get; init; } = [];

    /// <summary>What is computed of each group, each once.</summary>
    public IReadOnlyList<QueryAggregate> Aggregates { get; init; } = [];

    /// <summary>The columns of the result; at least one.</summary>
    public required IReadOnlyList<QueryOutput> Select { get; init; }

    /// <summary>Conditions that all hold.</summary>
    public IReadOnlyList<Expression> Where { get; init; } = [];

    /// <summary>A condition on groups, of <see cref="OutputTerm"/>s; null for all groups.</summary>
    public Expression? Having { get; init; }

    /// <summary>The order of the result.</summary>
    public IReadOnlyList<QueryOrder> Order { get; init; } = [];

    /// <summary>Most rows of the result; null for all.</summary>
    public long? Limit { get; init; }

    /// <summary>Rows as they stand, not groups.</summary>
    public bool IsOfRows { get; init; }

    /// <summary>How many values there are.</summary>
    public int Values => Keys.Count + Aggregates.Count;

    /// <summary>The type of a value.</summary>
    public LogicalType TypeOf(int value) => value < Keys.Count ? Keys[value].Type : Aggregates[value - Keys.Count].Type;

    /// <summary>The bucket of time that a value is; null for none.</summary>
    public TimeBucket? BucketOf(int value) => value < Keys.Count ? Keys[value].Bucket : Aggregates[value - Keys.Count].Bucket;

    /// <summary>A value as messages name it.</summary>
    public string TextOf(int value) => value < Keys.Count ? Keys[value].Text : Aggregates[value - Keys.Count].Text;
}
