namespace Quern.Duck;

/// <summary>One operator of a plan that was run.</summary>
/// <param name="Name">What it does, such as <c>HASH_GROUP_BY</c>, or the name of a table function.</param>
/// <param name="Kind">DuckDB's kind of operator, such as <c>TABLE_SCAN</c>.</param>
/// <param name="Time">Of all threads together.</param>
/// <param name="Rows">Rows that it gave.</param>
/// <param name="RowsScanned">Rows that it read from a table or file; 0 for operators that do not scan.</param>
/// <param name="Details">Names and values as DuckDB prints them: projections, conditions, estimates.</param>
/// <param name="Children">Operators that feed it.</param>
public sealed record DuckOperator(
    string Name,
    string Kind,
    TimeSpan Time,
    long Rows,
    long RowsScanned,
    string Details,
    IReadOnlyList<DuckOperator> Children);
