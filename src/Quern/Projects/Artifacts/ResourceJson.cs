using System.Text.Json;
using Quern.Jinja.Values;
using Quern.Projects.Nodes;

namespace Quern.Projects.Artifacts;

/// <summary>What is no node as the manifest shows it: sources, exposures, unit tests, macros, docs (public manifest schema, version
/// 12).</summary>
static class ResourceJson
{
    /// <summary>Writes any resource as an object.</summary>
    public static void Write(Utf8JsonWriter json, Resource resource, ManifestFacts facts)
    {
        switch (resource)
        {
            case Node node:
                NodeJson.Write(json, node, facts);
                break;
            case SourceTable source:
                WriteSource(json, source, facts);
                break;
            case Exposure exposure:
                WriteExposure(json, exposure);
                break;
            case UnitTest test:
                WriteUnitTest(json, test);
                break;
            default:
                throw new InvalidOperationException($"no form for {resource}");
        }
    }

    public static void WriteSource(Utf8JsonWriter json, SourceTable source, ManifestFacts facts)
    {
        json.WriteStartObject();
        json.WriteString("database", source.Database);
        json.WriteString("schema", source.Schema);
        json.WriteString("name", source.Name);
        WritePlace(json, source, "source", source.File);
        JsonValues.WriteTexts(json, "fqn", source.Path);
        json.WriteString("source_name", source.Source);
        json.WriteString("source_description", source.SourceDescription);
        json.WriteString("loader", source.Config.Text("loader") ?? "");
        json.WriteString("identifier", source.Identifier);
        json.WriteStartObject("quoting");
        foreach (var part in (string[])["database", "schema", "identifier", "column"]) json.WriteNull(part);
        json.WriteEndObject();
        json.WriteString("loaded_at_field", source.LoadedAtField);
        json.WriteString("loaded_at_query", source.LoadedAtQuery);
        JsonValues.Write(json, "freshness", source.Freshness);
        json.WriteNull("external");
        json.WriteString("description", source.Description);
        NodeJson.WriteColumns(json, source.Columns);
        JsonValues.Write(json, "meta", source.Meta);
        JsonValues.Write(json, "source_meta", source.SourceMeta);
        JsonValues.WriteTexts(json, "tags", source.Tags);
        NodeJson.WriteConfig(json, source);
        json.WriteNull("patch_path");
        NodeJson.WriteWritten(json, source);
        json.WriteString("relation_name", source.ExternalLocation ?? $"\"{source.Database}\".\"{source.Schema}\".\"{source.Identifier}\"");
        json.WriteNumber("created_at", Created(facts));
        json.WriteEndObject();
    }

    public static void WriteExposure(Utf8JsonWriter json, Exposure exposure)
    {
        json.WriteStartObject();
        json.WriteString("name", exposure.Name);
        WritePlace(json, exposure, "exposure", exposure.File);
        JsonValues.WriteTexts(json, "fqn", exposure.Path);
        JsonValues.Write(json, "type", exposure.Properties.GetValueOrDefault("type"));
        JsonValues.Write(json, "owner", exposure.Properties.GetValueOrDefault("owner") ?? new Dict());
        json.WriteString("description", exposure.Description);
        foreach (var key in (string[])["label", "maturity", "url"]) JsonValues.Write(json, key, exposure.Properties.GetValueOrDefault(key));
        JsonValues.Write(json, "meta", exposure.Meta);
        JsonValues.WriteTexts(json, "tags", exposure.Tags);
        NodeJson.WriteConfig(json, exposure);
        json.WriteStartObject("unrendered_config");
        json.WriteEndObject();
        NodeJson.WriteDependsOn(json, [], exposure.DependsOn);
        WriteCalls(json, exposure);
        JsonValues.WriteTexts(json, "metrics", []);
        json.WriteEndObject();
    }

