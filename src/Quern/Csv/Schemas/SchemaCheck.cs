using Quern.Chunks;
using Quern.Yaml;

namespace Quern.Csv.Schemas;

/// <summary>Holds a schema file against the table of its keys.</summary>
static class SchemaCheck
{
    /// <summary>Checks a mapping and all below it.</summary>
    /// <exception cref="QuernException">QN4001 or QN4002.</exception>
    public static void Map(YamlMap map, SchemaKey key, string file, string path = "")
    {
        foreach (var (name, value) in map.Entries)
        {
            var child = key.Keys.FirstOrDefault(k => k.Name == name.Text) ?? throw SchemaFaults.UnknownKey(
                YamlText.Place(file, name.Line, name.Column), path + name.Text, name.Text, [.. key.Keys.Select(k => k.Name)]);
            Value(value, child, file, $"{path}{child.Name}");
        }
        if (key.Keys.FirstOrDefault(k => k.IsRequired && k.Kind != SchemaKind.Version && map[k.Name] is null) is { } missing)
            throw SchemaFaults.MissingKey(YamlText.Place(file, map.Line, map.Column), path + missing.Name, missing.Wanted);
    }

    static void Value(YamlNode node, SchemaKey key, string file, string path)
    {
        switch (key.Kind)
        {
            case SchemaKind.Map when node is YamlMap below:
                Map(below, key, file, path + ".");
                return;
            case SchemaKind.Maps when node is YamlList list:
                foreach (var item in list.Items)
                {
                    if (item is YamlMap each) Map(each, key, file, path + ".");
                    else throw Wrong(item, key, file, path);
                }
                return;
            case SchemaKind.Texts when node is YamlList texts && texts.Items.All(item => item is YamlScalar):
                return;
        }
        if (node is not YamlScalar scalar || !Fits(scalar, key)) throw Wrong(node, key, file, path);
    }

    static bool Fits(YamlScalar scalar, SchemaKey key) => key.Kind switch
    {
        SchemaKind.Version => scalar.Value() is 1L,
        SchemaKind.Flag => scalar.Value() is bool,
        SchemaKind.Count => scalar.Value() is >= 0L,
        SchemaKind.Byte => CsvByte.Find(scalar.Text) is not null || key.Words.Contains(scalar.Text),
        SchemaKind.Text => scalar.Text.Length > 0,
        SchemaKind.Type => LogicalType.TryParse(scalar.Text, out _),
        // The word null is none in YAML, and means what it says.
        SchemaKind.Word => key.Words.Contains(scalar.Text),
        _ => false,
    };

    static QuernException Wrong(YamlNode node, SchemaKey key, string file, string path) =>
        SchemaFaults.WrongValue(YamlText.Place(file, node.Line, node.Column), path, (node as YamlScalar)?.Text, key.Wanted);
}
