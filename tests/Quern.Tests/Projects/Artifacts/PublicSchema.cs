using System.Text.Json;
using Quern.Tests.House;

namespace Quern.Tests.Projects.Artifacts;

/// <summary>Holds an artifact against the fields of its public schema, which lie beside the tests as text.</summary>
sealed class PublicSchema
{
    readonly Dictionary<string, Dictionary<string, (string[] Kinds, bool Required)>> _types;

    PublicSchema(string file) => _types = Repository.Lines(file).Select(l => l.Text).Where(l => l.Length > 0 && l[0] != '#')
        .Select(l => l.Split(' ')).GroupBy(w => w[0]).ToDictionary(
            g => g.Key, g => g.ToDictionary(w => w[1], w => (w[2].Split('|'), w.Length > 3)));

    /// <summary>What a manifest has too much, too little or of another kind.</summary>
    public static List<string> OfManifest(JsonElement manifest)
    {
        var (schema, problems) = (new PublicSchema("tests/Quern.Tests/Projects/Artifacts/manifest-v12.txt"), new List<string>());
        schema.Check("manifest", manifest, "manifest", problems);
        schema.Check("metadata", manifest.GetProperty("metadata"), "metadata", problems);
        foreach (var node in manifest.GetProperty("nodes").EnumerateObject()) schema.CheckResource(KindOf(node.Value), node.Value, problems);
        foreach (var kind in (string[])["source", "macro", "doc", "exposure", "unit_test"])
        {
            foreach (var resource in manifest.GetProperty(kind + "s").EnumerateObject()) schema.CheckResource(kind, resource.Value, problems);
        }
        return problems;
    }

    /// <summary>What run results have too much, too little or of another kind.</summary>
    public static List<string> OfRunResults(JsonElement results)
    {
        var (schema, problems) = (new PublicSchema("tests/Quern.Tests/Models/Artifacts/run-results-v6.txt"), new List<string>());
        schema.Check("run_results", results, "run_results", problems);
        schema.Check("metadata", results.GetProperty("metadata"), "metadata", problems);
        foreach (var result in results.GetProperty("results").EnumerateArray())
            schema.Check("result", result, result.GetProperty("unique_id").GetString()!, problems);
        return problems;
    }

    static string KindOf(JsonElement node)
    {
        var kind = node.GetProperty("resource_type").GetString()!;
        return kind == "test" && !node.TryGetProperty("test_metadata", out _) ? "singular" : kind;
    }

    void CheckResource(string kind, JsonElement resource, List<string> problems)
    {
        var place = resource.GetProperty("unique_id").GetString()!;
        Check(kind, resource, place, problems);
        if (resource.TryGetProperty("config", out var config)) CheckConfig(kind, config, place, problems);
        if (!resource.TryGetProperty("columns", out var columns)) return;
        foreach (var column in columns.EnumerateObject()) Check("column", column.Value, $"{place} column {column.Name}", problems);
    }

    // Projects add keys of their own to a configuration; those of the schema are all there but two, which came after dbt 1.10.
    void CheckConfig(string kind, JsonElement config, string place, List<string> problems)
    {
        foreach (var (name, (kinds, _)) in _types["config." + kind])
        {
            if (kind == "source" && name.StartsWith("loaded_at_", StringComparison.Ordinal)) continue;
            if (!config.TryGetProperty(name, out var value)) problems.Add($"{place}: config lacks {name}");
            else if (!Fits(value, kinds)) problems.Add($"{place}: config.{name} is {value.ValueKind}");
        }
    }

    void Check(string type, JsonElement value, string place, List<string> problems)
    {
        var fields = _types[type];
        foreach (var (name, (_, required)) in fields)
        {
            if (required && !value.TryGetProperty(name, out _)) problems.Add($"{place}: {name} is missing");
        }
        foreach (var property in value.EnumerateObject())
        {
            if (!fields.TryGetValue(property.Name, out var field)) problems.Add($"{place}: {property.Name} is not in the schema");
            else if (!Fits(property.Value, field.Kinds))
                problems.Add($"{place}: {property.Name} is {property.Value.ValueKind}, not {string.Join('|', field.Kinds)}");
        }
    }

    static bool Fits(JsonElement value, string[] kinds) => kinds.Contains("any") || value.ValueKind switch
    {
        JsonValueKind.Null => kinds.Contains("null"),
        JsonValueKind.String => kinds.Contains("string"),
        JsonValueKind.True or JsonValueKind.False => kinds.Contains("boolean"),
        JsonValueKind.Array => kinds.Contains("array"),
        JsonValueKind.Object => kinds.Contains("object"),
        _ => kinds.Contains("number") || (kinds.Contains("integer") && value.TryGetInt64(out _)),
    };
}
