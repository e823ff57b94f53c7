namespace Quern.Tests.Packs.OpenShift;

/// <summary>Unallocated capacity: specification section 4.8.</summary>
public sealed class UnallocatedRuleTests : IDisposable
{
    const string File = "models/summary/unallocated.sql";
    const string Summary = "models/summary/pod_summary.sql";
    const string Idle = "| cpu 4 4 4 - | memory 16 16 16 - | node 4 4 16 16 | cluster";
    const string None = "| cpu 0 0 0 0 | memory 0 0 0 0 | node 4 4 16 16 | cluster";
    readonly RuleCase _case = new();

    public void Dispose() => _case.Dispose();

    [Fact]
    public void What_pods_leave_of_a_node_is_its_capacity_less_their_sum_even_below_0()
    {
        _case.Reports
            .Pod("shop/a@n1", cpu: (1, 4, 9), memory: (2, 20, 99), labels: "app:a")
            .Pod("shop/b@n1", cpu: (2, 0.5, 9), memory: (3, 1, 99))
            .Pod("bank/a@n1", cpu: (0.5, 0.25, 9), memory: (1, 0.5, 99));
        // Used 3.5, asked for 4.75, effective 4 + 2 + 0.5; GiB hours 6, 21.5, 20 + 3 + 1.
        _case.Gives(
            "pod 2025-10-01 Worker unallocated n1 i-n1 - | cpu 0.5 -0.75 -2.5 - | memory 10 -5.5 -8 - | node 4 4 16 16 | cluster 4 16",
            "pod 2025-10-01 bank n1 i-n1 {} | cpu 0.5 0.25 0.5 9 | memory 1 0.5 1 99 | node 4 4 16 16 | cluster 4 16",
            """pod 2025-10-01 shop n1 i-n1 {"app":"a"} | cpu 1 4 4 9 | memory 2 20 20 99 | node 4 4 16 16 | cluster 4 16""",
            "pod 2025-10-01 shop n1 i-n1 {} | cpu 2 0.5 2 9 | memory 3 1 3 99 | node 4 4 16 16 | cluster 4 16");
        _case.NotWith(
            Summary,
            "c.node_capacity_cpu_core_hours - {{ total('u.pod_' ~ h ~ '_cpu_core_seconds') }} / 3600",
            "greatest(0.0, c.node_capacity_cpu_core_hours - {{ total('u.pod_' ~ h ~ '_cpu_core_seconds') }} / 3600)");
        _case.NotWith(
            Summary,
            "c.node_capacity_memory_gigabyte_hours - {{ gib(total('u.pod_' ~ h ~ '_memory_byte_seconds') ~ ' / 3600') }}",
            "abs(c.node_capacity_memory_gigabyte_hours - {{ gib(total('u.pod_' ~ h ~ '_memory_byte_seconds') ~ ' / 3600') }})");
        _case.NotWith(Summary, "{% if h == 'limit' -%}", "{% if false -%}");
        _case.NotWith(
            Summary, "u.day, u.namespace, u.node, u.resource_id, null,",
            "u.day, u.namespace, u.node, u.resource_id, '{}',");
        const string Table = "models/summary/daily_summary.sql";
        _case.NotWith(
            Table, "case when pod_labels is not null or volume_labels is not null then", "case when true then");
        _case.NotWith(
            Table, "coalesce(pod_labels, volume_labels, '{}') as all_labels",
            "coalesce(pod_labels, volume_labels) as all_labels");
    }

