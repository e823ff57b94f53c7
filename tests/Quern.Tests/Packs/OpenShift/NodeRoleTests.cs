namespace Quern.Tests.Packs.OpenShift;

/// <summary>
/// Roles that are derived from the reports: specification section 2.5. The namespace of a node's unallocated row shows its role.
/// </summary>
public sealed class NodeRoleTests : IDisposable
{
    readonly Reports _reports = new();

    public NodeRoleTests() =>
        _reports.Parameters = _reports.Parameters with
        {
            DeriveRoles = true,
            Nodes = [new("worker", "i-worker", "master")],
        };

    public void Dispose() => _reports.Dispose();

    [Fact]
    public void A_node_with_a_pod_of_the_api_server_is_a_master_one_with_the_label_infra_and_any_other_a_worker()
    {
        _reports
            .Pod("shop/a@master").Pod("openshift-kube-apiserver/a@master")
            .NodeLabels("master", "node_role_kubernetes_io:infra")
            .Pod("shop/a@infra").NodeLabels("infra", "x:y")
            .NodeLabels("infra", "label_node_role_kubernetes_io:infra|a:b", hour: "2025-10-01 07:00:00")
            .Pod("shop/a@worker").NodeLabels("worker", "node_role_kubernetes_io:worker|role:infra")
            .Pod("shop/a@nearly")
            .NodeLabels("nearly", "node_role_kubernetes_io:infrastructure|node_role_kubernetes_io_2:infra")
            .Pod("openshift-kube-apiserver-operator/a@operator").NodeLabels("operator", "")
            .Pod("openshift-kube-apiserver/a@");
        Assert.Equal(
            [
                ("infra", "Platform unallocated"), ("master", "Platform unallocated"), ("nearly", "Worker unallocated"),
                ("operator", "Worker unallocated"), ("worker", "Worker unallocated"),
            ],
            Roles());
    }

    [Fact]
    public void A_node_without_a_row_of_labels_in_the_days_has_no_role()
    {
        _reports
            .Pod("shop/a@n1").Pod("openshift-kube-apiserver/a@n2")
            .NodeLabels("n2", "node_role_kubernetes_io:infra", hour: "2025-10-02 00:00:00").NodeLabels("n3", "");
        Assert.Equal([("n1", null), ("n2", null)], Roles());
    }

    [Fact]
    public void Nodes_for_which_no_role_can_be_derived_are_counted_in_a_warning()
    {
        const string Warning = "nodes for which no role can be derived: the namespace of their unallocated capacity is NULL";
        _reports.Pod("shop/a@n1").Pod("shop/a@n1", hour: "2025-10-02 00:00:00").Pod("shop/b@n2");
        Assert.Contains($"QN3209 x 2: {Warning}", _reports.Run.Make().Warnings);
        _reports.NodeLabels("n1", "");
        Assert.Contains($"QN3209 x 1: {Warning}", _reports.Run.Make().Warnings);
        _reports.NodeLabels("n2", "");
        Assert.DoesNotContain(_reports.Run.Make().Warnings, w => w.StartsWith("QN3209", StringComparison.Ordinal));
    }

    [Fact]
    public void The_largest_role_that_the_pod_report_says_wins()
    {
        _reports
            .Pod("openshift-kube-apiserver/a@n1", file: "old.csv").Pod("openshift-kube-apiserver/a@n2")
            .Pod("shop/a@n2", hour: "2025-10-01 01:00:00")
            .Pod("openshift-kube-apiserver/a@n3").NodeLabels("n1", "").NodeLabels("n2", "").NodeLabels("n3", "");
        // old.csv has no such column; n2 says infra and worker; n3 says nothing.
        _reports.Change("pods.csv", text =>
        {
            var lines = text.TrimEnd('\n').Split('\n');
            return $"{lines[0]},node_role\n{lines[1]},infra\n{lines[2]},worker\n{lines[3]},\n";
        });
        Assert.Equal(
            [("n1", "Platform unallocated"), ("n2", "Worker unallocated"), ("n3", "Platform unallocated")], Roles());
    }

    [Fact]
    public void Roles_are_those_of_node_and_instance()
    {
        // The second instance runs no API server; the summary row has the larger instance id.
        _reports.Pod("openshift-kube-apiserver/a@n1", resource: "i-1").Pod("shop/a@n1", resource: "i-2")
            .NodeLabels("n1", "");
        Assert.Equal([("n1", "Worker unallocated")], Roles());
        _reports.Pod("openshift-kube-apiserver/a@n1", resource: "i-3");
        Assert.Equal([("n1", "Worker unallocated")], Roles());
    }

    IReadOnlyList<(string Node, string? Namespace)> Roles() =>
    [
        .. _reports.Run.Make().Rows.Where(r => r["data_source"] is "Pod" && r["pod_labels"] is null)
            .Select(r => ((string)r["node"]!, (string?)r["namespace"])).OrderBy(r => r.Item1, StringComparer.Ordinal),
    ];
}
