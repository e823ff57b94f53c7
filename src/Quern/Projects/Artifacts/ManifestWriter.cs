using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Quern.Projects.Nodes;

namespace Quern.Projects.Artifacts;

/// <summary>Writes <c>manifest.json</c> as other tools read it: the public manifest schema, version 12. What Quern has none of (metrics,
/// semantic models, saved queries) is there and empty.</summary>
/// <param name="facts">What it says.</param>
sealed class ManifestWriter(ManifestFacts facts)
{
    /// <summary>The version of dbt whose behaviour and artifacts these are.</summary>
    public const string DbtVersion = "1.10.23";

    const string Schema = "https://schemas.getdbt.com/dbt/manifest/v12.json";

    readonly Lazy<HashSet<string>> _macros = new(() => facts.Macros.Select(m => m.Id).ToHashSet(StringComparer.Ordinal));

    /// <summary>Replaces the file.</summary>
    /// <param name="path">Absolute path; its folder is made.</param>
    /// <returns>Its size in bytes.</returns>
    /// <exception cref="QuernException">QN80xx: it cannot be written.</exception>
    public long Write(string path)
    {
        return ArtifactFile.Write(path, Write, facts.Invocation.Secrets, IsName);
    }

    /// <summary>Writes the document.</summary>
    public void Write(Stream stream)
    {
        using var json = new Utf8JsonWriter(stream, JsonValues.Options);
        var manifest = facts.Manifest;
        json.WriteStartObject();
        WriteMetadata(json);
        WriteAll(json, "nodes", manifest.Nodes.Values, n => n.Id, n => NodeJson.Write(json, n, facts));
        WriteAll(json, "sources", manifest.Sources.Values, s => s.Id, s => ResourceJson.WriteSource(json, s, facts));
        var calls = new MacroCalls(facts.Macros.Select(m => m.Id).ToHashSet(StringComparer.Ordinal), facts.ProjectName);
        WriteAll(json, "macros", facts.Macros, m => m.Id, m => ResourceJson.WriteMacro(json, m, calls.Of(m)));
        WriteAll(json, "docs", manifest.Docs, d => $"doc.{d.Key}", d => ResourceJson.WriteDoc(json, d.Key, d.Value));
        WriteAll(json, "exposures", manifest.Exposures.Values, e => e.Id, e => ResourceJson.WriteExposure(json, e));
        WriteEmpty(json, "metrics", "groups");
        WriteAll(json, "selectors", facts.Selectors, s => s.Key, s => JsonValues.Write(json, s.Value));
        WriteAll(json, "disabled", manifest.Disabled.Values, r => r.Id, WriteDisabled);
        WriteMaps(json);
        WriteEmpty(json, "group_map", "saved_queries", "semantic_models");
        WriteAll(json, "unit_tests", manifest.UnitTests.Values, u => u.Id, u => ResourceJson.WriteUnitTest(json, u));
        json.WriteEndObject();
        json.Flush();

        void WriteDisabled(Resource resource)
        {
            json.WriteStartArray();
            ResourceJson.Write(json, resource, facts);
            json.WriteEndArray();
        }
    }

    /// <summary>Writes the property <c>metadata</c> of an artifact of a run.</summary>
    public static void WriteRunMetadata(Utf8JsonWriter json, string schema, Invocation invocation)
    {
        json.WriteStartObject("metadata");
        json.WriteString("dbt_schema_version", schema);
        json.WriteString("dbt_version", DbtVersion);
        json.WriteString("generated_at", Moment(invocation.Time.GetUtcNow()));
        json.WriteString("invocation_id", invocation.Id);
        json.WriteString("invocation_started_at", Moment(invocation.StartedAt));
        json.WriteStartObject("env");
        json.WriteEndObject();
        json.WriteEndObject();
    }

    bool IsName(string text) => facts.Manifest.Find(text) is not null || facts.Manifest.Disabled.ContainsKey(text) || _macros.Value.Contains(text);

    /// <summary>A moment as artifacts write it: UTC with microseconds.</summary>
    public static string Moment(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    void WriteMetadata(Utf8JsonWriter json)
    {
        var invocation = facts.Invocation;
        json.WriteStartObject("metadata");
        json.WriteString("dbt_schema_version", Schema);
        json.WriteString("dbt_version", DbtVersion);
        json.WriteString("generated_at", Moment(invocation.Time.GetUtcNow()));
        json.WriteString("invocation_id", invocation.Id);
        json.WriteString("invocation_started_at", Moment(invocation.StartedAt));
        json.WriteStartObject("env");
        json.WriteEndObject();
        json.WriteString("project_name", facts.ProjectName);
        json.WriteString("project_id", Md5(facts.ProjectName));
        json.WriteNull("user_id");
        json.WriteBoolean("send_anonymous_usage_stats", false);
        json.WriteString("adapter_type", "duckdb");
        json.WriteStartObject("quoting");
        foreach (var part in (string[])["database", "schema", "identifier"]) json.WriteBoolean(part, facts.Quoting[part] is not false);
        json.WriteNull("column");
        json.WriteEndObject();
        json.WriteEndObject();
    }

    void WriteMaps(Utf8JsonWriter json)
    {
        var resources = facts.Manifest.Resources.ToList();
        WriteAll(json, "parent_map", resources, r => r.Id, r => JsonValues.Write(json, r.DependsOn));
        var children = facts.Manifest.Children();
        WriteAll(json, "child_map", resources, r => r.Id, r => JsonValues.Write(json, children[r.Id].Order(StringComparer.Ordinal)));
    }

    static void WriteAll<T>(Utf8JsonWriter json, string name, IEnumerable<T> items, Func<T, string> key, Action<T> write)
    {
        json.WriteStartObject(name);
        foreach (var item in items)
        {
            json.WritePropertyName(key(item));
            write(item);
        }
        json.WriteEndObject();
    }

    static void WriteEmpty(Utf8JsonWriter json, params string[] names)
    {
        foreach (var name in names)
        {
            json.WriteStartObject(name);
            json.WriteEndObject();
        }
    }

#pragma warning disable CA5351 // MD5 names the project as other tools do; it protects nothing.
    static string Md5(string text) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(text)));
#pragma warning restore CA5351
}
