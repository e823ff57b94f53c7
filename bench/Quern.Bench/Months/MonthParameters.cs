using System.Text.Json;

namespace Quern.Bench.Months;

/// <summary>The constants of a generated cluster and <c>params.json</c>, which has the fields of a reference scenario.</summary>
static class MonthParameters
{
    /// <summary>Cluster name, part of file names.</summary>
    public const string ClusterId = "quern-bench";

    /// <summary>Source of every month, part of lake paths.</summary>
    public const string SourceUuid = "0e5b4a52-6c0f-4b56-8d0c-4f8b7a6d2c11";

    /// <summary>Account of the lake's paths.</summary>
    public const string Account = "org1234567";

    static readonly string[] PlatformPatterns = ["openshift-%", "kube-%", "Platform unallocated", "openshift"];

    /// <summary>Writes the parameters of a run over the whole month.</summary>
    public static void Write(Cluster cluster, string path)
    {
        using var stream = File.Create(path);
        using var json = new Utf8JsonWriter(stream, new() { Indented = true });
        var plan = cluster.Plan;
        json.WriteStartObject();
        json.WriteString("name", plan.FileName("month", 0, 1));
        json.WriteString("start_date", plan.Month.ToString("yyyy-MM-dd", null));
        json.WriteString("end_date", plan.Month.AddDays(plan.Days - 1).ToString("yyyy-MM-dd", null));
        json.WriteNumber("report_period_id", 1);
        json.WriteString("cluster_id", ClusterId);
        json.WriteString("cluster_alias", "Quern bench cluster");
        json.WriteString("source_uuid", SourceUuid);
        json.WriteStartArray("enabled_tag_keys");
        foreach (var key in Words.EnabledKeys) json.WriteStringValue(key);
        json.WriteEndArray();
        json.WriteStartArray("cost_categories");
        foreach (var pattern in PlatformPatterns)
        {
            json.WriteStartObject();
            json.WriteString("namespace", pattern);
            json.WriteNumber("cost_category_id", 1);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("nodes");
        foreach (var node in cluster.Nodes)
        {
            json.WriteStartObject();
            json.WriteString("node", node.Name);
            json.WriteString("resource_id", node.ResourceId);
            json.WriteString("node_role", node.Role);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
