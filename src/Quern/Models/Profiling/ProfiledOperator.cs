namespace Quern.Models.Profiling;

/// <summary>An operator of a node's plan with what it cost.</summary>
/// <param name="Name">What it does, by DuckDB's name: <c>HASH_JOIN</c>.</param>
/// <param name="Depth">Operators above it.</param>
/// <param name="Time">Of all threads together.</param>
/// <param name="Share">Of the time of all operators: 0 to 1.</param>
/// <param name="RowsIn">Rows of the operators that feed it; of a scan the rows read.</param>
/// <param name="Rows">Rows that it gave.</param>
/// <param name="EstimatedRows">Rows that DuckDB thought it would give; null when it does not say.</param>
/// <param name="About">Table, file, condition or groups; empty when it has none.</param>
public sealed record ProfiledOperator(
    string Name, int Depth, TimeSpan Time, double Share, long RowsIn, long Rows, long? EstimatedRows, string About);
