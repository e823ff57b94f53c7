using Quern.Folding.Declared;
using Quern.Rollups.Queries;

namespace Quern.Rollups.Routing;

/// <summary>What would answer a query, and why.</summary>
/// <param name="Query">The query.</param>
/// <param name="Route">The grains.</param>
/// <param name="Fallback">What answers when no grain can.</param>
/// <param name="Missing">Why that cannot either; null when it can, or is not needed.</param>
/// <param name="Sql">What the engine would be told; null when a grain answers.</param>
sealed record Explanation(RollupQuery Query, Route Route, FallbackKind Fallback, Fault? Missing, string? Sql);
