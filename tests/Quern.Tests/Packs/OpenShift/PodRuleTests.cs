namespace Quern.Tests.Packs.OpenShift;

/// <summary>Pod rows: specification section 4.4.</summary>
public sealed class PodRuleTests : IDisposable
{
    const string One = "| node 4 4 16 16 | cluster 4 16";
    readonly RuleCase _case = new();

    public void Dispose() => _case.Dispose();

    [Fact]
    public void Seconds_become_hours_and_bytes_become_gibibytes()
    {
        _case.Reports.Pod("shop/web@n1", cells:
        [
            ("pod_usage_cpu_core_seconds", "1800"), ("pod_request_cpu_core_seconds", "900"), ("pod_limit_cpu_core_seconds", "7200"),
            ("pod_usage_memory_byte_seconds", "3865470566400"), ("pod_request_memory_byte_seconds", "1932735283200"),
            ("pod_limit_memory_byte_seconds", "7730941132800"),
        ]);
        _case.Gives(
            $"pod 2025-10-01 Worker unallocated n1 i-n1 - | cpu 3.5 3.75 3.5 - | memory 15 15.5 15 - {One}",
            $"pod 2025-10-01 shop n1 i-n1 {{}} | cpu 0.5 0.25 0.5 2 | memory 1 0.5 1 2 {One}");
        _case.NotWith("macros/quantities.sql", "1.0 / 1073741824.0", "1e-9");
        _case.NotWith(
            "models/summary/pod_summary.sql", "{{ total('p.pod_' ~ h ~ '_cpu_core_seconds') }} / 3600",
            "{{ total('p.pod_' ~ h ~ '_cpu_core_seconds') }} / 86400");
    }

    [Fact]
    public void Effective_usage_is_the_larger_of_usage_and_request_row_by_row()
    {
        _case.Reports
            .Pod("shop/a@n1", cpu: (2, 1, 0), memory: (3, 1, 0))
            .Pod("shop/a@n1", cpu: (0, 1, 0), memory: (1, 4, 0), hour: "2025-10-01 01:00:00");
        _case.Gives(
            "pod 2025-10-01 Worker unallocated n1 i-n1 - | cpu 6 6 5 - | memory 28 27 25 - | node 4 8 16 32 | cluster 8 32",
            "pod 2025-10-01 shop n1 i-n1 {} | cpu 2 2 3 0 | memory 4 5 7 0 | node 4 8 16 32 | cluster 8 32");
        _case.NotWith(
            "models/staging/pod_rows.sql", "greatest(pod_usage_cpu_core_seconds, pod_request_cpu_core_seconds)",
            "pod_usage_cpu_core_seconds");
        _case.NotWith(
            "models/staging/pod_rows.sql",
            "greatest(pod_usage_memory_byte_seconds, pod_request_memory_byte_seconds)",
            "pod_request_memory_byte_seconds");
        _case.NotWith(
            "models/summary/pod_summary.sql",
            "{{ total('p.pod_' ~ h ~ '_cpu_core_seconds') }} / 3600",
            """
            {% if h == 'effective_usage' %}greatest({{ total('p.pod_usage_cpu_core_seconds') }}, {{ total('p.pod_request_cpu_core_seconds') }})
            {%- else %}{{ total('p.pod_' ~ h ~ '_cpu_core_seconds') }}{% endif %} / 3600
            """);
    }

    [Fact]
    public void Rows_without_a_node_are_no_pod_rows_but_count_in_the_capacity_of_the_cluster()
    {
        _case.Reports
            .Pod("shop/web@n1", cpu: (1, 1, 1))
            .Pod("shop/pending@", cpu: (2, 2, 2), cores: 3, gib: 8)
            .Pod("shop/pending@", cores: 1, gib: 2);
        _case.Gives(
            "pod 2025-10-01 Worker unallocated n1 i-n1 - | cpu 3 3 3 - | memory 16 16 16 - | node 4 4 16 16 | cluster 7 24",
            "pod 2025-10-01 shop n1 i-n1 {} | cpu 1 1 1 1 | memory 0 0 0 0 | node 4 4 16 16 | cluster 7 24");
        _case.NotWith("models/summary/pod_days.sql", " and f.node <> ''", "");
        _case.NotWith(
            "models/summary/node_capacity.sql", "where state = 'kept'", "where state = 'kept' and node <> ''");
    }

    [Fact]
    public void Pods_and_instances_of_one_node_namespace_and_labels_are_one_row_with_the_largest_instance_id()
    {
        _case.Reports
            .Pod("shop/a@n1", cpu: (1, 0, 0), resource: "i-B")
            .Pod("shop/b@n1", cpu: (2, 0, 0), resource: "i-a")
            .Pod("shop/c@n1", cpu: (0.5, 0, 0), resource: "");
        _case.Gives(
            $"pod 2025-10-01 - n1 i-a - | cpu 0.5 4 0.5 - | memory 16 16 16 - {One}",
            $"pod 2025-10-01 shop n1 i-a {{}} | cpu 3.5 0 3.5 0 | memory 0 0 0 0 {One}");
        _case.NotWith(
            "models/summary/pod_days.sql", "max(l.resource_id) as resource_id", "min(l.resource_id) as resource_id");
        _case.NotWith(
            "models/summary/pod_days.sql", "max(l.resource_id) as resource_id",
            "arg_max(l.resource_id, lower(l.resource_id)) as resource_id");
        _case.NotWith(
            "models/summary/pod_days.sql", "and m.labels = l.labels\ngroup by 1, 2, 3, 4",
            "and m.labels = l.labels\ngroup by 1, 2, 3, 4, l.resource_id");
    }

