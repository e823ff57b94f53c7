namespace Quern.Loading.Benchmark;

/// <summary>A method and all that its loads took.</summary>
/// <param name="Name">Its short name.</param>
/// <param name="What">What it does, in words.</param>
/// <param name="Rows">Rows of each load.</param>
/// <param name="Efforts">The loads, round by round; one at least.</param>
public sealed record LoadTrial(string Name, string What, long Rows, IReadOnlyList<LoadEffort> Efforts);
