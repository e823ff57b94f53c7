// Production's conversion of a report to Parquet, as far as generated reports need it: cells to values, label strings to
// JSON text with the separators Python writes, effective usage by hour, and the sums by day. Sources: the cell rules and the
// table of daily rows of koku's OCP post-processor. Generated label strings are plain ASCII without quotes, backslashes or
// repeated keys, and each part has one colon, so that text replacement makes the same JSON as parsing would.
namespace Quern.Bench.Months;

/// <summary>The statements that turn one CSV part of a report into its hourly and its daily Parquet file.</summary>
static class LakeSql
{
    const string PodMeasures = "pod_usage_cpu_core_seconds pod_request_cpu_core_seconds pod_limit_cpu_core_seconds " +
        "pod_usage_memory_byte_seconds pod_request_memory_byte_seconds pod_limit_memory_byte_seconds";

    /// <summary>Hourly rows of a report: a query over the CSV file.</summary>
    public static string Hourly(string folder, ReadOnlySpan<byte> header, string csv)
    {
        var columns = System.Text.Encoding.ASCII.GetString(header).TrimEnd('\n').Split(',');
        var types = string.Join(", ", columns.Select(column => $"'{column}': 'VARCHAR'"));
        var cells = string.Join(", ", columns.Select(column => $"{Value(column)} AS {column}"));
        var source = $"read_csv({Quoted(csv)}, header = true, auto_detect = false, delim = ',', columns = {{{types}}})";
        var rows = $"SELECT {cells} FROM {source}";
        return folder != "pod_usage" ? rows : $"SELECT *, {Effective("cpu_core")}, {Effective("memory_byte")} FROM ({rows})";
    }

    /// <summary>Daily rows of a report: a query over its hourly file.</summary>
    public static string Daily(string folder, string hourly)
    {
        var (keys, rest) = folder switch
        {
            "pod_usage" => ("namespace, node, pod, pod_labels", PodRest()),
            "storage_usage" => (
                "namespace, node, pod, persistentvolumeclaim, persistentvolume, storageclass, csi_driver, " +
                "csi_volume_handle, persistentvolume_labels, persistentvolumeclaim_labels",
                ", max(persistentvolumeclaim_capacity_bytes) AS persistentvolumeclaim_capacity_bytes" +
                Sum("persistentvolumeclaim_capacity_byte_seconds") + Sum("volume_request_storage_byte_seconds") +
                Sum("persistentvolumeclaim_usage_byte_seconds")),
            "node_labels" => ("node, node_labels", ""),
            _ => ("namespace, namespace_labels", ""),
        };
        return $"SELECT {keys}, date_trunc('day', interval_start)::TIMESTAMP_MS AS interval_start, " +
            "max(report_period_start)::TIMESTAMP_MS AS report_period_start, " +
            "max(report_period_end)::TIMESTAMP_MS AS report_period_end" +
            $"{rest} FROM read_parquet({Quoted(hourly)}) " +
            $"GROUP BY {keys}, date_trunc('day', interval_start) ORDER BY {keys}, interval_start";
    }

    /// <summary>Writes a query's rows as production does: snappy, one row group a file.</summary>
    public static string Copy(string query, string path, int rows) =>
        $"COPY ({query}) TO {Quoted(path)} (FORMAT parquet, COMPRESSION snappy, ROW_GROUP_SIZE {rows})";

    /// <summary>A string literal.</summary>
    public static string Quoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    static string Value(string column)
    {
        if (Starts("report_period_") || Starts("interval_")) return $"replace({column}, ' +0000 UTC', '')::TIMESTAMP_MS";
        if (Ends("_seconds") || Ends("_bytes") || Ends("_cores")) return $"coalesce({column}::DOUBLE, 0)";
        if (!Ends("_labels")) return $"coalesce({column}, '')";
        return $$"""
            CASE WHEN coalesce({{column}}, '') = '' THEN '{}' ELSE '{"' ||
            replace(replace(replace({{column}}, 'label_', ''), ':', '": "'), '|', '", "') || '"}' END
            """;

        bool Starts(string text) => column.StartsWith(text, StringComparison.Ordinal);
        bool Ends(string text) => column.EndsWith(text, StringComparison.Ordinal);
    }

    static string Effective(string measure) =>
        $"greatest(pod_usage_{measure}_seconds, pod_request_{measure}_seconds) AS pod_effective_usage_{measure}_seconds";

    static string PodRest()
    {
        var sums = PodMeasures.Split(' ').Select(Sum).ToList();
        sums.Insert(2, Sum("pod_effective_usage_cpu_core_seconds"));
        sums.Insert(6, Sum("pod_effective_usage_memory_byte_seconds"));
        return ", max(resource_id) AS resource_id" + string.Concat(sums) +
            ", max(node_capacity_cpu_cores) AS node_capacity_cpu_cores" + Sum("node_capacity_cpu_core_seconds") +
            ", max(node_capacity_memory_bytes) AS node_capacity_memory_bytes" +
            Sum("node_capacity_memory_byte_seconds") + ", NULL::VARCHAR AS node_role";
    }

    static string Sum(string column) => $", sum({column}) AS {column}";
}
