namespace Quern.Tests.Packs.OpenShift;

/// <summary>Storage rows: specification section 4.6.</summary>
public sealed class StorageRuleTests : IDisposable
{
    const string Nodes = "models/summary/volume_nodes.sql";
    const string Days = "models/summary/storage_days.sql";
    const string Summary = "models/summary/storage_summary.sql";
    readonly RuleCase _case = new();

    public StorageRuleTests() => _case.Reports.Parameters = _case.Reports.Parameters with { Nodes = [] };

    public void Dispose() => _case.Dispose();

    [Fact]
    public void Request_and_usage_are_shared_out_over_the_nodes_that_mount_the_volume_and_the_capacity_is_not()
    {
        // pv-1 is mounted on n1 (twice) and n2, by two claims of two namespaces.
        _case.Reports
            .Pod("shop/a@n1").Pod("shop/b@n1").Pod("bank/c@n2")
            .Volume("shop/a", "data", months: (8, 4, 2))
            .Volume("shop/b", "data", months: (8, 4, 2))
            .Volume("bank/c", "more", months: (1, 1, 0.5), gib: 5);
        _case.GivesVolumes(
            "volume 2025-10-01 bank n2 i-n2 more pv-1 gp2 vol-1 {} | 5 | months 1 0.5 0.25",
            "volume 2025-10-01 shop n1 i-n1 data pv-1 gp2 vol-1 {} | 10 | months 16 4 2");
        _case.NotWith(Days, "count(distinct node)", "count(*)");
        _case.NotWith(Days, "count(distinct node)", "1");
        _case.NotWith(
            Summary, "('volume_request_storage', 'volume_request_storage_byte_seconds', ' / s.node_count')",
            "('volume_request_storage', 'volume_request_storage_byte_seconds', '')");
        _case.NotWith(
            Summary, "'persistentvolumeclaim_usage_byte_seconds', ' / s.node_count'",
            "'persistentvolumeclaim_usage_byte_seconds', ''");
        _case.NotWith(
            Summary, "'persistentvolumeclaim_capacity_byte_seconds', ''",
            "'persistentvolumeclaim_capacity_byte_seconds', ' / s.node_count'");
    }

    [Fact]
    public void A_volume_that_no_known_pod_mounts_has_capacity_but_neither_node_nor_request_nor_usage()
    {
        _case.Reports.Pod("shop/a@n1").Volume("shop/gone", "data", "pv-1", months: (3, 2, 1))
            .Volume("/", "", "pv-2", months: (5, 2, 1), gib: 7);
        _case.GivesVolumes(
            "volume 2025-10-01 '' - - '' pv-2 gp2 vol-1 {} | 7 | months 5 - -",
            "volume 2025-10-01 shop - - data pv-1 gp2 vol-1 {} | 10 | months 3 - -");
        _case.NotWith(Days, "max(l.node_count) as node_count", "coalesce(max(l.node_count), 1) as node_count");
        _case.NotWith(Days, "left join {{ ref('volume_nodes') }} as v", "join {{ ref('volume_nodes') }} as v");
        _case.NotWith(
            Days, "f.day, f.namespace, v.node, v.resource_id,",
            "f.day, f.namespace, coalesce(v.node, '') as node, coalesce(v.resource_id, '') as resource_id,");
    }

    [Fact]
    public void The_nodes_of_a_volume_count_for_rows_whose_own_pod_is_unknown()
    {
        _case.Reports.Pod("shop/a@n1").Pod("shop/a@n2")
            .Volume("shop/a", "data", "pv-1", months: (1, 1, 1))
            .Volume("bank/gone", "other", "pv-1", months: (4, 4, 2));
        _case.GivesVolumes(
            "volume 2025-10-01 bank - - other pv-1 gp2 vol-1 {} | 10 | months 4 2 1",
            "volume 2025-10-01 shop n1 i-n1 data pv-1 gp2 vol-1 {} | 10 | months 1 0.5 0.5",
            "volume 2025-10-01 shop n2 i-n2 data pv-1 gp2 vol-1 {} | 10 | months 1 0.5 0.5");
        _case.NotWith(
            Days, "claim_labels, c.node_count,",
            "claim_labels, case when v.pod is not null then c.node_count end as node_count,");
        _case.NotWith(
            Nodes, "select distinct s.day,", "select distinct on (s.day, s.pod, s.persistentvolumeclaim) s.day,");
    }

