namespace Quern.Rollups.Store;

/// <summary>How a grain is stored.</summary>
/// <param name="Name">As the fold names it.</param>
/// <param name="Keys">Its keys in the order by which its rows ascend.</param>
sealed record GrainOrder(string Name, IReadOnlyList<string> Keys);
