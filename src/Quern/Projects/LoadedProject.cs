using Quern.Projects.Context;

namespace Quern.Projects;

/// <summary>A project that has been read, parsed and linked.</summary>
/// <param name="Invocation">What the caller asked for.</param>
/// <param name="Set">The root project, its packages and target.</param>
/// <param name="Templates">What renders its templates.</param>
/// <param name="Manifest">What it defines.</param>
public sealed record LoadedProject(Invocation Invocation, ProjectSet Set, ProjectTemplates Templates, Manifest Manifest)
{
    /// <summary>Absolute path of the folder of artifacts.</summary>
    public string TargetFolder => Path.GetFullPath(Path.Combine(Set.Root.Folder, Invocation.TargetPath ?? Set.Root.TargetPath));
}
