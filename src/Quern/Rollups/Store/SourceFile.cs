namespace Quern.Rollups.Store;

/// <summary>A file that was folded into a store.</summary>
/// <param name="Path">Absolute path.</param>
/// <param name="Bytes">Its size then.</param>
/// <param name="Modified">When it was last modified.</param>
/// <param name="Rows">Rows that were read from it; -1 when they were not counted by file.</param>
sealed record SourceFile(string Path, long Bytes, DateTimeOffset Modified, long Rows = -1);
