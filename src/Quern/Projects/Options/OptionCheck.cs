using Quern.Budget;
using Quern.Yaml;

namespace Quern.Projects.Options;

/// <summary>Holds quern.yml against the table of its keys.</summary>
static class OptionCheck
{
    /// <summary>Most threads anybody can mean.</summary>
    const long MostThreads = 4096;

    /// <summary>Checks a mapping and all below it.</summary>
    /// <exception cref="QuernException">QN7195 or QN7196.</exception>
    public static void Map(YamlMap map, OptionKey key, string file, string path = "")
    {
        foreach (var (name, value) in map.Entries)
        {
            var child = key.Keys.FirstOrDefault(k => k.Name == name.Text) ?? throw Unknown(name, key, file, path);
            if (child.Kind != OptionKind.Map || value is not YamlMap below) Value(value, child, file, path);
            else Map(below, child, file, $"{path}{child.Name}.");
        }
    }

    public static QuernException NoVersion(string file, YamlMap root) =>
        new(new Fault("QN7197", "the file does not say which version of its format it has")
        {
            Where = Place(file, root),
            Try = ["version: 1    as its first line"],
            ExitCode = ExitCode.Usage,
        });

    public static string Place(string file, YamlNode node) => YamlText.Place(file, node.Line, node.Column);

    static void Value(YamlNode node, OptionKey key, string file, string path)
    {
        var value = node.Value();
        var fits = key.Kind switch
        {
            OptionKind.Version => value is 1L,
            OptionKind.Memory => value is string or long or double && MemorySize.TryParse(((YamlScalar)node).Text, out var size)
                && size.Bytes > 0,
            OptionKind.Count => value is >= 1L and <= MostThreads,
            OptionKind.Folder => value is string { Length: > 0 },
            OptionKind.Flag => value is bool,
            _ => false,
        };
        if (fits) return;
        throw new QuernException(new Fault("QN7196", "the value does not fit its key")
        {
            Where = $"{Place(file, node)}, {path}{key.Name}",
            Value = node is YamlScalar scalar ? scalar.Text : null,
            Wanted = key.Wanted,
            ExitCode = ExitCode.Usage,
        });
    }

    static QuernException Unknown(YamlScalar name, OptionKey key, string file, string path)
    {
        var names = key.Keys.Select(k => k.Name).ToList();
        var nearest = NearestName.Of(name.Text, names);
        return new QuernException(new Fault("QN7195", "there is no key of this name")
        {
            Where = Place(file, name),
            Value = path + name.Text,
            Wanted = string.Join(", ", names),
            Try = nearest is null ? [] : [$"{nearest}:"],
            ExitCode = ExitCode.Usage,
        });
    }
}
