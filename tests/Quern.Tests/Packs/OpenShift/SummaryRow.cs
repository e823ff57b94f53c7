using System.Globalization;

namespace Quern.Tests.Packs.OpenShift;

/// <summary>A row of a summary: text, double or null in each column.</summary>
/// <remarks>
/// <see cref="ToString"/> is the row as tests write it down; it says all that the row says, because what it leaves out follows
/// from the rest, and where it does not, the column is named with an exclamation mark. NULL is <c>-</c>, an empty text <c>''</c>.
/// <code>
/// pod 2025-10-01 shop n1 i-n1 {"app":"web"} | cpu USAGE REQUEST EFFECTIVE LIMIT | memory likewise |
///     node CORES CORE_HOURS GIB GIB_HOURS | cluster CORE_HOURS GIB_HOURS | category 1
/// volume 2025-10-01 shop n1 i-n1 CLAIM VOLUME CLASS HANDLE {"app":"web"} | GIB | months CAPACITY REQUEST USAGE | category 1
/// </code>
/// </remarks>
sealed class SummaryRow(IReadOnlyList<string> columns, object?[] cells)
{
    static readonly string[] PodOnly = ["pod_labels"];
    static readonly string[] StorageOnly =
        ["persistentvolumeclaim", "persistentvolume", "storageclass", "volume_labels", "csi_volume_handle"];
    static readonly string[] StorageNumbers =
    [
        "persistentvolumeclaim_capacity_gigabyte", "persistentvolumeclaim_capacity_gigabyte_months",
        "volume_request_storage_gigabyte_months", "persistentvolumeclaim_usage_gigabyte_months",
    ];
    static readonly string[] NodeNumbers =
    [
        "node_capacity_cpu_cores", "node_capacity_cpu_core_hours", "node_capacity_memory_gigabytes", "node_capacity_memory_gigabyte_hours",
    ];
    static readonly string[] ClusterNumbers = ["cluster_capacity_cpu_core_hours", "cluster_capacity_memory_gigabyte_hours"];

    public IReadOnlyList<string> Columns { get; } = columns;

    public IReadOnlyList<object?> Cells { get; } = cells;

    public object? this[string column] => Cells[Columns.ToList().IndexOf(column)];

    public override string ToString()
    {
        var isPod = Equals(this["data_source"], "Pod");
        var names = Show("usage_start", "namespace", "node", "resource_id");
        var line = isPod
            ? $"pod {names} {Show(PodOnly)} | cpu {Show(Four("cpu_core"))} | memory {Show(Four("memory_gigabyte"))}"
                + $" | node {Show(NodeNumbers)} | cluster {Show(ClusterNumbers)}"
            : $"volume {names} {Show("persistentvolumeclaim", "persistentvolume", "storageclass", "csi_volume_handle", "volume_labels")}"
                + $" | {Show(StorageNumbers[0])} | months {Show(StorageNumbers[1..])}";
        if (this["cost_category_id"] is not null) line += $" | category {Show("cost_category_id")}";
        return line + string.Concat(Surprises(isPod).Select(column => $" !{column}={Show(column)}"));
    }

    /// <summary>Columns that do not follow from those that are shown.</summary>
    IEnumerable<string> Surprises(bool isPod)
    {
        string[] absent = isPod
            ? [.. StorageOnly, .. StorageNumbers]
            : [.. PodOnly, .. Four("cpu_core"), .. Four("memory_gigabyte"), .. NodeNumbers, .. ClusterNumbers];
        foreach (var column in absent.Where(c => this[c] is not null)) yield return column;
        if (!isPod && !Equals(this["data_source"], "Storage")) yield return "data_source";
        var day = DateOnly.ParseExact((string)this["usage_start"]!, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        var cost = isPod && this["pod_labels"] is null ? null : """{"cpu": 0.000000000, "memory": 0.000000000, "storage": 0.000000000}""";
        var follow = new Dictionary<string, object?>
        {
            ["usage_end"] = this["usage_start"],
            ["all_labels"] = isPod ? this["pod_labels"] ?? "{}" : this["volume_labels"],
            ["infrastructure_usage_cost"] = cost,
            ["source"] = this["source_uuid"],
            ["year"] = day.Year.ToString(CultureInfo.InvariantCulture),
            ["month"] = day.Month.ToString(CultureInfo.InvariantCulture),
            ["day"] = day.Day.ToString(CultureInfo.InvariantCulture),
        };
        foreach (var (column, value) in follow)
        {
            if (!Equals(this[column], value)) yield return column;
        }
    }

    static string[] Four(string unit) =>
        [$"pod_usage_{unit}_hours", $"pod_request_{unit}_hours", $"pod_effective_usage_{unit}_hours", $"pod_limit_{unit}_hours"];

    string Show(params string[] columns) => string.Join(' ', columns.Select(c => this[c] switch
    {
        null => "-",
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        "" => "''",
        var text => (string)text,
    }));
}
