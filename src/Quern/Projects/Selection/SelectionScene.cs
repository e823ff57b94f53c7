using Quern.Projects.Nodes;

namespace Quern.Projects.Selection;

/// <summary>What methods may look at beside the resource itself.</summary>
/// <param name="RootPackage">Name of the project that runs.</param>
/// <param name="ProjectFolder">Its folder, absolute; null when there is none, as in tests.</param>
/// <param name="State">Compares with an earlier run; null when none was named.</param>
sealed record SelectionScene(string RootPackage, string? ProjectFolder, StateComparison? State)
{
    /// <summary>Whether a resource's path is one of the project that runs; those of packages count when the project has it too.</summary>
    public bool HasPath(Resource resource, string path) =>
        resource.Package == RootPackage || ProjectFolder is null || Path.Exists(Path.Combine(ProjectFolder, path));
}
