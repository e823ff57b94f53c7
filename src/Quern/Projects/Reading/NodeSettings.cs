using Quern.Jinja.Values;
using Quern.Projects.Nodes;
using Quern.Projects.Settings;

namespace Quern.Projects.Reading;

/// <summary>Puts together what is configured for a node: defaults, paths, YAML, its own <c>config()</c>, and, for a node of a package,
/// the root project's paths on top (specification section 2.1).</summary>
/// <param name="root">The root project.</param>
sealed class NodeSettings(Package root)
{
    /// <summary>What is known before the template is rendered.</summary>
    /// <param name="kind">Kind of node.</param>
    /// <param name="section">Section of dbt_project.yml: <c>models</c>.</param>
    /// <param name="package">Its package.</param>
    /// <param name="path">Package, folders and name.</param>
    /// <param name="yaml">What YAML says; null for nothing.</param>
    public static NodeConfig Before(ResourceKind kind, string section, Package package, IReadOnlyList<string> path, Dict? yaml)
    {
        var values = ConfigDefaults.Of(kind);
        foreach (var level in PathConfig.Levels(package.Configs.GetValueOrDefault(section), path)) ConfigMerge.Into(values, level, Place(section));
        if (yaml is not null) ConfigMerge.Into(values, yaml);
        return new NodeConfig { Values = values };
    }

    /// <summary>Lays over it what the template says, and what the root project says of packages.</summary>
    public void Complete(NodeConfig config, string section, Package package, IReadOnlyList<string> path, Dict? template)
    {
        if (template is not null) ConfigMerge.Into(config.Values, template, $"config() of {string.Join('.', path)}");
        if (package == root) return;
        foreach (var level in PathConfig.Levels(root.Configs.GetValueOrDefault(section), path)) ConfigMerge.Into(config.Values, level, Place(section));
    }

    static string Place(string section) => $"{PackageReader.FileName}, {section}";
}
