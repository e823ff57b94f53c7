namespace Quern.Rollups.Routing;

/// <summary>Why a grain cannot answer a query.</summary>
/// <param name="Reason">The first rule that it breaks, a sentence without a full stop that goes on from the grain's name.</param>
/// <param name="Change">What would make it match; null when nothing would.</param>
sealed record Mismatch(string Reason, string? Change);