    [Fact]
    public void The_role_decides_the_namespace_and_without_a_known_role_it_is_null()
    {
        _case.Reports.Parameters = _case.Reports.Parameters with
        {
            Nodes =
            [
                new("n-master", "i-n-master", "master"), new("n-infra", "i-n-infra", "infra"),
                new("n-worker", "i-n-worker", "worker"), new("n-edge", "i-n-edge", "edge"),
            ],
        };
        _case.Reports.Pod("shop/a@n-master").Pod("shop/a@n-infra").Pod("shop/a@n-worker").Pod("shop/a@n-edge")
            .Pod("shop/a@n-new");
        _case.Gives(
            $"pod 2025-10-01 Platform unallocated n-infra i-n-infra - {Idle} 20 80",
            $"pod 2025-10-01 Platform unallocated n-master i-n-master - {Idle} 20 80",
            $"pod 2025-10-01 Worker unallocated n-worker i-n-worker - {Idle} 20 80",
            $"pod 2025-10-01 - n-edge i-n-edge - {Idle} 20 80",
            $"pod 2025-10-01 - n-new i-n-new - {Idle} 20 80",
            $"pod 2025-10-01 shop n-edge i-n-edge {{}} {None} 20 80",
            $"pod 2025-10-01 shop n-infra i-n-infra {{}} {None} 20 80",
            $"pod 2025-10-01 shop n-master i-n-master {{}} {None} 20 80",
            $"pod 2025-10-01 shop n-new i-n-new {{}} {None} 20 80",
            $"pod 2025-10-01 shop n-worker i-n-worker {{}} {None} 20 80");
        _case.NotWith(File, "node_role in ('master', 'infra')", "node_role in ('master')");
        _case.NotWith(File, "node_role in ('master', 'infra')", "node_role in ('infra')");
        _case.NotWith(
            File, "when node_role = 'worker' then 'Worker unallocated' end",
            "when node_role is not null then 'Worker unallocated' end");
        _case.NotWith(
            File, "when node_role = 'worker' then 'Worker unallocated' end",
            "when node_role = 'edge' then null else 'Worker unallocated' end");
        _case.NotWith(File, "left join {{ ref('node_roles') }}", "join {{ ref('node_roles') }}");
    }

    [Fact]
    public void The_role_is_that_of_node_and_instance_and_of_several_the_largest()
    {
        _case.Reports.Parameters = _case.Reports.Parameters with
        {
            Nodes = [new("n1", "i-other", "worker"), new("n2", "i-1", "infra"), new("n2", "i-2", "worker")],
        };
        _case.Reports.Pod("shop/a@n1").Pod("bank/a@n2", resource: "i-1").Pod("shop/a@n2", resource: "i-2");
        _case.Gives(
            $"pod 2025-10-01 Worker unallocated n2 i-2 - {Idle} 8 32",
            $"pod 2025-10-01 - n1 i-n1 - {Idle} 8 32",
            $"pod 2025-10-01 bank n2 i-1 {{}} {None} 8 32",
            $"pod 2025-10-01 shop n1 i-n1 {{}} {None} 8 32",
            $"pod 2025-10-01 shop n2 i-2 {{}} {None} 8 32");
        _case.NotWith(File, "r.node = p.node and r.resource_id = p.resource_id", "r.node = p.node");
        _case.NotWith(File, "max(r.node_role)", "min(r.node_role)");
        _case.NotWith(File, "max(p.resource_id) as resource_id", "min(p.resource_id) as resource_id");
    }

    [Theory]
    [InlineData("Platform unallocated")]
    [InlineData("Worker unallocated")]
    [InlineData("Network unattributed")]
    [InlineData("Storage unattributed")]
    public void Namespaces_that_stand_for_no_pods_are_left_out_of_the_sum(string space)
    {
        _case.Reports.Parameters = _case.Reports.Parameters with { Nodes = [] };
        _case.Reports.Pod($"{space}/a@n1", cpu: (1, 1, 1)).Pod("shop/a@n1", cpu: (2, 2, 2)).Pod($"{space}/a@n2");
        var rows = new[]
        {
            $"pod 2025-10-01 {space} n1 i-n1 {{}} | cpu 1 1 1 1 | memory 0 0 0 0 | node 4 4 16 16 | cluster 8 32",
            $"pod 2025-10-01 {space} n2 i-n2 {{}} {None} 8 32",
        };
        _case.Gives([
            .. rows,
            "pod 2025-10-01 - n1 i-n1 - | cpu 2 2 2 - | memory 16 16 16 - | node 4 4 16 16 | cluster 8 32",
            "pod 2025-10-01 shop n1 i-n1 {} | cpu 2 2 2 2 | memory 0 0 0 0 | node 4 4 16 16 | cluster 8 32"]);
        _case.NotWith(File, "where p.namespace not in (", $"where p.namespace = '{space}' or p.namespace not in (");
    }
}
