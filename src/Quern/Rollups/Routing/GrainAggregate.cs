using Quern.Rollups.Answering;
using Quern.Rollups.Queries;

namespace Quern.Rollups.Routing;

/// <summary>How a grain gives an aggregate.</summary>
/// <param name="Aggregate">The aggregate.</param>
/// <param name="Measure">Number of the measure whose states give it; -1 for none.</param>
/// <param name="Key">The key whose codes give it; null for none. With neither it is of the counts of rows.</param>
sealed record GrainAggregate(QueryAggregate Aggregate, int Measure, TermMap? Key);