    [Fact]
    public void Pods_that_are_not_scheduled_count_as_a_node_without_a_name()
    {
        _case.Reports.Pod("shop/a@n1").Pod("shop/a@", resource: "").Volume("shop/a", months: (2, 2, 1));
        _case.GivesVolumes(
            "volume 2025-10-01 shop '' '' data pv-1 gp2 vol-1 {} | 10 | months 2 1 0.5",
            "volume 2025-10-01 shop n1 i-n1 data pv-1 gp2 vol-1 {} | 10 | months 2 1 0.5");
        _case.NotWith(
            Nodes, "where f.state = 'kept' and f.volume_pod is not null",
            "where f.state = 'kept' and f.volume_pod is not null and f.node <> ''");
        _case.NotWith(Days, "count(distinct node)", "count(distinct nullif(node, ''))");
    }

    [Fact]
    public void A_pod_has_the_largest_instance_id_of_each_of_its_labels()
    {
        // pod a changes its instance under one set of labels, pod b changes both, on a key that is not even enabled.
        _case.Reports
            .Pod("shop/a@n1", resource: "i-1", labels: "x:1")
            .Pod("shop/a@n1", resource: "i-2", labels: "label_x:1", hour: "2025-10-01 01:00:00")
            .Pod("shop/b@n1", resource: "i-1", labels: "x:1")
            .Pod("shop/b@n1", resource: "i-2", labels: "x:2", hour: "2025-10-01 01:00:00")
            .Volume("shop/a", "data-a", "pv-1", months: (1, 1, 1))
            .Volume("shop/b", "data-b", "pv-2", months: (2, 2, 2));
        _case.GivesVolumes(
            "volume 2025-10-01 shop n1 i-1 data-b pv-2 gp2 vol-1 {} | 10 | months 2 2 2",
            "volume 2025-10-01 shop n1 i-2 data-a pv-1 gp2 vol-1 {} | 10 | months 1 1 1",
            "volume 2025-10-01 shop n1 i-2 data-b pv-2 gp2 vol-1 {} | 10 | months 2 2 2");
        _case.NotWith(Nodes, "volume_pod, node, s.full_labels", "volume_pod, node");
        _case.NotWith(Nodes, "volume_pod, node, s.full_labels", "volume_pod, node, s.labels");
        _case.NotWith(Nodes, "volume_pod, node, s.full_labels", "volume_pod, node, f.labels");
        _case.NotWith(Nodes, "volume_pod, node, s.full_labels", "volume_pod, node, s.full_labels, f.resource_id");
        _case.NotWith(Nodes, "max(resource_id) as resource_id", "min(resource_id) as resource_id");
    }

    [Fact]
    public void A_pod_is_found_by_day_and_namespace_and_name_and_the_report_of_volumes_says_nothing_about_nodes()
    {
        _case.Reports.Days(1, 2);
        _case.Reports
            .Pod("shop/a@n1").Pod("bank/a@n2")
            .Pod("shop/a@n3", hour: "2025-10-02 00:00:00").Pod("shop/a@n4", hour: "2025-10-02 00:00:00")
            .Volume("shop/a", months: (1, 1, 1), cells: ("node", "n2"))
            .Volume("bank/a", "other", "pv-2", months: (1, 1, 1))
            .Volume("shop/a", months: (1, 1, 1), hour: "2025-10-02 00:00:00");
        _case.GivesVolumes(
            "volume 2025-10-01 bank n2 i-n2 other pv-2 gp2 vol-1 {} | 10 | months 1 1 1",
            "volume 2025-10-01 shop n1 i-n1 data pv-1 gp2 vol-1 {} | 10 | months 1 1 1",
            "volume 2025-10-02 shop n3 i-n3 data pv-1 gp2 vol-1 {} | 10 | months 1 0.5 0.5",
            "volume 2025-10-02 shop n4 i-n4 data pv-1 gp2 vol-1 {} | 10 | months 1 0.5 0.5");
        _case.NotWith(Days, "on v.day = f.day and v.namespace", "on v.namespace");
        _case.NotWith(Nodes, "on p.day = s.day and p.namespace", "on p.namespace");
        _case.NotWith(Nodes, "p.namespace = s.namespace and ", "");
        _case.NotWith(Days, "as c on c.day = f.day and", "as c on c.day <> f.day and");
    }

