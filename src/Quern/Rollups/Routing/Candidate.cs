namespace Quern.Rollups.Routing;

/// <summary>A grain that was looked at for a query.</summary>
/// <param name="Grain">Its name.</param>
/// <param name="Keys">Its keys.</param>
/// <param name="Rows">Its rows.</param>
/// <param name="RowsToRead">Rows of the blocks that would be read; -1 when it cannot answer.</param>
/// <param name="Reason">Why it is not taken, a sentence that goes on from its name; null for the one that is.</param>
/// <param name="Change">What would make it match; null when it does, or nothing would.</param>
public sealed record Candidate(string Grain, IReadOnlyList<string> Keys, long Rows, long RowsToRead, string? Reason, string? Change);
