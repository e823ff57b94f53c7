namespace Quern.Rollups.Queries;

/// <summary>A column of a result.</summary>
/// <param name="Header">Its name.</param>
/// <param name="Value">Which value of the query (see <see cref="RollupQuery.Values"/>).</param>
sealed record QueryOutput(string Header, int Value);
