using Quern.Budget;
using Quern.Jinja;
using Quern.Yaml;

namespace Quern.Projects.Options;

/// <summary>Holds quern.yml against the table of its keys.</summary>
static class OptionCheck
{
    /// <summary>Most threads anybody can mean.</summary>
    const long MostThreads = 4096;

    /// <summary>Checks a mapping and all below it.</summary>
    /// <exception cref="QuernException">QN7193, QN7195 or QN7196.</exception>
    public static void Map(YamlMap map, OptionKey key, string file, string path = "")
    {
        foreach (var (name, value) in map.Entries)
        {
            var child = key.Keys.FirstOrDefault(k => k.Name == name.Text) ?? throw Unknown(name, key, file, path);
            if (child.Kind == OptionKind.Map && value is YamlMap below) Map(below, child, file, $"{path}{child.Name}.");
            else if (child.Kind == OptionKind.Maps && value is YamlList list) Maps(list, child, file, path);
            else if (child.Kind == OptionKind.Items && value is YamlList items) Items(items, child, file, path);
            else if (child.Kind is OptionKind.Named or OptionKind.NamedTexts or OptionKind.NamedLists && value is YamlMap named)
                Named(named, child, file, path);
            else if (!child.IsTemplate || !HasMarks(value)) Value(value, value.Value(), child, file, path);
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

    /// <summary>Checks a value: what stands in the file, or what its template gave.</summary>
    /// <exception cref="QuernException">QN7196.</exception>
    public static void Value(YamlNode node, object? value, OptionKey key, string file, string path)
    {
        var fits = key.Kind switch
        {
            OptionKind.Version => value is 1L,
            OptionKind.Memory => value is string or long or double && MemorySize.TryParse(((YamlScalar)node).Text, out var size)
                && size.Bytes > 0,
            OptionKind.Count => value is >= 1L and <= MostThreads,
            OptionKind.Folder => value is string { Length: > 0 },
            OptionKind.Flag => value is bool,
            OptionKind.Text => value is string text && !string.IsNullOrWhiteSpace(text),
            // Which words of a template there are, who loads checks, as it does for the command line.
            OptionKind.Word => value is string { Length: > 0 } said && (key.IsTemplate || key.Words.Contains(said)),
            OptionKind.Texts => AreTexts(value) && (key.Words.Count == 0 || Listed(value).All(key.Words.Contains)),
            OptionKind.NamedTexts => value is string { Length: > 0 },
            OptionKind.NamedLists => AreTexts(value) || value is List<object?> { Count: 0 },
            OptionKind.Items => value is string word && key.Words.Contains(word),
            OptionKind.Number => value is long,
            OptionKind.Limit => value is long or string { Length: > 0 },
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

    static bool AreTexts(object? value) =>
        value is string { Length: > 0 } || (value is List<object?> { Count: > 0 } all && all.All(v => v is string { Length: > 0 }));

    static IEnumerable<string> Listed(object? value) => value is List<object?> all ? all.OfType<string>() : [(string)value!];

    static void Items(YamlList list, OptionKey key, string file, string path)
    {
        foreach (var item in list.Items)
        {
            if (item is YamlMap map) Whole(map, key, file, path);
            else Value(item, item.Value(), key, file, path);
        }
    }

    static void Named(YamlMap map, OptionKey key, string file, string path)
    {
        foreach (var (name, value) in map.Entries)
        {
            if (key.Kind != OptionKind.Named) Value(value, value.Value(), key with { Name = $"{key.Name}.{name.Text}" }, file, path);
            else if (value is YamlMap below) Whole(below, key with { Name = $"{key.Name}.{name.Text}" }, file, path);
            else Value(value, null, key with { Name = $"{key.Name}.{name.Text}" }, file, path);
        }
    }

    // A mapping with all keys that it needs.
    static void Whole(YamlMap map, OptionKey key, string file, string path)
    {
        Map(map, key, file, $"{path}{key.Name}.");
        if (key.Keys.FirstOrDefault(k => k.IsNeeded && map[k.Name] is null) is { } missing) throw Missing(map, key, missing, file, path);
    }

    static void Maps(YamlList list, OptionKey key, string file, string path)
    {
        foreach (var item in list.Items)
        {
            if (item is not YamlMap map)
            {
                Value(item, null, key, file, path);
                continue;
            }
            Whole(map, key, file, path);
        }
    }

    static bool HasMarks(YamlNode node) => node switch
    {
        YamlScalar scalar => scalar.Value() is string text && Template.HasMarks(text),
        YamlList list => list.Items.Any(HasMarks),
        _ => false,
    };

    static QuernException Missing(YamlMap map, OptionKey key, OptionKey missing, string file, string path) =>
        new(new Fault("QN7193", "a key is missing that has to be there")
        {
            Where = Place(file, map),
            Value = $"{path}{key.Name}.{missing.Name}",
            Wanted = missing.Wanted,
            Try = [$"{missing.Name}: ..."],
            ExitCode = ExitCode.Usage,
        });

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
