namespace Quern.Rollups.Store;

/// <summary>What became of the rows of the sources: read = kept + filtered + rejected.</summary>
/// <param name="Read">In the files.</param>
/// <param name="Kept">In the groups of each grain.</param>
/// <param name="Filtered">Left out by the fold's filter.</param>
/// <param name="Rejected">Could not be read.</param>
sealed record StoreRows(long Read, long Kept, long Filtered = 0, long Rejected = 0);
