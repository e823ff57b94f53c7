using Quern.Projects;
using Quern.Projects.Context;
using Quern.Projects.Reading;
using Quern.Yaml;

namespace Quern.Fuzz.Yaml;

/// <summary>Files that describe models, sources and tests, read with a project around them.</summary>
sealed class PropertiesFiles : YamlTarget
{
    /// <summary>Templates keep each text that they parsed: after so many inputs they are made anew.</summary>
    const int InputsOfTemplates = 2_000;

    readonly SampleProject _project = new();
    readonly ProjectSet _set;
    readonly List<ProjectFiles> _files;
    readonly Invocation _invocation;
    Behaviour? _behaviour;
    ProjectTemplates? _templates;
    int _inputs;

    public PropertiesFiles() : base("yaml/properties", "models/x.yml")
    {
        _invocation = _project.Invocation((code, text) => Warned(_behaviour!, code, text));
        _set = ProjectLoader.LoadSet(_invocation);
        _files = [.. _set.Packages.Select(p => new ProjectFiles(p))];
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _project.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override void Try(string text, Behaviour behaviour)
    {
        _behaviour = behaviour;
        if (_inputs++ % InputsOfTemplates == 0) _templates = new ProjectTemplates(_set, _invocation);
        var properties = _files.SelectMany(f => f.ReadYaml())
            .Append(new PropertiesFile(_set.Root, File, "x.yml", YamlText.ParseMap(text, File))).ToList();
        var manifest = new ManifestReader(_set, _templates!, _invocation, CancellationToken.None).Read(_files, properties);
        behaviour.Add("manifest", manifest.Nodes.Count, manifest.Sources.Count, manifest.Disabled.Count);
        foreach (var node in manifest.Nodes.Values)
            foreach (var (key, value) in node.Config.Values) behaviour.Add("config", key as string ?? "", value?.GetType().Name ?? "");
    }
}
