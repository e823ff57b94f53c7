namespace Quern.Rollups.Queries;

/// <summary>A value by which results are sorted; NULL is last either way.</summary>
/// <param name="Value">Which value of the query.</param>
/// <param name="IsDescending">Greatest first.</param>
sealed record QueryOrder(int Value, bool IsDescending);
