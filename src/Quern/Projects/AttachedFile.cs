namespace Quern.Projects;

/// <summary>A database to attach.</summary>
/// <param name="Path">File, from the working directory.</param>
/// <param name="Alias">Its catalog; null for the file's base name.</param>
/// <param name="Type">Type of database; null for DuckDB.</param>
/// <param name="ReadOnly">Whether it is only read.</param>
/// <param name="Options">Further options by name; their values stand in SQL as texts. Default: none.</param>
public sealed record AttachedFile(
    string Path, string? Alias, string? Type, bool ReadOnly, IReadOnlyList<KeyValuePair<string, string>>? Options = null);
