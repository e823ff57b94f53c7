namespace Quern.Delivery;

/// <summary>What rows are loaded into.</summary>
/// <param name="IsStaged">They wait in a table of their own until all are there: a replace, a merge.</param>
/// <param name="TakesCopy">COPY is allowed there. Default: true.</param>
public sealed record LoadSituation(bool IsStaged, bool TakesCopy = true);
