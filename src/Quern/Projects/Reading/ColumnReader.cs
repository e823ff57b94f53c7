using Quern.Jinja.Values;
using Quern.Projects.Nodes;
using Quern.Projects.Settings;
using Quern.Yaml;

namespace Quern.Projects.Reading;

/// <summary>Reads the columns of an entry, with their tests.</summary>
sealed class ColumnReader(PropertiesReader reader, PropertiesFile file)
{
    YamlMap? _choice;

    /// <summary>The columns, in order.</summary>
    public List<ColumnInfo> Columns { get; } = [];

    /// <summary>Their tests.</summary>
    public List<TestEntry> Tests { get; } = [];

    /// <summary>Reads the list under <c>columns:</c>.</summary>
    public void Read(YamlNode? columns)
    {
        if (columns is null or { IsNull: true }) return;
        if (columns is not YamlList list)
        {
            reader.Broken(file, columns, "columns is a list of entries that begin with `- name:`");
            return;
        }
        foreach (var entry in list.Items)
        {
            if (entry is YamlMap choice && (choice["include"] ?? choice["exclude"]) is not null) _choice = choice;
            else if (entry is YamlMap map && Texts.Of(map["name"]?.Value()) is { Length: > 0 } name) Add(map, name);
            else reader.Broken(file, entry, "a column is a mapping with a name");
        }
    }

    /// <summary>For a version of a model: its columns out of those of the model, chosen by <c>include</c> and <c>exclude</c>, and its own.</summary>
    public List<ColumnInfo> Choose(IReadOnlyList<ColumnInfo> general)
    {
        var include = _choice?["include"]?.Value();
        var without = Texts.Many(_choice?["exclude"]?.Value());
        var chosen = general.Where(c => include is null or "all" or "*" || Texts.Many(include).Contains(c.Name))
            .Where(c => !without.Contains(c.Name) && !Columns.Any(own => own.Name == c.Name));
        return [.. chosen, .. Columns];
    }

    void Add(YamlMap map, string name)
    {
        var config = map["config"] as YamlMap;
        var tags = Texts.Many(Rendered(map["tags"])).Concat(Texts.Many(Rendered(config?["tags"]))).Distinct(StringComparer.Ordinal).ToList();
        var meta = Rendered(map["meta"]) as Dict ?? new Dict();
        if (Rendered(config?["meta"]) is Dict more)
        {
            foreach (var (key, value) in more) meta[key] = value;
        }
        var quote = Texts.Flag(map["quote"]?.Value()) ?? false;
        Columns.Add(new ColumnInfo
        {
            Name = name,
            Description = Texts.Of(map["description"]?.Value()) ?? "",
            DataType = Texts.Of(Rendered(map["data_type"])),
            Quote = quote,
            Meta = meta,
            Tags = tags,
            Constraints = map["constraints"]?.Value() as List<object?> ?? [],
        });
        Tests.AddRange(reader.Tests(file, map, name, tags, quote));
    }

    object? Rendered(YamlNode? node) => node is null ? null : reader.Render(file, node);
}
