using Quern.Jinja.Values;
using Quern.Projects.Nodes;
using Quern.Projects.Settings;
using Quern.Yaml;

namespace Quern.Projects.Reading;

/// <summary>Makes the tables of sources out of YAML.</summary>
sealed class SourceReader(PropertiesReader reader, DocsBlocks docs, NodeSettings settings, Target target)
{
    /// <summary>Reads a source: each of its tables with its tests.</summary>
    /// <exception cref="QuernException">QN7188: a location cannot be formatted; or a template in it fails.</exception>
    public IEnumerable<(SourceTable Table, List<TestEntry> Tests)> Read(PropertiesFile file, YamlMap source)
    {
        var name = Texts.Of(source["name"]!.Value())!;
        if (source["overrides"] is { } overrides) reader.Broken(file, overrides, "overrides of sources of packages are not done");
        if (source["tables"] is not { } tables || tables.Value() is null) yield break;
        if (tables is not YamlList list)
        {
            reader.Broken(file, tables, "tables is a list of entries that begin with `- name:`");
            yield break;
        }
        foreach (var entry in list.Items)
        {
            if (entry is YamlMap map && Texts.Of(map["name"]?.Value()) is { Length: > 0 } table) yield return Table(file, source, name, map, table);
            else reader.Broken(file, entry, "a table is a mapping with a name");
        }
    }

    (SourceTable Table, List<TestEntry> Tests) Table(PropertiesFile file, YamlMap source, string sourceName, YamlMap map, string name)
    {
        List<string> path = [.. file.Prefix, sourceName, name];
        var config = NodeSettings.Before(ResourceKind.Source, "sources", file.Package, path, null);
        var sourceMeta = new Dict();
        foreach (var level in new[] { source, map })
        {
            var own = new Dict();
            if (Rendered(file, level["meta"]) is Dict meta) own["meta"] = meta;
            if (level["tags"] is not null) own["tags"] = Rendered(file, level["tags"]);
            if (level["config"] is YamlMap given) ConfigMerge.Into(own, (Dict)reader.Render(file, given)!, file.Place(given));
            if (level == source && own["meta"] is Dict shared) sourceMeta = shared;
            ConfigMerge.Into(config.Values, own);
        }
        settings.Complete(config, "sources", file.Package, path, null);
        var written = PropertiesReader.WrittenConfig(source);
        ConfigMerge.Into(written, PropertiesReader.WrittenConfig(map));
        config.Written = settings.Written("sources", file.Package, path, written, null);
        var schema = Texts.Of(Rendered(file, source["schema"])) ?? sourceName;
        var database = Texts.Of(Rendered(file, source["database"])) ?? target.Database;
        var identifier = Texts.Of(Rendered(file, map["identifier"])) ?? name;
        if (Rendered(file, map["quoting"] ?? source["quoting"]) is Dict quoting) config["quoting"] = quoting;
        var columns = new ColumnReader(reader, file);
        columns.Read(map["columns"]);
        var external = Rendered(file, map["external"] ?? source["external"]) as Dict;
        var table = new SourceTable
        {
            Id = $"source.{file.Package.Name}.{sourceName}.{name}",
            Name = name,
            Package = file.Package.Name,
            File = file.File,
            Line = map.Line,
            Path = path,
            Config = config,
            Source = sourceName,
            Database = database,
            Schema = schema,
            Identifier = identifier,
            ExternalLocation = ExternalLocation.Of(About(config, name, identifier, schema, database), external, file.Place(map)),
            SourceDescription = docs.Describe(Texts.Of(source["description"]?.Value()) ?? "", file.Package.Name, file.Place(source)),
            SourceMeta = sourceMeta,
            Description = docs.Describe(Texts.Of(map["description"]?.Value()) ?? "", file.Package.Name, file.Place(map)),
            LoadedAtField = Texts.Of(Rendered(file, map["loaded_at_field"] ?? source["loaded_at_field"]) ?? config["loaded_at_field"]),
            LoadedAtQuery = Texts.Of(Rendered(file, map["loaded_at_query"] ?? source["loaded_at_query"]) ?? config["loaded_at_query"]),
            Freshness = Freshness(Rendered(file, source["freshness"]), map["freshness"] is { } own2 ? Rendered(file, own2) : "inherit") ?? config["freshness"],
        };
        foreach (var column in columns.Columns)
        {
            column.Description = docs.Describe(column.Description, file.Package.Name, file.Place(map));
            table.Columns[column.Name] = column;
        }
        var tests = reader.Tests(file, map, null, [], false);
        tests.AddRange(columns.Tests);
        return (table, tests);
    }

    object? Rendered(PropertiesFile file, YamlNode? node) => node is null ? null : reader.Render(file, node);

    // What a location may name in braces: the table, then its meta and configuration, in which external_location itself stands.
    static Dict About(NodeConfig config, string name, string identifier, string schema, string database)
    {
        var about = new Dict
        {
            ["name"] = name,
            ["identifier"] = identifier,
            ["schema"] = schema,
            ["database"] = database,
            ["tags"] = config.Values["tags"],
        };
        foreach (var (key, value) in config.Meta) about[key] = value;
        foreach (var key in new[] { "external_location", "formatter" })
            if (config[key] is { } value) about[key] = value;
        foreach (var (key, value) in config.Values)
            if (!about.ContainsKey(key)) about[key] = value;
        return about;
    }

    // A table's entry replaces the source's key by key; null switches it off.
    static object? Freshness(object? source, object? table)
    {
        if (table is "inherit") return source;
        if (table is not Dict own || source is not Dict shared) return table;
        var merged = shared.Copy();
        foreach (var (key, value) in own) merged[key] = value;
        return merged;
    }
}
