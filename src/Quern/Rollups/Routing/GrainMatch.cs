using Quern.Rollups.Answering;
using Quern.Rollups.Store;

namespace Quern.Rollups.Routing;

/// <summary>How a grain answers a query: what explain shows is what is run.</summary>
/// <param name="Grain">The grain.</param>
/// <param name="Keys">How it gives each key of the query.</param>
/// <param name="Aggregates">How it gives each aggregate.</param>
/// <param name="Filters">For each key of the grain the codes that are left; null for all.</param>
/// <param name="Rest">Conditions on several keys at once.</param>
/// <param name="RowsToRead">Rows of the blocks that are not skipped.</param>
sealed record GrainMatch(
    StoredGrain Grain,
    IReadOnlyList<TermMap> Keys,
    IReadOnlyList<GrainAggregate> Aggregates,
    IReadOnlyList<CodeSet?> Filters,
    IReadOnlyList<FilterNode> Rest,
    long RowsToRead);
