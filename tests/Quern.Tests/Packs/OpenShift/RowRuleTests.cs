namespace Quern.Tests.Packs.OpenShift;

/// <summary>Which rows count and what their cells hold: specification sections 3.1 and 4.</summary>
public sealed class RowRuleTests : IDisposable
{
    const string One = "| node 4 4 16 16 | cluster 4 16";
    readonly RuleCase _case = new();

    public void Dispose() => _case.Dispose();

    [Fact]
    public void A_row_with_a_measure_above_1e18_is_dropped_whole()
    {
        _case.Reports
            .Pod("shop/web@n1", cpu: (1, 2, 3))
            // Each of these says more cores and another namespace: nothing of it may be seen.
            .Pod(
                "absurd-usage/a@n1", cpu: (1, 1, 1), cores: 9,
                cells: ("pod_usage_cpu_core_seconds", "1000000000000000128"))
            .Pod("absurd-limit/b@n1", cpu: (1, 1, 1), cores: 9, cells: ("pod_limit_memory_byte_seconds", "2e18"))
            .Pod("absurd-capacity/c@n1", cpu: (1, 1, 1), cores: 9, cells: ("node_capacity_memory_bytes", "2e18"));
        _case.Gives(
            $"pod 2025-10-01 Worker unallocated n1 i-n1 - | cpu 3 2 2 - | memory 16 16 16 - {One}",
            $"pod 2025-10-01 shop n1 i-n1 {{}} | cpu 1 2 2 3 | memory 0 0 0 0 {One}");
        _case.NotWith("macros/rows.sql", "anomalous(measures, most='1e18')", "anomalous(measures, most='1.5e18')");
        _case.NotWith(
            "models/staging/pod_rows.sql", "anomalous(var('pod_limits_checked'))", "anomalous(var('pod_sums'))");
        _case.NotWith(
            "models/summary/node_capacity.sql", "where state = 'kept'", "where state in ('kept', 'anomalous')");
    }

    [Fact]
    public void A_measure_of_1e18_stays_and_so_do_absurd_cores()
    {
        _case.Reports
            .Pod("shop/web@n1", cells: ("pod_limit_cpu_core_seconds", "1e18"))
            .Pod("bank/web@n1", cells: ("node_capacity_cpu_cores", "2e18"));
        _case.Gives(
            "pod 2025-10-01 Worker unallocated n1 i-n1 - | cpu 4 4 4 - | memory 16 16 16 - | node 2E+18 4 16 16 | cluster 4 16",
            "pod 2025-10-01 bank n1 i-n1 {} | cpu 0 0 0 0 | memory 0 0 0 0 | node 2E+18 4 16 16 | cluster 4 16",
            "pod 2025-10-01 shop n1 i-n1 {} | cpu 0 0 0 277777777777777.78 | memory 0 0 0 0 | node 4 4 16 16 | cluster 4 16");
        _case.NotWith("macros/rows.sql", "> {{ most }}{% endfor %}", ">= {{ most }}{% endfor %}");
        _case.NotWith("models/staging/pod_rows.sql", "anomalous(var('pod_limits_checked'))", "anomalous(measures)");
    }

    [Fact]
    public void A_volume_with_an_absurd_measure_is_dropped_whole()
    {
        _case.Reports
            .Volume("shop/web", months: (1, 2, 3), cells: ("persistentvolumeclaim_capacity_bytes", "2e18"))
            .Volume("shop/web", "logs", "pv-2", months: (4, 5, 6));
        _case.Gives("volume 2025-10-01 shop - - logs pv-2 gp2 vol-1 {} | 10 | months 4 - -");
        _case.NotWith("models/staging/storage_rows.sql", "'1e30' if form == 'daily' else '1e18'", "'1e30'");
    }

