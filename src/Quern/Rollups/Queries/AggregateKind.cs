namespace Quern.Rollups.Queries;

/// <summary>What a query computes of the rows of a group.</summary>
enum AggregateKind
{
    /// <summary>COUNT(*): rows.</summary>
    Rows,

    /// <summary>COUNT(column): values that are not NULL.</summary>
    Count,

    /// <summary>SUM: NULL of no values.</summary>
    Sum,

    /// <summary>AVG, a DOUBLE: NULL of no values.</summary>
    Average,

    /// <summary>MIN: NULL of no values.</summary>
    Min,

    /// <summary>MAX: NULL of no values.</summary>
    Max,

    /// <summary>The sum of the squares, a DOUBLE: NULL of no values.</summary>
    SumSquares,

    /// <summary>COUNT(DISTINCT column), exact.</summary>
    Distinct,

    /// <summary>APPROX_COUNT_DISTINCT(column): estimated by a sketch, within about 2 %.</summary>
    ApproximateDistinct,
}
