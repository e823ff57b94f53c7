namespace Quern.Tests.Packs.OpenShift;

/// <summary>Capacity of nodes and of the cluster: specification section 4.3 and traps 2 and 3 of section 6.</summary>
public sealed class CapacityRuleTests : IDisposable
{
    const string Fold = "models/folds/capacity_fold.sql";
    readonly RuleCase _case = new();

    public void Dispose() => _case.Dispose();

    [Fact]
    public void The_capacity_of_an_interval_is_the_largest_that_a_pod_says_and_the_day_is_the_sum_of_its_intervals()
    {
        // Interval 0: two pods that disagree; 1: half the hour; 5: the pod of another namespace; no rows between.
        _case.Reports
            .Pod("shop/a@n1", cores: 2, gib: 8, cells: ("pod_usage_cpu_core_seconds", "3600"))
            .Pod("shop/b@n1", cores: 1, gib: 32)
            .Pod("shop/a@n1", cores: 2, gib: 8, hour: "2025-10-01 01:00:00", cells:
            [
                ("node_capacity_cpu_core_seconds", "3600"), ("node_capacity_memory_byte_seconds", "15461882265600"),
            ])
            .Pod("bank/a@n1", cores: 2, gib: 8, hour: "2025-10-01 05:00:00");
        // Core hours 2 + 1 + 2, GiB hours 32 + 4 + 8.
        _case.Gives(
            "pod 2025-10-01 Worker unallocated n1 i-n1 - | cpu 4 5 4 - | memory 44 44 44 - | node 2 5 32 44 | cluster 5 44",
            "pod 2025-10-01 bank n1 i-n1 {} | cpu 0 0 0 0 | memory 0 0 0 0 | node 2 5 8 44 | cluster 5 44",
            "pod 2025-10-01 shop n1 i-n1 {} | cpu 1 0 1 0 | memory 0 0 0 0 | node 2 5 32 44 | cluster 5 44");
        // Each row of a pod counts again.
        _case.NotWith(Fold, "max(node_capacity_cpu_core_seconds) as", "sum(node_capacity_cpu_core_seconds) as");
        _case.NotWith(Fold, "max(node_capacity_memory_byte_seconds) as", "sum(node_capacity_memory_byte_seconds) as");
        // The memory of the pod that says the most cores.
        _case.NotWith(
            Fold, "max(node_capacity_memory_byte_seconds) as",
            "arg_max(node_capacity_memory_byte_seconds, node_capacity_cpu_core_seconds) as");
        // The largest of the day instead of the sum.
        _case.NotWith(
            "models/summary/node_capacity.sql",
            "from {{ ref('capacity_fold') }}",
            """
            from (
                select state, node, min(interval_start) as interval_start,
                    max(node_capacity_cpu_core_seconds) as node_capacity_cpu_core_seconds,
                    max(node_capacity_memory_byte_seconds) as node_capacity_memory_byte_seconds
                from {{ ref('capacity_fold') }} group by state, node, cast(interval_start as date)
            )
            """);
        // Cores out of core seconds.
        _case.NotWith(
            "macros/pod_fold.sql",
            "max(case when isfinite(node_capacity_cpu_cores) then node_capacity_cpu_cores else 0.0 end)",
            "sum(node_capacity_cpu_core_seconds) / count(*) / 3600");
    }

    [Fact]
    public void The_capacity_of_the_cluster_is_the_sum_over_its_nodes_day_by_day()
    {
        _case.Reports.Parameters = _case.Reports.Parameters with { End = new DateOnly(2025, 10, 2), Nodes = [] };
        _case.Reports
            .Pod("shop/a@n1", cores: 1, gib: 2)
            .Pod("shop/b@n2", cores: 2, gib: 4)
            .Pod("shop/b@n2", cores: 2, gib: 4, hour: "2025-10-01 01:00:00")
            .Pod("shop/b@n2", cores: 16, gib: 64, hour: "2025-10-02 01:00:00");
        _case.Gives(
            "pod 2025-10-01 - n1 i-n1 - | cpu 1 1 1 - | memory 2 2 2 - | node 1 1 2 2 | cluster 5 10",
            "pod 2025-10-01 - n2 i-n2 - | cpu 4 4 4 - | memory 8 8 8 - | node 2 4 4 8 | cluster 5 10",
            "pod 2025-10-01 shop n1 i-n1 {} | cpu 0 0 0 0 | memory 0 0 0 0 | node 1 1 2 2 | cluster 5 10",
            "pod 2025-10-01 shop n2 i-n2 {} | cpu 0 0 0 0 | memory 0 0 0 0 | node 2 4 4 8 | cluster 5 10",
            "pod 2025-10-02 - n2 i-n2 - | cpu 16 16 16 - | memory 64 64 64 - | node 16 16 64 64 | cluster 16 64",
            "pod 2025-10-02 shop n2 i-n2 {} | cpu 0 0 0 0 | memory 0 0 0 0 | node 16 16 64 64 | cluster 16 64");
        _case.NotWith(
            "models/summary/cluster_capacity.sql", "from {{ ref('node_capacity') }}",
            "from {{ ref('node_capacity') }} where node = 'n2'");
        _case.NotWith("models/summary/pod_summary.sql", "as k on k.day = s.day", "as k on k.day = date '2025-10-01'");
        _case.NotWith(
            "models/summary/pod_summary.sql", "as c on c.day = u.day and c.node = u.node",
            "as c on c.day = u.day and c.node = 'n2'");
    }
}
