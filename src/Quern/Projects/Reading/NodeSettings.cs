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

    /// <summary>The same configuration as it is written.</summary>
    /// <param name="section">Section of dbt_project.yml: <c>models</c>.</param>
    /// <param name="package">Its package.</param>
    /// <param name="path">Package, folders and name.</param>
    /// <param name="yaml">What YAML says, not rendered; null for nothing.</param>
    /// <param name="template">What the template says; null for nothing.</param>
    public Dict Written(string section, Package package, IReadOnlyList<string> path, Dict? yaml, Dict? template)
    {
        var written = new Dict();
        foreach (var level in PathConfig.Levels(package.WrittenConfigs.GetValueOrDefault(section), path)) ConfigMerge.Into(written, level);
        if (yaml is not null) ConfigMerge.Into(written, yaml);
        if (template is not null) ConfigMerge.Into(written, template);
        if (package == root) return written;
        foreach (var level in PathConfig.Levels(root.WrittenConfigs.GetValueOrDefault(section), path)) ConfigMerge.Into(written, level);
        return written;
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
