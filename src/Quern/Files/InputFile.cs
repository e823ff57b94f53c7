namespace Quern.Files;

/// <summary>A file that an input named: where it is, how big, how old, and what its path says about its rows.</summary>
/// <param name="Path">Absolute path as it was found; symlinks are not resolved.</param>
/// <param name="Name">The path for people: relative to the base directory when it lies under it, else absolute.</param>
/// <param name="RealPath">Absolute path without any symlink: equal for two names of one file.</param>
/// <param name="SizeBytes">Bytes on disk (compressed bytes for .gz).</param>
/// <param name="Modified">When the content last changed, UTC.</param>
/// <param name="Partitions">Hive partitions of the path, see <see cref="HivePartitions"/>; shared between files of one
/// folder.</param>
sealed record InputFile(
    string Path,
    string Name,
    string RealPath,
    long SizeBytes,
    DateTimeOffset Modified,
    IReadOnlyDictionary<string, string?> Partitions);
