namespace Quern.Rollups.Routing;

/// <summary>What answers a query, and why.</summary>
/// <param name="Match">The grain that is read; null for the fallback.</param>
/// <param name="Candidates">All grains: the one that is taken, those that could answer by rows to read, those that cannot.</param>
sealed record Route(GrainMatch? Match, IReadOnlyList<Candidate> Candidates);
