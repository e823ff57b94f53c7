using Quern.Projects.Selection;

namespace Quern.Projects.Artifacts;

/// <summary>The file <c>target/manifest.json</c> of a project.</summary>
public static class ManifestFile
{
    /// <summary>Replaces it.</summary>
    /// <param name="project">The project.</param>
    /// <param name="compiled">SQL of the nodes that have been compiled, by id; null for none.</param>
    /// <returns>Its absolute path.</returns>
    /// <exception cref="QuernException">QN80xx: it cannot be written.</exception>
    public static string Write(LoadedProject project, IReadOnlyDictionary<string, string>? compiled = null)
    {
        ArgumentNullException.ThrowIfNull(project);
        var path = Path.Combine(project.TargetFolder, ArtifactFile.Manifest);
        var selectors = SelectorFile.Find(project.Set.Root.Folder).Definitions;
        new ManifestWriter(ArtifactFacts.Of(project, compiled, selectors)).Write(path);
        return path;
    }
}
