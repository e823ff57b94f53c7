using Quern.Jinja.Values;
using Quern.Projects.Nodes;
using Quern.Projects.Reading;
using Quern.Projects.Times;

namespace Quern.Projects.Context;

/// <summary>A node as templates see it (<c>model</c>, <c>graph.nodes</c>): a dict with dbt's names.</summary>
static class NodeValues
{
    /// <summary>A node with code, or a seed; with the part of it that is built, if it is built in parts.</summary>
    public static Dict Of(Node node, ProjectTemplates templates, EventBatch? batch = null)
    {
        var config = ConfigDefaults.Complete(node.Kind, node.Config.Values);
        var values = Start(node, config);
        values["path"] = node.PathInRoot;
        values["database"] = node.Database;
        values["schema"] = node.Schema;
        values["alias"] = node.Alias;
        values["checksum"] = new Dict { ["name"] = "sha256", ["checksum"] = node.Checksum };
        values["columns"] = Columns(node.Columns);
        values["patch_path"] = node.PatchFile is { } file ? $"{node.Package}://{file}" : null;
        values["build_path"] = values["compiled_path"] = null;
        values["relation_name"] = node.Kind is ResourceKind.Model or ResourceKind.Seed or ResourceKind.Snapshot && !node.IsEphemeral
            && node.Schema.Length > 0
            ? templates.RelationOf(node).Render()
            : null;
        values["raw_code"] = node.RawCode;
        values["language"] = node.Language;
        values["refs"] = new List<object?>(node.Refs.Select(RefOf));
        values["sources"] = new List<object?>(node.Sources.Select(s => new List<object?> { s.Source, s.Table }));
        values["metrics"] = new List<object?>();
        values["depends_on"] = new Dict { ["macros"] = TextsOf(node.Macros), ["nodes"] = TextsOf(node.DependsOn) };
        values["contract"] = config["contract"] as Dict ?? new Dict { ["enforced"] = false };
        values["access"] = config["access"];
        values["constraints"] = new List<object?>(node.Constraints);
        values["version"] = node.Version;
        values["latest_version"] = node.LatestVersion;
        values["deprecation_date"] = null;
        values["primary_key"] = new List<object?>();
        values["time_spine"] = values["defer_relation"] = null;
        if (node.Kind == ResourceKind.Seed) values["root_path"] = node.PackageFolder;
        if (node.Test is { } test) AddTest(values, test);
        if (batch is not null)
        {
            values["batch"] = new Dict
            {
                ["id"] = batch.Id,
                ["event_time_start"] = new DateTimeOffset(batch.Window.Start, TimeSpan.Zero),
                ["event_time_end"] = new DateTimeOffset(batch.Window.End, TimeSpan.Zero),
            };
        }
        return values;
    }

    /// <summary>A table of a source.</summary>
    public static Dict Of(SourceTable table, ProjectTemplates templates)
    {
        var config = table.Config.Values.Copy();
        if (!config.ContainsKey("enabled")) config["enabled"] = true;
        if (!config.ContainsKey("freshness")) config["freshness"] = table.Freshness;
        var values = Start(table, config);
        values["path"] = table.File;
        values["database"] = table.Database;
        values["schema"] = table.Schema;
        values["identifier"] = table.Identifier;
        values["source_name"] = table.Source;
        values["source_description"] = table.SourceDescription;
        values["source_meta"] = table.SourceMeta;
        values["loader"] = config["loader"] ?? "";
        values["loaded_at_field"] = table.LoadedAtField;
        values["freshness"] = table.Freshness;
        values["quoting"] = config["quoting"] as Dict ?? new Dict();
        values["external"] = config["external"];
        values["columns"] = Columns(table.Columns);
        values["relation_name"] = templates.RelationOf(table).Render();
        return values;
    }

    /// <summary>An exposure.</summary>
    public static Dict Of(Exposure exposure)
    {
        var values = Start(exposure, exposure.Config.Values);
        values["path"] = exposure.File;
        foreach (var name in new[] { "type", "owner", "maturity", "url", "label" })
            values[name] = exposure.Properties.GetValueOrDefault(name);
        values["owner"] ??= new Dict { ["name"] = null, ["email"] = null };
        values["depends_on"] = new Dict { ["macros"] = new List<object?>(), ["nodes"] = TextsOf(exposure.DependsOn) };
        return values;
    }

    static Dict Start(Resource resource, Dict config) => new()
    {
        ["unique_id"] = resource.Id,
        ["name"] = resource.Name,
        ["resource_type"] = resource.Kind.Name(),
        ["package_name"] = resource.Package,
        ["original_file_path"] = resource.File,
        ["fqn"] = TextsOf(resource.Path),
        ["description"] = resource.Description,
        ["meta"] = config["meta"] as Dict ?? new Dict(),
        ["tags"] = config["tags"] as List<object?> ?? [],
        ["group"] = config["group"],
        ["docs"] = config["docs"] as Dict ?? new Dict { ["show"] = true, ["node_color"] = null },
        ["config"] = config,
        ["unrendered_config"] = resource.Config.Written?.Copy() ?? new Dict(),
    };

    static void AddTest(Dict values, GenericTest test)
    {
        var arguments = test.Arguments.Copy();
        values["test_metadata"] = new Dict { ["name"] = test.Name, ["namespace"] = test.Namespace, ["kwargs"] = arguments };
        values["column_name"] = test.Column;
        values["attached_node"] = test.AttachedTo;
        values["file_key_name"] = $"models.{test.AttachedTo.Split('.')[^1]}";
    }

    static Dict Columns(OrderedDictionary<string, ColumnInfo> columns)
    {
        var values = new Dict();
        foreach (var (_, column) in columns)
        {
            values[column.Name] = new Dict
            {
                ["name"] = column.Name,
                ["description"] = column.Description,
                ["meta"] = column.Meta,
                ["data_type"] = column.DataType,
                ["constraints"] = new List<object?>(column.Constraints),
                ["quote"] = column.Quote ? true : null,
                ["tags"] = TextsOf(column.Tags),
            };
        }
        return values;
    }

    static Dict RefOf(RefCall call) => new() { ["name"] = call.Name, ["package"] = call.Package, ["version"] = call.Version };

    static List<object?> TextsOf(IEnumerable<string> texts) => [.. texts];
}
