using Quern.Projects.Nodes;
using Quern.Projects.Settings;
using Quern.Yaml;

namespace Quern.Projects.Reading;

/// <summary>Makes exposures out of YAML.</summary>
sealed class ExposureReader(PropertiesReader reader, DocsBlocks docs, NodeSettings settings)
{
    static readonly string[] Own = ["name", "description", "depends_on", "config", "meta", "tags"];

    /// <summary>Reads an exposure with the calls that say what it uses.</summary>
    public (Exposure Exposure, List<RefCall> Refs, List<SourceCall> Sources) Read(PropertiesFile file, YamlMap map)
    {
        var name = Texts.Of(map["name"]!.Value())!;
        List<string> path = [.. file.Prefix, name];
        var yaml = reader.Config(file, map);
        if (map["tags"] is { } tags) ConfigMerge.Into(yaml, "tags", reader.Render(file, tags));
        var config = NodeSettings.Before(ResourceKind.Exposure, "exposures", file.Package, path, yaml);
        settings.Complete(config, "exposures", file.Package, path, null);
        var properties = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (key, value) in map.Entries)
            if (!Own.Contains(key.Text)) properties[key.Text] = reader.Render(file, value);
        var refs = new List<RefCall>();
        var sources = new List<SourceCall>();
        if (map["depends_on"] is YamlList list)
        {
            foreach (var item in list.Items)
            {
                if (!CallText.Find(Texts.Of(item.Value()) ?? "", file.Place(item), refs, sources))
                    reader.Broken(file, item, "ref('...') or source('...', '...') is wanted");
            }
        }
        else if (map["depends_on"] is { } other && other.Value() is not null)
        {
            reader.Broken(file, other, "depends_on is a list of ref('...') and source('...', '...')");
        }
        return (
            new Exposure
            {
                Id = $"exposure.{file.Package.Name}.{name}",
                Name = name,
                Package = file.Package.Name,
                File = file.File,
                Line = map.Line,
                Path = path,
                Config = config,
                Description = docs.Describe(Texts.Of(map["description"]?.Value()) ?? "", file.Package.Name, file.Place(map)),
                Properties = properties,
            },
            refs,
            sources);
    }
}
