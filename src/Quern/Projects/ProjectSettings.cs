using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Quern.Projects;

/// <summary>What dbt_project.yml says.</summary>
public sealed class ProjectSettings
{
    readonly YamlMappingNode? _models;

    ProjectSettings(string name, YamlMappingNode? models)
    {
        Name = name;
        _models = models;
    }

    /// <summary>Name of the project.</summary>
    public string Name { get; }

    /// <summary>Folders of models. Default: models.</summary>
    public IReadOnlyList<string> ModelPaths { get; private init; } = ["models"];

    /// <summary>Folders of macros. Default: macros.</summary>
    public IReadOnlyList<string> MacroPaths { get; private init; } = ["macros"];

    /// <summary>Variables and their defaults; values are text, numbers, booleans, null, lists and dictionaries of these.</summary>
    public IReadOnlyDictionary<string, object?> Vars { get; private init; } = new Dictionary<string, object?>();

    /// <summary>A setting of a model by its folders: of several, the deepest wins.</summary>
    /// <param name="key">Name of the setting without the plus sign: <c>materialized</c>.</param>
    /// <param name="folders">The folders between the model path and the file.</param>
    public object? ModelSetting(string key, IReadOnlyList<string> folders)
    {
        object? found = null;
        var node = _models;
        foreach (var name in folders.Prepend(Name).Prepend(null))
        {
            node = name is null ? node : Child(node, name) as YamlMappingNode;
            if (node is null) break;
            if ((Child(node, "+" + key) ?? Child(node, key)) is { } value and not YamlMappingNode) found = YamlValue.Of(value);
        }
        return found;
    }

    /// <summary>Reads the text of a dbt_project.yml.</summary>
    /// <param name="text">YAML.</param>
    /// <param name="path">How errors call it.</param>
    /// <exception cref="QuernException">QN7102 no YAML; QN7103 no mapping; QN7104 no name; QN7105 paths are no list of folders.</exception>
    public static ProjectSettings Parse(string text, string path)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(text));
        }
        catch (YamlException e)
        {
            throw Bad("QN7102", "this is not YAML", $"{path} line {e.Start.Line}, column {e.Start.Column}", e.Message);
        }
        if (stream.Documents.Count == 0 || stream.Documents[0].RootNode is not YamlMappingNode root)
            throw Bad("QN7103", "a project file is a mapping of keys to values", path, null);
        if (Child(root, "name") is not YamlScalarNode { Value.Length: > 0 } name)
            throw Bad("QN7104", "the project has no name", path, null);
        return new ProjectSettings(name.Value!, Child(root, "models") as YamlMappingNode)
        {
            ModelPaths = Paths(root, "model-paths", path) ?? ["models"],
            MacroPaths = Paths(root, "macro-paths", path) ?? ["macros"],
            Vars = Child(root, "vars") is YamlMappingNode vars ? YamlValue.Of(vars) : new Dictionary<string, object?>(),
        };
    }

    static YamlNode? Child(YamlMappingNode? node, string key) =>
        node is not null && node.Children.TryGetValue(new YamlScalarNode(key), out var value) ? value : null;

    static string[]? Paths(YamlMappingNode root, string key, string path) => Child(root, key) switch
    {
        null => null,
        YamlSequenceNode list when list.All(n => n is YamlScalarNode { Value.Length: > 0 }) => [.. list.Select(n => ((YamlScalarNode)n).Value!)],
        var other => throw Bad("QN7105", "a list of folders is wanted", $"{path} line {other.Start.Line}, column {other.Start.Column}", key),
    };

    static QuernException Bad(string code, string what, string where, string? value) =>
        new(new Fault(code, what) { Where = where, Value = value, ExitCode = ExitCode.Usage });
}
