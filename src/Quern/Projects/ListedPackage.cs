namespace Quern.Projects;

/// <summary>A package that packages.yml or dependencies.yml asks for.</summary>
/// <param name="Kind">How: <c>local</c>, <c>package</c>, <c>git</c>, <c>tarball</c>, <c>private</c>.</param>
/// <param name="Name">As the file names it, without credentials.</param>
/// <param name="Wanted">Version or revision asked for; null for any.</param>
/// <param name="Folder">Absolute folder in which it lies; null when it is not there.</param>
/// <param name="Version">The version it gives itself; null when it is not there.</param>
public sealed record ListedPackage(string Kind, string Name, string? Wanted, string? Folder, string? Version);