    public static void WriteUnitTest(Utf8JsonWriter json, UnitTest test)
    {
        json.WriteStartObject();
        json.WriteString("model", test.Model);
        json.WriteStartArray("given");
        foreach (var fixture in test.Given) WriteFixture(json, fixture);
        json.WriteEndArray();
        json.WritePropertyName("expect");
        WriteFixture(json, test.Expect);
        json.WriteString("name", test.Name);
        WritePlace(json, test, "unit_test", test.File);
        JsonValues.WriteTexts(json, "fqn", test.Path);
        json.WriteString("description", test.Description);
        JsonValues.Write(json, "overrides", test.Overrides.Count == 0 ? null : test.Overrides);
        NodeJson.WriteDependsOn(json, [], test.DependsOn);
        NodeJson.WriteConfig(json, test);
        json.WriteNull("schema");
        json.WriteNull("versions");
        json.WriteNull("version");
        json.WriteEndObject();
    }

    public static void WriteMacro(Utf8JsonWriter json, MacroText macro, IReadOnlyList<string> calls)
    {
        json.WriteStartObject();
        json.WriteString("name", macro.Name);
        json.WriteString("resource_type", "macro");
        json.WriteString("package_name", macro.Package);
        json.WriteString("path", macro.File);
        json.WriteString("original_file_path", macro.File);
        json.WriteString("unique_id", macro.Id);
        json.WriteString("macro_sql", macro.Text);
        json.WriteStartObject("depends_on");
        JsonValues.WriteTexts(json, "macros", calls);
        json.WriteEndObject();
        json.WriteString("description", "");
        JsonValues.Write(json, "meta", new Dict());
        NodeJson.WriteDocs(json, null);
        json.WriteNull("patch_path");
        JsonValues.WriteTexts(json, "arguments", []);
        json.WriteNull("supported_languages");
        json.WriteEndObject();
    }

    /// <summary>Writes a docs block.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="key"><c>package.name</c>.</param>
    /// <param name="text">Its text.</param>
    public static void WriteDoc(Utf8JsonWriter json, string key, string text)
    {
        var dot = key.IndexOf('.', StringComparison.Ordinal);
        json.WriteStartObject();
        json.WriteString("name", key[(dot + 1)..]);
        json.WriteString("resource_type", "doc");
        json.WriteString("package_name", key[..Math.Max(0, dot)]);
        json.WriteString("path", "");
        json.WriteString("original_file_path", "");
        json.WriteString("unique_id", $"doc.{key}");
        json.WriteString("block_contents", text);
        json.WriteEndObject();
    }

    static void WritePlace(Utf8JsonWriter json, Resource resource, string kind, string path)
    {
        json.WriteString("resource_type", kind);
        json.WriteString("package_name", resource.Package);
        json.WriteString("path", path);
        json.WriteString("original_file_path", resource.File);
        json.WriteString("unique_id", resource.Id);
    }

    static void WriteFixture(Utf8JsonWriter json, Fixture fixture)
    {
        json.WriteStartObject();
        if (fixture.Input is not null) json.WriteString("input", fixture.Input);
        JsonValues.Write(json, "rows", fixture.Rows);
        json.WriteString("format", fixture.Format);
        json.WriteString("fixture", fixture.FixtureFile);
        json.WriteEndObject();
    }

    // The manifest keeps an exposure's parents only: its calls are told from their ids.
    static void WriteCalls(Utf8JsonWriter json, Exposure exposure)
    {
        var parents = exposure.DependsOn.Select(id => id.Split('.')).ToList();
        NodeJson.WriteRefs(json, [.. parents.Where(p => p[0] != "source" && p.Length > 2).Select(p => new RefCall(null, p[2], null))]);
        json.WriteStartArray("sources");
        foreach (var parent in parents.Where(p => p[0] == "source" && p.Length > 3))
            JsonValues.Write(json, (IEnumerable<object?>)[parent[2], parent[3]]);
        json.WriteEndArray();
    }

    static double Created(ManifestFacts facts) => facts.Invocation.StartedAt.ToUnixTimeMilliseconds() / 1000.0;
}
