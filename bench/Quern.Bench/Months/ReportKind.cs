namespace Quern.Bench.Months;

/// <summary>A type of report: its names, and how to make one of its files.</summary>
/// <param name="Name">Part of the file name: <c>ocp_pod_usage</c>.</param>
/// <param name="Folder">Folder of the lake: <c>pod_usage</c>.</param>
/// <param name="Files">Files the report is split into.</param>
/// <param name="Rows">About how many rows there will be; exact for the pod report.</param>
/// <param name="Create">Makes file <c>index</c> of <c>Files</c>.</param>
sealed record ReportKind(string Name, string Folder, int Files, long Rows, Func<int, Report> Create)
{
    /// <summary>The four reports of a month.</summary>
    public static ReportKind[] All(Cluster cluster)
    {
        var plan = cluster.Plan;
        var side = plan.SideFiles;
        return
        [
            new("ocp_pod_usage", "pod_usage", plan.Files, plan.Rows,
                i => new PodReport(cluster, i, plan.Files)),
            new("ocp_storage_usage", "storage_usage", side, (long)cluster.Volumes.Length * plan.Hours,
                i => new StorageReport(cluster, i, side)),
            new("ocp_node_label", "node_labels", side, (long)cluster.Nodes.Length * plan.Hours,
                i => LabelReport.OfNodes(cluster, i, side)),
            new("ocp_namespace_label", "namespace_labels", side, (long)cluster.Namespaces.Length * plan.Hours,
                i => LabelReport.OfNamespaces(cluster, i, side)),
        ];
    }
}