    [Fact]
    public void Labels_of_the_claim_overlay_the_volumes_these_the_namespaces_and_these_the_nodes()
    {
        _case.Reports.Parameters = _case.Reports.Parameters with { EnabledTagKeys = ["a", "b", "c", "d"] };
        _case.Reports
            .Pod("shop/a@n1", labels: "a:pod|b:pod|c:pod|d:pod")
            .Volume("shop/a", labels: "a:volume|b:volume|x:1", claimLabels: "label_a:claim")
            .NamespaceLabels("shop", "a:space|b:space|c:space")
            .NodeLabels("n1", "a:node|b:node|c:node|d:node");
        _case.GivesVolumes(
            """volume 2025-10-01 shop n1 i-n1 data pv-1 gp2 vol-1 {"a":"claim","b":"volume","c":"space","d":"node"} | 10 | months 0 0 0""");
        const string Order = "['node_labels', 'namespace_labels', 'volume_labels', 'claim_labels']";
        _case.NotWith(Days, Order, "['node_labels', 'namespace_labels', 'claim_labels', 'volume_labels']");
        _case.NotWith(Days, Order, "['node_labels', 'volume_labels', 'namespace_labels', 'claim_labels']");
        _case.NotWith(Days, Order, "['namespace_labels', 'node_labels', 'volume_labels', 'claim_labels']");
        _case.NotWith(Days, "vs.labels as volume_labels", "vs.full_labels as volume_labels");
    }

    [Fact]
    public void Volumes_are_told_apart_by_claim_volume_handle_and_labels_and_have_the_largest_capacity_of_the_day()
    {
        _case.Reports.Pod("shop/a@n1")
            .Volume("shop/a", months: (1, 1, 1), gib: 10)
            .Volume("shop/a", months: (1, 1, 1), gib: 30, hour: "2025-10-01 01:00:00")
            .Volume("shop/a", months: (1, 1, 1), gib: 20, hour: "2025-10-01 02:00:00", labels: "id:2")
            .Volume("shop/a", months: (2, 2, 2), handle: "vol-2")
            .Volume("shop/a", "other", months: (4, 4, 4))
            .Volume("shop/a", months: (8, 8, 8), claimLabels: "app:x")
            .Volume("shop/a", months: (16, 16, 16), cells: ("storageclass", "gp3"));
        _case.GivesVolumes(
            """volume 2025-10-01 shop n1 i-n1 data pv-1 gp2 vol-1 {"app":"x"} | 10 | months 8 8 8""",
            "volume 2025-10-01 shop n1 i-n1 data pv-1 gp2 vol-1 {} | 30 | months 3 3 3",
            "volume 2025-10-01 shop n1 i-n1 data pv-1 gp2 vol-2 {} | 10 | months 2 2 2",
            "volume 2025-10-01 shop n1 i-n1 data pv-1 gp3 vol-1 {} | 10 | months 16 16 16",
            "volume 2025-10-01 shop n1 i-n1 other pv-1 gp2 vol-1 {} | 10 | months 4 4 4");
        _case.NotWith(
            Days, "max(l.persistentvolumeclaim_capacity_bytes)", "sum(l.persistentvolumeclaim_capacity_bytes)");
        _case.NotWith(
            "models/folds/storage_fold.sql", "max(persistentvolumeclaim_capacity_bytes)",
            "min(persistentvolumeclaim_capacity_bytes)");
        _case.NotWith(
            Days, "f.storageclass, f.csi_volume_handle,",
            "f.storageclass, max(f.csi_volume_handle) over () as csi_volume_handle,");
        _case.NotWith(
            Days, "f.storageclass, f.csi_volume_handle,",
            "max(f.storageclass) over () as storageclass, f.csi_volume_handle,");
        _case.NotWith(Days, "cs.labels as claim_labels", "'{}' as claim_labels");
    }

    [Fact]
    public void A_month_has_the_days_that_it_has()
    {
        // A leap February: 29 days. The reports count months of 31.
        _case.Reports.Days(new DateOnly(2024, 2, 29), new DateOnly(2024, 2, 29));
        _case.Reports.Pod("shop/a@n1", hour: "2024-02-29 00:00:00")
            .Volume("shop/a", months: (29, 58, 14.5), hour: "2024-02-29 00:00:00");
        _case.GivesVolumes("volume 2024-02-29 shop n1 i-n1 data pv-1 gp2 vol-1 {} | 10 | months 31 62 15.5");
        _case.NotWith(Summary, "day(last_day(s.day))", "30");
        _case.NotWith(Summary, "day(last_day(s.day))", "28");
        _case.NotWith(Summary, "day(last_day(s.day))", "31");
    }
}
