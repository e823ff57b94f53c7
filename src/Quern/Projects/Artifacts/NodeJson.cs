using System.Text.Json;
using Quern.Jinja.Values;
using Quern.Projects.Nodes;

namespace Quern.Projects.Artifacts;

/// <summary>Nodes as the manifest shows them: models, seeds, snapshots, tests, analyses, operations (public manifest schema, version
/// 12).</summary>
static class NodeJson
{
    /// <summary>Writes a node as an object.</summary>
    public static void Write(Utf8JsonWriter json, Node node, ManifestFacts facts)
    {
        json.WriteStartObject();
        WriteIdentity(json, node);
        WriteConfig(json, node);
        WriteDescription(json, node);
        WriteCode(json, node, facts);
        if (node.Kind != ResourceKind.Seed) WriteReading(json, node, facts);
        if (node.Kind == ResourceKind.Model) WriteModel(json, node);
        if (node.Kind == ResourceKind.Test && node.Test is { } test) WriteTest(json, node, test);
        if (node.Kind == ResourceKind.Operation) json.WriteNumber("index", node.HookIndex);
        json.WriteEndObject();
    }

    /// <summary>Writes the property <c>config</c> with all its defaults.</summary>
    public static void WriteConfig(Utf8JsonWriter json, Resource resource)
    {
        json.WriteStartObject("config");
        foreach (var (key, value) in MergedConfig.All(resource))
        {
            json.WritePropertyName(key);
            if (key is "pre-hook" or "post-hook") WriteHooks(json, value);
            else JsonValues.Write(json, value);
        }
        json.WriteEndObject();
    }

    /// <summary>Writes the property <c>unrendered_config</c>: what is set, as it is written.</summary>
    public static void WriteWritten(Utf8JsonWriter json, Resource resource)
    {
        json.WriteStartObject("unrendered_config");
        foreach (var (key, value) in resource.Config.Written ?? new Dict())
        {
            json.WritePropertyName(PythonText.Of(key));
            if (key is "pre-hook" or "post-hook") WriteHooks(json, value);
            else JsonValues.Write(json, value);
        }
        json.WriteEndObject();
    }

