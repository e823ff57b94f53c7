using Quern.Projects.Context;

namespace Quern.Projects.Artifacts;

/// <summary>Gathers what artifacts say of a loaded project.</summary>
static class ArtifactFacts
{
    /// <summary>The facts of a project.</summary>
    /// <param name="project">The project.</param>
    /// <param name="compiled">SQL of the nodes that have been compiled, by id; null for none.</param>
    /// <param name="selectors">Definitions of its selectors; null for none.</param>
    public static ManifestFacts Of(
        LoadedProject project, IReadOnlyDictionary<string, string>? compiled = null, IReadOnlyDictionary<string, object?>? selectors = null)
    {
        var root = project.Set.Root;
        return new ManifestFacts
        {
            Manifest = project.Manifest,
            Invocation = project.Invocation,
            ProjectName = root.Name,
            TargetPath = project.Invocation.TargetPath ?? root.TargetPath,
            RelationOf = node => project.Templates.RelationOf(node).Render(),
            Macros = Macros(project.Set, project.Templates),
            Selectors = selectors ?? new Dictionary<string, object?>(),
            Quoting = root.Quoting,
            Compiled = compiled ?? new Dictionary<string, string>(),
        };
    }

    /// <summary>The macros of all packages with their texts, those of the library without.</summary>
    public static IReadOnlyList<MacroText> Macros(ProjectSet set, ProjectTemplates templates)
    {
        var texts = new Dictionary<(string Package, string Name), string>();
        foreach (var package in set.Packages)
        {
            foreach (var (name, text) in package.MacroFiles.SelectMany(file => MacroBlocks.Of(file.Text))) texts[(package.Name, name)] = text;
        }
        return [.. templates.Macros.Values.Select(m => new MacroText(
            m.Id, m.Package, m.Macro.Name, m.File, texts.GetValueOrDefault((m.Package, m.Macro.Name), "")))];
    }
}
