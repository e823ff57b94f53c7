namespace Quern.Rollups.Store;

/// <summary>A grain, in the manifest.</summary>
/// <param name="Name">As the fold names it.</param>
/// <param name="Keys">In the order by which its rows are sorted.</param>
/// <param name="Rows">How many groups.</param>
/// <param name="File">Path in the store.</param>
sealed record GrainEntry(string Name, IReadOnlyList<string> Keys, long Rows, string File);
