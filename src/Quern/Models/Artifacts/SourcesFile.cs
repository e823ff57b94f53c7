using System.Text.Json;
using Quern.Jinja.Values;
using Quern.Models.Freshness;
using Quern.Projects;
using Quern.Projects.Artifacts;

namespace Quern.Models.Artifacts;

/// <summary>The file <c>target/sources.json</c> of a check of freshness, as other tools read it: the public schema of sources, version 3.</summary>
public static class SourcesFile
{
    const string Schema = "https://schemas.getdbt.com/dbt/sources/v3.json";

    /// <summary>Replaces it.</summary>
    /// <param name="project">The project.</param>
    /// <param name="results">What the tables said.</param>
    /// <param name="seconds">From begin to end.</param>
    /// <param name="path">Absolute path; null for <c>sources.json</c> in the folder of artifacts.</param>
    /// <returns>Its absolute path.</returns>
    /// <exception cref="QuernException">QN7316 its folder cannot be made; QN80xx it cannot be written.</exception>
    public static string Write(LoadedProject project, IReadOnlyList<FreshnessResult> results, double seconds, string? path = null)
    {
        ArgumentNullException.ThrowIfNull(project);
        ArgumentNullException.ThrowIfNull(results);
        path ??= Path.Combine(project.TargetFolder, "sources.json");
        var ids = results.Select(r => r.Table.Id).ToHashSet(StringComparer.Ordinal);
        ArtifactFile.Write(
            path, stream => Write(stream, results, seconds, project.Invocation), project.Invocation.Secrets, ids.Contains);
        return path;
    }

    static void Write(Stream stream, IReadOnlyList<FreshnessResult> results, double seconds, Invocation invocation)
    {
        using var json = new Utf8JsonWriter(stream, JsonValues.Options);
        json.WriteStartObject();
        ManifestWriter.WriteRunMetadata(json, Schema, invocation);
        json.WriteStartArray("results");
        foreach (var result in results) Write(json, result);
        json.WriteEndArray();
        json.WriteNumber("elapsed_time", seconds);
        json.WriteEndObject();
        json.Flush();
    }

    static void Write(Utf8JsonWriter json, FreshnessResult result)
    {
        json.WriteStartObject();
        json.WriteString("unique_id", result.Table.Id);
        if (result.Fault is { } fault)
        {
            json.WriteString("error", fault.ToString());
            json.WriteString("status", "runtime error");
            json.WriteEndObject();
            return;
        }
        json.WriteString("max_loaded_at", Moment(result.LoadedAt));
        json.WriteString("snapshotted_at", Moment(result.AskedAt));
        json.WriteNumber("max_loaded_at_time_ago_in_s", result.AgeSeconds);
        json.WriteString("status", result.Status.ToString().ToLowerInvariant());
        var written = (Dict)result.Table.Freshness!;
        json.WriteStartObject("criteria");
        foreach (var key in (string[])["warn_after", "error_after"])
            JsonValues.Write(json, key, written[key] as Dict ?? new Dict { ["count"] = null, ["period"] = null });
        JsonValues.Write(json, "filter", written["filter"]);
        json.WriteEndObject();
        json.WriteStartObject("adapter_response");
        json.WriteEndObject();
        json.WriteStartArray("timing");
        json.WriteEndArray();
        json.WriteString("thread_id", "Thread-1");
        json.WriteNumber("execution_time", result.Seconds);
        json.WriteEndObject();
    }

    static string Moment(DateTime at) => ManifestWriter.Moment(new DateTimeOffset(at, TimeSpan.Zero));
}