    /// <summary>Writes the property <c>columns</c>.</summary>
    public static void WriteColumns(Utf8JsonWriter json, OrderedDictionary<string, ColumnInfo> columns)
    {
        json.WriteStartObject("columns");
        foreach (var column in columns.Values)
        {
            json.WriteStartObject(column.Name);
            json.WriteString("name", column.Name);
            json.WriteString("description", column.Description);
            JsonValues.Write(json, "meta", column.Meta);
            json.WriteString("data_type", column.DataType);
            json.WritePropertyName("constraints");
            JsonValues.Write(json, column.Constraints);
            JsonValues.Write(json, "quote", column.Quote ? true : null);
            json.WriteStartObject("config");
            JsonValues.Write(json, "meta", column.Meta);
            JsonValues.WriteTexts(json, "tags", column.Tags);
            json.WriteEndObject();
            JsonValues.WriteTexts(json, "tags", column.Tags);
            json.WriteNull("granularity");
            JsonValues.WriteTexts(json, "doc_blocks", []);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    static void WriteIdentity(Utf8JsonWriter json, Node node)
    {
        json.WriteString("database", node.Database);
        json.WriteString("schema", node.Schema);
        json.WriteString("name", node.Name);
        json.WriteString("resource_type", node.Kind.Name());
        json.WriteString("package_name", node.Package);
        json.WriteString("path", node.PathInRoot);
        json.WriteString("original_file_path", node.File);
        json.WriteString("unique_id", node.Id);
        JsonValues.WriteTexts(json, "fqn", node.Path);
        json.WriteString("alias", node.Alias);
        json.WriteStartObject("checksum");
        json.WriteString("name", node.Checksum.Length > 0 ? "sha256" : "none");
        json.WriteString("checksum", node.Checksum);
        json.WriteEndObject();
    }

    static void WriteDescription(Utf8JsonWriter json, Node node)
    {
        JsonValues.WriteTexts(json, "tags", node.Tags);
        json.WriteString("description", node.Description);
        WriteColumns(json, node.Columns);
        JsonValues.Write(json, "meta", node.Meta);
        json.WriteString("group", node.Config.Text("group"));
        WriteDocs(json, node.Config["docs"] as Dict);
        json.WriteString("patch_path", node.PatchFile is { } patch ? $"{node.Package}://{patch}" : null);
    }

    static void WriteCode(Utf8JsonWriter json, Node node, ManifestFacts facts)
    {
        var sql = facts.Compiled.GetValueOrDefault(node.Id);
        json.WriteString("build_path",
            sql is null || node.IsEphemeral ? null : Path.Combine(facts.TargetPath, CompiledFile.PathOf(node, "run")));
        WriteWritten(json, node);
        json.WriteNumber("created_at", facts.Invocation.StartedAt.ToUnixTimeMilliseconds() / 1000.0);
        json.WriteString("relation_name", facts.Relation(node));
        json.WriteString("raw_code", RawCode(node));
        JsonValues.WriteTexts(json, "doc_blocks", []);
        if (node.Kind == ResourceKind.Seed)
        {
            json.WriteString("root_path", node.PackageFolder);
            json.WriteStartObject("depends_on");
            JsonValues.WriteTexts(json, "macros", node.Macros);
            json.WriteEndObject();
            return;
        }
        json.WriteString("language", node.Language);
        json.WriteString("compiled_path", sql is null ? null : Path.Combine(facts.TargetPath, CompiledFile.PathOf(node, "compiled")));
        if (sql is null) return;
        json.WriteBoolean("compiled", true);
        json.WriteString("compiled_code", sql);
        json.WriteBoolean("extra_ctes_injected", true);
        json.WriteStartArray("extra_ctes");
        json.WriteEndArray();
    }

    static void WriteReading(Utf8JsonWriter json, Node node, ManifestFacts facts)
    {
        WriteRefs(json, node.Refs);
        json.WriteStartArray("sources");
        foreach (var (source, table) in node.Sources) JsonValues.Write(json, (IEnumerable<object?>)[source, table]);
        json.WriteEndArray();
        JsonValues.WriteTexts(json, "metrics", []);
        WriteDependsOn(json, node.Macros, node.DependsOn);
        var contract = (MergedConfig.TryGet(node, "contract", out var value) ? value : null) as Dict;
        json.WriteStartObject("contract");
        json.WriteBoolean("enforced", contract?["enforced"] is true);
        json.WriteBoolean("alias_types", contract?["alias_types"] is not false);
        json.WriteString("checksum", contract?["enforced"] is true ? ContractChecksum.Of(node) : null);
        json.WriteEndObject();
    }

    static void WriteModel(Utf8JsonWriter json, Node node)
    {
        json.WriteString("access", node.Config.Text("access") ?? "protected");
        json.WritePropertyName("constraints");
        JsonValues.Write(json, node.Constraints);
        JsonValues.Write(json, "version", node.Version);
        JsonValues.Write(json, "latest_version", node.LatestVersion);
        JsonValues.Write(json, "deprecation_date", node.Config["deprecation_date"]);
        JsonValues.WriteTexts(json, "primary_key", []);
        json.WriteNull("time_spine");
    }

    static void WriteTest(Utf8JsonWriter json, Node node, GenericTest test)
    {
        var isSource = test.AttachedTo.StartsWith("source.", StringComparison.Ordinal);
        json.WriteString("column_name", test.Column);
        json.WriteString("file_key_name", FileKey(test));
        json.WriteString("attached_node", isSource ? null : test.AttachedTo);
        json.WriteStartObject("test_metadata");
        json.WriteString("name", test.Name);
        json.WriteStartObject("kwargs");
        foreach (var (key, value) in test.Arguments) JsonValues.Write(json, PythonText.Of(key), value);
        if (!test.Arguments.ContainsKey("model")) json.WriteString("model", $"{{{{ get_where_subquery({Call(node, test)}) }}}}");
        json.WriteEndObject();
        json.WriteString("namespace", test.Namespace);
        json.WriteEndObject();
    }

    /// <summary>The code of a node; of a generic test the call of its macro, as its file is YAML.</summary>
    static string RawCode(Node node) =>
        node.Test is not { } test || node.RawCode.Length > 0 ? node.RawCode
        : $"{{{{ {(test.Namespace is null ? "" : test.Namespace + ".")}test_{test.Name}(**_dbt_generic_test_kwargs) }}}}";

    // models.orders, seeds.raw_orders, sources.files_rates
    static string FileKey(GenericTest test)
    {
        var parts = test.AttachedTo.Split('.');
        return parts[0] == "source" ? $"sources.{string.Join('_', parts.Skip(2))}" : $"{parts[0]}s.{string.Join('.', parts.Skip(2))}";
    }

    static string Call(Node node, GenericTest test)
    {
        var parts = test.AttachedTo.Split('.');
        if (parts[0] == "source") return $"source('{parts[^2]}', '{parts[^1]}')";
        var version = node.Refs.FirstOrDefault(r => r.Name == parts[2])?.Version;
        return version is null ? $"ref('{parts[2]}')" : $"ref('{parts[2]}', version={PythonText.Represent(version)})";
    }

    internal static void WriteRefs(Utf8JsonWriter json, IReadOnlyList<RefCall> refs)
    {
        json.WriteStartArray("refs");
        foreach (var (package, name, version) in refs)
        {
            json.WriteStartObject();
            json.WriteString("name", name);
            json.WriteString("package", package);
            JsonValues.Write(json, "version", version);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    internal static void WriteDependsOn(Utf8JsonWriter json, IEnumerable<string> macros, IEnumerable<string> nodes)
    {
        json.WriteStartObject("depends_on");
        JsonValues.WriteTexts(json, "macros", macros);
        JsonValues.WriteTexts(json, "nodes", nodes);
        json.WriteEndObject();
    }

    internal static void WriteDocs(Utf8JsonWriter json, Dict? docs)
    {
        json.WriteStartObject("docs");
        json.WriteBoolean("show", docs?["show"] is not false);
        JsonValues.Write(json, "node_color", docs?["node_color"]);
        json.WriteEndObject();
    }

    static void WriteHooks(Utf8JsonWriter json, object? value)
    {
        json.WriteStartArray();
        var hooks = value switch
        {
            List<object?> list => list,
            TupleValue tuple => tuple,
            null => [],
            var one => (IEnumerable<object?>)[one],
        };
        foreach (var hook in hooks)
        {
            if (hook is Dict dict)
            {
                JsonValues.Write(json, dict);
                continue;
            }
            json.WriteStartObject();
            JsonValues.Write(json, "sql", hook);
            json.WriteBoolean("transaction", true);
            json.WriteNull("index");
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
