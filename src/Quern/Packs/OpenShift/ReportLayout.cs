namespace Quern.Packs.OpenShift;

/// <summary>The columns of a report type, and how a file is recognised by them: the name of a file says nothing.</summary>
/// <param name="Type">The report.</param>
/// <param name="Name">Its name in paths and views: <c>pod_usage</c>.</param>
/// <param name="Columns">Columns that every file of the type has, besides those of time.</param>
/// <param name="Optional">Columns of newer operators that the summary uses when they are there.</param>
/// <param name="Signature">Columns that no other report has: a file with them is meant to be of this type.</param>
sealed record ReportLayout(ReportType Type, string Name, string[] Columns, string[] Optional, string[] Signature)
{
    /// <summary>Columns that only daily Parquet of pods has.</summary>
    public static readonly string[] DailyPodColumns =
        ["pod_effective_usage_cpu_core_seconds", "pod_effective_usage_memory_byte_seconds"];

    /// <summary>All layouts in the order in which they are tried (specification section 2).</summary>
    public static readonly ReportLayout[] All =
    [
        new(ReportType.StorageUsage, "storage_usage",
            [
                "namespace", "pod", "persistentvolumeclaim", "persistentvolume", "storageclass",
                "persistentvolumeclaim_capacity_bytes", "persistentvolumeclaim_capacity_byte_seconds",
                "volume_request_storage_byte_seconds", "persistentvolumeclaim_usage_byte_seconds",
                "persistentvolume_labels", "persistentvolumeclaim_labels",
            ],
            ["csi_volume_handle"],
            ["persistentvolumeclaim_capacity_bytes", "volume_request_storage_byte_seconds", "persistentvolume_labels"]),
        new(ReportType.PodUsage, "pod_usage",
            [
                "pod", "namespace", "node", "resource_id",
                "pod_usage_cpu_core_seconds", "pod_request_cpu_core_seconds", "pod_limit_cpu_core_seconds",
                "pod_usage_memory_byte_seconds", "pod_request_memory_byte_seconds", "pod_limit_memory_byte_seconds",
                "node_capacity_cpu_cores", "node_capacity_cpu_core_seconds",
                "node_capacity_memory_bytes", "node_capacity_memory_byte_seconds", "pod_labels",
            ],
            ["node_role"],
            ["pod_usage_cpu_core_seconds", "pod_usage_memory_byte_seconds", "node_capacity_cpu_core_seconds", "pod_labels"]),
        new(ReportType.NodeLabels, "node_labels", ["node", "node_labels"], [], ["node_labels"]),
        new(ReportType.NamespaceLabels, "namespace_labels", ["namespace", "namespace_labels"], [], ["namespace_labels"]),
        new(ReportType.VmUsage, "vm_usage", ["node", "namespace", "vm_name", "vm_uptime_total_seconds"], [], ["vm_name"]),
        new(ReportType.GpuUsage, "gpu_usage", ["node", "namespace", "pod", "gpu_uuid"], [], ["gpu_uuid"]),
    ];

    /// <summary>Reports that take part in the summary.</summary>
    public bool IsUsed => Type is not (ReportType.VmUsage or ReportType.GpuUsage);

    /// <summary>Columns that every file has, whatever it reports.</summary>
    public static readonly string[] TimeColumns = ["report_period_start", "interval_start"];

    /// <summary>True for a column of numbers; other columns but those of time are text.</summary>
    public static bool IsMeasure(string column) =>
        column.EndsWith("_seconds", StringComparison.Ordinal)
        || column.EndsWith("_bytes", StringComparison.Ordinal)
        || column.EndsWith("_cores", StringComparison.Ordinal);

    /// <summary>True for a column that the summary reads from a file of this layout.</summary>
    public bool Reads(string column) =>
        Columns.Contains(column, StringComparer.Ordinal)
        || Optional.Contains(column, StringComparer.Ordinal)
        || TimeColumns.Contains(column, StringComparer.Ordinal);

    /// <summary>The layout of a type.</summary>
    public static ReportLayout Of(ReportType type) => All.First(l => l.Type == type);

    /// <summary>Finds the layout that a header is of.</summary>
    /// <param name="columns">The header.</param>
    /// <param name="timeColumns">Columns of time that every file of the form has.</param>
    /// <param name="missing">When null is returned for a file that is meant to be of a type: that type and the columns it lacks.</param>
    public static ReportLayout? Recognise(
        IReadOnlyList<string> columns, string[] timeColumns, out (ReportLayout Layout, string[] Columns)? missing)
    {
        missing = null;
        foreach (var layout in All)
        {
            var lacking = layout.Columns.Concat(timeColumns).Except(columns, StringComparer.Ordinal).ToArray();
            if (lacking.Length == 0) return layout;
            if (missing is null && layout.IsUsed && layout.Signature.Any(c => columns.Contains(c, StringComparer.Ordinal)))
                missing = (layout, lacking);
        }
        return null;
    }
}
