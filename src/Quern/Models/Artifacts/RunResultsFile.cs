using System.Text.Json;
using Quern.Jinja.Values;
using Quern.Models.Results;
using Quern.Projects;
using Quern.Projects.Artifacts;
using Quern.Projects.Nodes;
using Quern.Projects.Times;

namespace Quern.Models.Artifacts;

/// <summary>The file <c>target/run_results.json</c> of a run, as other tools read it: the public schema of run results, version 6.</summary>
public static class RunResultsFile
{
    const string Schema = "https://schemas.getdbt.com/dbt/run-results/v6.json";

    /// <summary>Replaces it.</summary>
    /// <param name="project">The project.</param>
    /// <param name="results">What became of the run.</param>
    /// <returns>Its absolute path.</returns>
    /// <exception cref="QuernException">QN80xx: it cannot be written.</exception>
    public static string Write(LoadedProject project, RunResults results)
    {
        ArgumentNullException.ThrowIfNull(project);
        ArgumentNullException.ThrowIfNull(results);
        var path = Path.Combine(project.TargetFolder, ArtifactFile.RunResults);
        var ids = results.Results.Select(r => r.Node.Id).ToHashSet(StringComparer.Ordinal);
        ArtifactFile.Write(path, stream => Write(stream, results, project.Invocation), project.Invocation.Secrets, ids.Contains);
        return path;
    }

    internal static void Write(Stream stream, RunResults results, Invocation invocation)
    {
        using var json = new Utf8JsonWriter(stream, JsonValues.Options);
        json.WriteStartObject();
        ManifestWriter.WriteRunMetadata(json, Schema, invocation);
        json.WriteStartArray("results");
        foreach (var result in results.Results) Write(json, result);
        json.WriteEndArray();
        json.WriteNumber("elapsed_time", results.Seconds);
        json.WritePropertyName("args");
        JsonValues.Write(json, Arguments(invocation));
        json.WriteEndObject();
        json.Flush();
    }

    static void Write(Utf8JsonWriter json, NodeResult result)
    {
        json.WriteStartObject();
        json.WriteString("status", result.Status.Name());
        json.WriteStartArray("timing");
        WriteTiming(json, "compile", result.Compiling);
        WriteTiming(json, "execute", result.Executing);
        json.WriteEndArray();
        json.WriteString("thread_id", result.Thread);
        json.WriteNumber("execution_time", result.Seconds);
        JsonValues.Write(json, "adapter_response", result.Response);
        json.WriteString("message", result.Message);
        JsonValues.Write(json, "failures", result.Failures);
        json.WriteString("unique_id", result.Node.Id);
        // A seed has nothing to compile: that is neither true nor false.
        JsonValues.Write(json, "compiled",
            result.Node.Kind is ResourceKind.Seed or ResourceKind.Exposure ? null : result.CompiledSql is not null);
        json.WriteString("compiled_code", result.CompiledSql);
        json.WriteString("relation_name", result.Relation);
        if (result.Batches is { } batches) WriteBatches(json, batches);
        else json.WriteNull("batch_results");
        json.WriteEndObject();
    }

    static void WriteBatches(Utf8JsonWriter json, IReadOnlyList<(EventWindow Window, bool IsBuilt)> batches)
    {
        json.WriteStartObject("batch_results");
        foreach (var (name, isBuilt) in new[] { ("successful", true), ("failed", false) })
        {
            json.WriteStartArray(name);
            foreach (var (window, _) in batches.Where(b => b.IsBuilt == isBuilt))
            {
                json.WriteStartArray();
                json.WriteStringValue(ManifestWriter.Moment(new DateTimeOffset(window.Start, TimeSpan.Zero)));
                json.WriteStringValue(ManifestWriter.Moment(new DateTimeOffset(window.End, TimeSpan.Zero)));
                json.WriteEndArray();
            }
            json.WriteEndArray();
        }
        json.WriteEndObject();
    }

    static void WriteTiming(Utf8JsonWriter json, string name, (DateTimeOffset Start, DateTimeOffset End)? span)
    {
        if (span is not var (start, end)) return;
        json.WriteStartObject();
        json.WriteString("name", name);
        json.WriteString("started_at", ManifestWriter.Moment(start));
        json.WriteString("completed_at", ManifestWriter.Moment(end));
        json.WriteEndObject();
    }

    // What was not said is left out. A retry needs to know the verb, also when the caller did not list it.
    static Dict Arguments(Invocation invocation)
    {
        var arguments = new Dict();
        foreach (var (name, value) in invocation.Arguments)
            if (value is not null) arguments[name] = value;
        if (!arguments.ContainsKey("which")) arguments["which"] = invocation.Which;
        return arguments;
    }
}
