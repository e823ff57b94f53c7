using System.Text.Json;
using Quern.Models.Deliveries;
using Quern.Models.Results;
using Quern.Projects;
using Quern.Projects.Artifacts;

namespace Quern.Models.Artifacts;

/// <summary>The file <c>target/deliveries.json</c>: what became of deliveries, in the manner of <c>run_results.json</c>, which has only what
/// dbt knows.</summary>
public static class DeliveriesFile
{
    const string Schema = "quern/deliveries/v1";

    /// <summary>Replaces it.</summary>
    /// <param name="project">The project.</param>
    /// <param name="results">What became of them.</param>
    /// <returns>Its absolute path.</returns>
    /// <exception cref="QuernException">QN7316 its folder cannot be made; QN80xx it cannot be written.</exception>
    public static string Write(LoadedProject project, IReadOnlyList<DeliveryResult> results)
    {
        ArgumentNullException.ThrowIfNull(project);
        ArgumentNullException.ThrowIfNull(results);
        var path = Path.Combine(project.TargetFolder, "deliveries.json");
        var ids = results.Select(r => r.Delivery.Node.Id).ToHashSet(StringComparer.Ordinal);
        ArtifactFile.Write(path, stream => Write(stream, results, project.Invocation), project.Invocation.Secrets, ids.Contains);
        return path;
    }

    static void Write(Stream stream, IReadOnlyList<DeliveryResult> results, Invocation invocation)
    {
        using var json = new Utf8JsonWriter(stream, JsonValues.Options);
        json.WriteStartObject();
        ManifestWriter.WriteRunMetadata(json, Schema, invocation);
        json.WriteStartArray("results");
        foreach (var result in results) Write(json, result);
        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
    }

    static void Write(Utf8JsonWriter json, DeliveryResult result)
    {
        json.WriteStartObject();
        json.WriteString("unique_id", result.Delivery.Node.Id);
        json.WriteString("to", result.Delivery.To);
        json.WriteString("kind", result.Delivery.Destination.Kind);
        json.WriteString("status", result.Status.Name());
        JsonValues.Write(json, "rows", result.Rows);
        json.WriteNumber("execution_time", result.Seconds);
        json.WriteString("message", result.Fault?.ToString() ?? result.Reason);
        json.WriteEndObject();
    }
}
