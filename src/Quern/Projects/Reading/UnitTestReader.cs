using Quern.Jinja.Values;
using Quern.Projects.Nodes;
using Quern.Projects.Settings;
using Quern.Yaml;

namespace Quern.Projects.Reading;

/// <summary>Makes unit tests out of YAML. Their rows and overrides are not rendered.</summary>
sealed class UnitTestReader(PropertiesReader reader, NodeSettings settings)
{
    /// <summary>Reads a unit test; null, with a warning, when it lacks a part.</summary>
    public UnitTest? Read(PropertiesFile file, YamlMap map)
    {
        var name = Texts.Of(map["name"]!.Value())!;
        if (map.Text("model") is not { Length: > 0 } model || map["expect"] is not YamlMap expect)
        {
            reader.Broken(file, map, "a unit test has a name, a model, given and expect");
            return null;
        }
        var folders = Path.ChangeExtension(file.File, null)!.Split('/')[..^1];
        List<string> path = [file.Package.Name, .. folders, model, name];
        var yaml = reader.Config(file, map);
        if (map["tags"] is { } tags) ConfigMerge.Into(yaml, "tags", reader.Render(file, tags));
        var config = NodeSettings.Before(ResourceKind.UnitTest, "unit_tests", file.Package, path, yaml);
        settings.Complete(config, "unit_tests", file.Package, path, null);
        var given = new List<Fixture>();
        if (map["given"] is { } inputs and not YamlList && inputs.Value() is not null)
            reader.Broken(file, inputs, "given is a list of entries that begin with `- input:`");
        foreach (var input in (map["given"] as YamlList)?.Items ?? [])
        {
            if (input is YamlMap one && one.Text("input") is { Length: > 0 } call) given.Add(Fixture(one, call));
            else reader.Broken(file, input, "an entry of given has an input and rows");
        }
        return new UnitTest
        {
            Id = $"unit_test.{file.Package.Name}.{model}.{name}",
            Name = name,
            Package = file.Package.Name,
            File = file.File,
            Line = map.Line,
            Path = path,
            Config = config,
            Description = Texts.Of(map["description"]?.Value()) ?? "",
            Model = model,
            Given = given,
            Expect = Fixture(expect, null),
            Overrides = map["overrides"]?.Value() as Dict ?? new Dict(),
        };
    }

    static Fixture Fixture(YamlMap map, string? input) =>
        new(input, map.Text("format") ?? "dict", map["rows"]?.Value(), map.Text("fixture"));
}