    [Fact]
    public void Cores_and_bytes_of_a_row_are_the_largest_that_its_own_pods_say()
    {
        _case.Reports
            .Pod("shop/a@n1", cores: 2, gib: 4)
            .Pod("shop/b@n1", cores: 3, gib: 2, resource: "i-0")
            .Pod("bank/a@n1", cores: 8, gib: 32, hour: "2025-10-01 01:00:00");
        _case.Gives(
            "pod 2025-10-01 Worker unallocated n1 i-n1 - | cpu 11 11 11 - | memory 36 36 36 - | node 8 11 32 36 | cluster 11 36",
            "pod 2025-10-01 bank n1 i-n1 {} | cpu 0 0 0 0 | memory 0 0 0 0 | node 8 11 32 36 | cluster 11 36",
            "pod 2025-10-01 shop n1 i-n1 {} | cpu 0 0 0 0 | memory 0 0 0 0 | node 3 11 4 36 | cluster 11 36");
        _case.NotWith(
            "models/summary/pod_days.sql",
            "max(l.node_capacity_cpu_cores) as", "max(max(l.node_capacity_cpu_cores)) over (partition by l.day, l.node) as");
        _case.NotWith(
            "models/summary/pod_days.sql", "max(l.node_capacity_memory_bytes) as",
            "min(l.node_capacity_memory_bytes) as");
        _case.NotWith(
            "models/summary/unallocated.sql", "max(p.node_capacity_cpu_cores) as",
            "min(p.node_capacity_cpu_cores) as");
    }

    [Fact]
    public void The_category_is_the_largest_of_those_whose_pattern_matches_the_whole_namespace()
    {
        _case.Reports.Parameters = _case.Reports.Parameters with
        {
            CostCategories = [new("shop-%", 3), new("shop-_", 7), new("bank", 5), new("Worker unall%", 9), new("%", -1)],
        };
        _case.Reports
            .Pod("shop-a/x@n1").Pod("shop-ab/x@n1").Pod("Shop-a/x@n1").Pod("bank/x@n1", cpu: (1, 0, 0))
            .Pod("banker/x@n1")
            .Volume("bank/none", months: (1, 0, 0)).Volume("/", "", "pv-2");
        _case.Gives(
            $"pod 2025-10-01 Shop-a n1 i-n1 {{}} | cpu 0 0 0 0 | memory 0 0 0 0 {One} | category -1",
            $"pod 2025-10-01 Worker unallocated n1 i-n1 - | cpu 3 4 3 - | memory 16 16 16 - {One} | category 9",
            $"pod 2025-10-01 bank n1 i-n1 {{}} | cpu 1 0 1 0 | memory 0 0 0 0 {One} | category 5",
            $"pod 2025-10-01 banker n1 i-n1 {{}} | cpu 0 0 0 0 | memory 0 0 0 0 {One} | category -1",
            $"pod 2025-10-01 shop-a n1 i-n1 {{}} | cpu 0 0 0 0 | memory 0 0 0 0 {One} | category 7",
            $"pod 2025-10-01 shop-ab n1 i-n1 {{}} | cpu 0 0 0 0 | memory 0 0 0 0 {One} | category 3",
            "volume 2025-10-01 '' - - '' pv-2 gp2 vol-1 {} | 10 | months 0 - - | category -1",
            "volume 2025-10-01 bank - - data pv-1 gp2 vol-1 {} | 10 | months 1 - - | category 5");
        const string File = "models/summary/cost_categories.sql";
        _case.NotWith(File, "max(c.cost_category_id)", "min(c.cost_category_id)");
        _case.NotWith(File, "n.namespace like c.namespace", "n.namespace = c.namespace");
        _case.NotWith(File, "n.namespace like c.namespace", "n.namespace ilike c.namespace");
        _case.NotWith(File, "n.namespace like c.namespace", "n.namespace like c.namespace || '%'");
        _case.NotWith(File, "n.namespace like c.namespace", "starts_with(n.namespace, rtrim(c.namespace, '%'))");
        _case.NotWith(
            File, "select namespace from {{ ref('storage_days') }}", "select namespace from {{ ref('pod_days') }}");
        _case.NotWith(File, "where namespace is not null", "where false");
    }

    [Fact]
    public void A_namespace_that_matches_no_pattern_has_no_category()
    {
        _case.Reports.Parameters = _case.Reports.Parameters with { CostCategories = [new("bank", 5)] };
        _case.Reports.Pod("shop/x@n1").Pod("bank/x@n1");
        _case.Gives(
            $"pod 2025-10-01 Worker unallocated n1 i-n1 - | cpu 4 4 4 - | memory 16 16 16 - {One}",
            $"pod 2025-10-01 bank n1 i-n1 {{}} | cpu 0 0 0 0 | memory 0 0 0 0 {One} | category 5",
            $"pod 2025-10-01 shop n1 i-n1 {{}} | cpu 0 0 0 0 | memory 0 0 0 0 {One}");
        _case.NotWith(
            "models/summary/pod_summary.sql",
            "left join {{ ref('cost_categories') }} as c on c.namespace = s.namespace",
            "left join {{ ref('cost_categories') }} as c on true");
        _case.NotWith(
            "models/summary/pod_summary.sql", "left join {{ ref('cost_categories') }}",
            "join {{ ref('cost_categories') }}");
    }
}