    [Fact]
    public void Numbers_that_are_empty_or_unreadable_are_0_and_texts_that_are_empty_are_empty()
    {
        _case.Reports
            .Pod("shop/web@n1", cells:
            [
                ("resource_id", ""), ("pod_usage_cpu_core_seconds", ""),
                ("pod_request_cpu_core_seconds", "n/a"), ("pod_limit_cpu_core_seconds", "-"),
                ("node_capacity_cpu_cores", "four"),
            ])
            .Volume(
                "/", "", "pv-1", handle: "",
                cells: [("storageclass", ""), ("persistentvolumeclaim_capacity_byte_seconds", "")]);
        _case.Gives(
            // The nodes table has no n1 with an empty id, so the namespace is NULL.
            "pod 2025-10-01 - n1 '' - | cpu 4 4 4 - | memory 16 16 16 - | node 0 4 16 16 | cluster 4 16",
            "pod 2025-10-01 shop n1 '' {} | cpu 0 0 0 0 | memory 0 0 0 0 | node 0 4 16 16 | cluster 4 16",
            "volume 2025-10-01 '' - - '' pv-1 '' '' {} | 10 | months 0 - -");
        _case.NotWith("models/staging/pod_rows.sql", "coalesce({{ m }}, 0.0) as {{ m }}", "{{ m }}");
        _case.NotWith("models/staging/storage_rows.sql", "coalesce({{ m }}, 0.0) as {{ m }}", "{{ m }}");
    }

    [Fact]
    public void Words_that_elsewhere_mean_nothing_are_ordinary_texts()
    {
        _case.Reports.Pod("null/NA@None", resource: "NULL").Volume("null/NA", "nan", "N/A", months: (1, 1, 1));
        _case.Gives(
            "pod 2025-10-01 - None NULL - | cpu 4 4 4 - | memory 16 16 16 - | node 4 4 16 16 | cluster 4 16",
            "pod 2025-10-01 null None NULL {} | cpu 0 0 0 0 | memory 0 0 0 0 | node 4 4 16 16 | cluster 4 16",
            "volume 2025-10-01 null None NULL nan N/A gp2 vol-1 {} | 10 | months 1 1 1");
    }

    [Fact]
    public void Both_ends_of_the_range_are_included_and_nothing_beyond_them()
    {
        _case.Reports
            .Pod("shop/web@n1", cpu: (1, 0, 0), hour: "2025-10-01 23:00:00")
            .Pod("shop/web@n1", cpu: (0.5, 0, 0), hour: "2025-10-02 00:00:00")
            .Pod("shop/web@n1", cpu: (0.25, 0, 0), hour: "2025-10-03 23:00:00")
            .Pod("shop/web@n1", cpu: (2, 0, 0), hour: "2025-10-04 00:00:00")
            .Volume("x/y", months: (1, 0, 0), hour: "2025-10-01 23:00:00")
            .Volume("x/y", months: (2, 0, 0), hour: "2025-10-02 00:00:00")
            .Volume("x/y", months: (4, 0, 0), hour: "2025-10-04 00:00:00")
            .NamespaceLabels("shop", "app:old", hour: "2025-10-01 23:00:00")
            .NamespaceLabels("shop", "app:web", hour: "2025-10-02 00:00:00")
            .NamespaceLabels("shop", "app:new", hour: "2025-10-04 00:00:00");
        _case.Reports.Days(2, 3);
        _case.Gives(
            $"pod 2025-10-02 Worker unallocated n1 i-n1 - | cpu 3.5 4 3.5 - | memory 16 16 16 - {One}",
            $"pod 2025-10-02 shop n1 i-n1 {{\"app\":\"web\"}} | cpu 0.5 0 0.5 0 | memory 0 0 0 0 {One}",
            $"pod 2025-10-03 Worker unallocated n1 i-n1 - | cpu 3.75 4 3.75 - | memory 16 16 16 - {One}",
            $"pod 2025-10-03 shop n1 i-n1 {{}} | cpu 0.25 0 0.25 0 | memory 0 0 0 0 {One}",
            "volume 2025-10-02 x - - data pv-1 gp2 vol-1 {} | 10 | months 2 - -");
        _case.NotWith(
            "models/staging/pod_rows.sql", "between range_start and range_last",
            "between range_start + interval 1 hour and range_last");
        _case.NotWith(
            "models/staging/pod_rows.sql", "between range_start and range_last",
            "between range_start and range_last + interval 1 microsecond");
        _case.NotWith("macros/rows.sql", "{{ interval_start }} < range_start", "{{ interval_start }} <= range_start");
        _case.NotWith("macros/rows.sql", "{{ interval_start }} >= range_end", "{{ interval_start }} > range_end");
        _case.NotWith(
            "models/staging/pod_rows.sql", "cast(interval_start as date) as day", "cast(range_start as date) as day");
    }
}
