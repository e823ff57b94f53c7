namespace Quern.Rollups.Routing;

/// <summary>A grain that a workload asks for, or does not.</summary>
/// <param name="Action">add or drop.</param>
/// <param name="Grain">Its name, or one for it.</param>
/// <param name="Keys">Its keys.</param>
/// <param name="Rows">Its rows: counted of a grain that is there, estimated of another; -1 for not known.</param>
/// <param name="Queries">The queries that it would serve.</param>
/// <param name="Measures">What measures must keep beside what they do, as the declaration says it.</param>
public sealed record Suggestion(
    string Action, string Grain, IReadOnlyList<string> Keys, long Rows, IReadOnlyList<string> Queries, IReadOnlyList<string> Measures);
