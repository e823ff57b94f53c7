using Quern.Projects;
using Quern.Projects.Settings;

namespace Quern.Fuzz.Yaml;

/// <summary>dbt_project.yml, profiles.yml and packages.yml: read from a project's folder, where one of them is the input.</summary>
/// <param name="name">What is tried.</param>
/// <param name="file">Which file it is.</param>
sealed class SettingsFiles(string name, string file) : YamlTarget(name, file)
{
    readonly SampleProject _project = new();

    /// <inheritdoc/>
    public override int MostBytes => 8 << 10;

    /// <inheritdoc/>
    public override void Dispose()
    {
        _project.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override void Try(string text, Behaviour behaviour)
    {
        _project.Write(File, text);
        var invocation = _project.Invocation((code, warning) => Warned(behaviour, code, warning));
        var set = ProjectLoader.LoadSet(invocation);
        behaviour.Add("packages", set.Packages.Count);
        foreach (var (key, value) in set.Target.Values) behaviour.Add("target", key as string ?? "", value?.GetType().Name ?? "");
        if (File != PackageReader.FileName || LeadsAway(set.Root)) return;
        var manifest = ProjectLoader.Load(invocation, set).Manifest;
        behaviour.Add("manifest", manifest.Nodes.Count, manifest.Sources.Count, manifest.Disabled.Count);
        foreach (var node in manifest.Nodes.Values)
            foreach (var (key, value) in node.Config.Values) behaviour.Add("config", key as string ?? "", value?.GetType().Name ?? "");
    }

    // Folders of the machine, such as / itself, have nothing to do with reading YAML.
    bool LeadsAway(Package root) => root.Paths.Values.SelectMany(p => p)
        .Any(p => !(Path.GetFullPath(Path.Combine(root.Folder, p)) + "/").StartsWith(_project.Folder + "/", StringComparison.Ordinal));
}
