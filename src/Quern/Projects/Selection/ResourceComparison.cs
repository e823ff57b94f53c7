using System.Buffers;
using System.Text.Json;
using Quern.Projects.Artifacts;
using Quern.Projects.Nodes;

namespace Quern.Projects.Selection;

/// <summary>Compares a resource with what an earlier manifest says of it.</summary>
static class ResourceComparison
{
    /// <summary>Keys that decide where a relation lies or how people find it, not what is in it.</summary>
    static readonly string[] NotCompared = ["alias", "schema", "database", "tags", "group"];

    /// <summary>Of a test only these count.</summary>
    static readonly string[] OfTests =
        ["severity", "where", "limit", "fail_calc", "warn_if", "error_if", "store_failures", "store_failures_as"];

    static readonly string[] NamesOfRelation = ["database", "schema", "alias"];

    /// <summary>Whether nothing changed that would change what it makes.</summary>
    public static bool Same(Resource resource, JsonElement before) => resource switch
    {
        Node { Kind: ResourceKind.Test, Test: not null } => SameConfig(resource, before) && SamePath(resource, before),
        Node node => SameBody(node, before) && SameConfig(node, before) && SameDescriptions(node, before) && SamePath(node, before)
            && SameRelation(node, before) && SameContract(node, before) && SameReference(node, before),
        SourceTable source => SameRelation(source, before) && SamePath(source, before) && SameConfig(source, before)
            && SameText(before, "loaded_at_field", source.LoadedAtField),
        UnitTest test => Equal(before, json => ResourceJson.WriteUnitTest(json, test), "model", "given", "expect", "overrides"),
        Exposure exposure => SamePath(exposure, before) && SameConfig(exposure, before) && Equal(
            before, json => ResourceJson.WriteExposure(json, exposure),
                "type", "owner", "maturity", "url", "description", "label", "depends_on"),
        _ => false,
    };

    public static bool SameBody(Node node, JsonElement before) => node.Kind == ResourceKind.Seed
        ? before.TryGetProperty("checksum", out var checksum) && SameText(checksum, "checksum", node.Checksum)
        : SameText(before, "raw_code", node.RawCode) || (node.Test is not null && node.RawCode.Length == 0);

    public static bool SameConfig(Resource resource, JsonElement before)
    {
        if (WrittenConfig.Of(resource, before) is not { } written) return SameRenderedConfig(resource, before);
        return written.Keys.Where(k => IsCompared(resource, k)).All(written.IsSame);
    }

    static bool IsCompared(Resource resource, string key) =>
        resource.Kind == ResourceKind.Test ? OfTests.Contains(key) : !NotCompared.Contains(key);

    static bool SameRenderedConfig(Resource resource, JsonElement before)
    {
        var now = Written(json =>
        {
            json.WriteStartObject();
            NodeJson.WriteConfig(json, resource);
            json.WriteEndObject();
        }).GetProperty("config");
        if (!before.TryGetProperty("config", out var then)) return false;
        var keys = now.EnumerateObject().Concat(then.EnumerateObject()).Select(p => p.Name).Distinct()
            .Where(k => IsCompared(resource, k));
        return keys.All(key => SameProperty(now, then, key));
    }

    public static bool SameDescriptions(Node node, JsonElement before)
    {
        var persisted = node.Config["persist_docs"] as Jinja.Values.Dict;
        if (persisted?["relation"] is true && !SameText(before, "description", node.Description)) return false;
        return persisted?["columns"] is not true
            || Columns(node, before, "description", (c, then) => (then.GetString() ?? "") == c.Description);
    }

    public static bool SameRelation(Resource resource, JsonElement before)
    {
        if (resource is SourceTable source)
        {
            return SameText(before, "database", source.Database) && SameText(before, "schema", source.Schema)
                && SameText(before, "identifier", source.Identifier);
        }
        if (WrittenConfig.Of(resource, before) is { } written) return NamesOfRelation.All(written.IsSame);
        if (!before.TryGetProperty("config", out var config)) return false;
        return NamesOfRelation.All(key =>
            SameText(config, key, MergedConfig.TryGet(resource, key, out var value) ? value as string : null));
    }

    public static bool SameContract(Node node, JsonElement before)
    {
        if (node.Kind != ResourceKind.Model) return true;
        var isEnforced = node.Config["contract"] is Jinja.Values.Dict contract && contract["enforced"] is true;
        var wasEnforced = before.TryGetProperty("contract", out var then) && then.TryGetProperty("enforced", out var flag)
            && flag.ValueKind == JsonValueKind.True;
        if (isEnforced != wasEnforced) return false;
        return !isEnforced || Columns(node, before, "data_type", (c, type) => type.GetString() == c.DataType);
    }

    // Refs without a version mean another model once the latest version is another.
    static bool SameReference(Node node, JsonElement before) => node.Kind != ResourceKind.Model
        || (Equal(before, json =>
            {
                json.WriteStartObject();
                JsonValues.Write(json, "latest_version", node.LatestVersion);
                json.WriteEndObject();
            }, "latest_version")
            && SameText(before, "access", node.Config.Text("access") ?? "protected"));

    static bool SamePath(Resource resource, JsonElement before) =>
        before.TryGetProperty("fqn", out var path) && path.ValueKind == JsonValueKind.Array
        && path.EnumerateArray().Select(p => p.GetString()).SequenceEqual(resource.Path);

    static bool Columns(Node node, JsonElement before, string property, Func<ColumnInfo, JsonElement, bool> same)
    {
        if (!before.TryGetProperty("columns", out var columns) || columns.ValueKind != JsonValueKind.Object) return node.Columns.Count == 0;
        return columns.EnumerateObject().Count() == node.Columns.Count && node.Columns.Values.All(c =>
            columns.TryGetProperty(c.Name, out var then) && then.TryGetProperty(property, out var value) && same(c, value));
    }

    static bool SameText(JsonElement of, string property, string? text) =>
        of.TryGetProperty(property, out var value) ? value.ValueKind is JsonValueKind.String or JsonValueKind.Null && value.GetString() == text
            : text is null;

    static bool Equal(JsonElement before, Action<Utf8JsonWriter> write, params string[] properties)
    {
        var now = Written(write);
        return properties.All(p => SameProperty(now, before, p));
    }

    static bool SameProperty(JsonElement now, JsonElement then, string property)
    {
        var isNow = now.TryGetProperty(property, out var a) && a.ValueKind != JsonValueKind.Null;
        var wasThen = then.TryGetProperty(property, out var b) && b.ValueKind != JsonValueKind.Null;
        return isNow == wasThen && (!isNow || JsonElement.DeepEquals(a, b));
    }

    static JsonElement Written(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, JsonValues.Options)) write(json);
        using var document = JsonDocument.Parse(buffer.WrittenMemory);
        return document.RootElement.Clone();
    }
}
