namespace Quern.Packs.OpenShift;

/// <summary>The table that is made.</summary>
static class SummaryColumns
{
    /// <summary>Name of the table in databases.</summary>
    public const string Table = "reporting_ocpusagelineitem_daily_summary";

    /// <summary>Columns of files in their order: those of the product's table in its data lake.</summary>
    public static readonly string[] All =
    [
        "report_period_id", "cluster_id", "cluster_alias", "data_source", "usage_start", "usage_end",
        "namespace", "node", "resource_id", "pod_labels",
        "pod_usage_cpu_core_hours", "pod_request_cpu_core_hours", "pod_effective_usage_cpu_core_hours", "pod_limit_cpu_core_hours",
        "pod_usage_memory_gigabyte_hours", "pod_request_memory_gigabyte_hours",
        "pod_effective_usage_memory_gigabyte_hours", "pod_limit_memory_gigabyte_hours",
        "node_capacity_cpu_cores", "node_capacity_cpu_core_hours", "node_capacity_memory_gigabytes", "node_capacity_memory_gigabyte_hours",
        "cluster_capacity_cpu_core_hours", "cluster_capacity_memory_gigabyte_hours",
        "persistentvolumeclaim", "persistentvolume", "storageclass", "volume_labels", "all_labels",
        "persistentvolumeclaim_capacity_gigabyte", "persistentvolumeclaim_capacity_gigabyte_months",
        "volume_request_storage_gigabyte_months", "persistentvolumeclaim_usage_gigabyte_months",
        "source_uuid", "infrastructure_usage_cost", "cost_category_id",
        "csi_volume_handle", "source", "year", "month", "day",
    ];
}
