namespace Quern.Projects;

/// <summary>The root project and the packages it uses, as they lie in their folders.</summary>
/// <param name="Root">The root project.</param>
/// <param name="Packages">Packages by name, the root among them, in the order in which they were found.</param>
/// <param name="Target">Where the project runs.</param>
public sealed record ProjectSet(Package Root, IReadOnlyList<Package> Packages, Target Target);
