namespace Quern.Projects.Settings;

/// <summary>A file of a package.</summary>
/// <param name="File">Path from the package's folder.</param>
/// <param name="PathInRoot">Path from the folder it was looked for in.</param>
sealed record FoundFile(string File, string PathInRoot);
