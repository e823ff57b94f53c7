namespace Quern.Tests.Packs.OpenShift;

/// <summary>What a run says about its input though it goes on, with exact counts.</summary>
public sealed class WarningTests : IDisposable
{
    readonly Reports _reports = new();

    public void Dispose() => _reports.Dispose();

    [Fact]
    public void A_clean_input_gives_no_warning()
    {
        _reports.Pod("shop/a@n1", labels: "app:a|env:b|novalue|").Pod("shop/a@n1", hour: "2025-10-01 01:00:00")
            .Volume("shop/a").NodeLabels("n1", "app:x").NamespaceLabels("shop", "");
        Assert.Empty(_reports.Run.Make().Warnings);
    }

    [Fact]
    public void Counts_quantities_that_are_empty_or_no_number()
    {
        _reports
            .Pod(
                "shop/a@n1",
                cells: [("pod_usage_cpu_core_seconds", ""), ("node_capacity_cpu_cores", "x"), ("node_capacity_memory_bytes", "1,5")])
            .Pod("shop/b@n1", hour: "2025-10-02 00:00:00", cells: ("pod_usage_cpu_core_seconds", ""))
            .Pod("shop/c@n1", cells: [("pod_usage_cpu_core_seconds", ""), ("pod_limit_cpu_core_seconds", "1e19")])
            .Volume("shop/a", cells: [("persistentvolumeclaim_usage_byte_seconds", "")]);
        Assert.Equal(
            [
                "QN3201 x 4: quantities that are empty or no number count as 0",
                "QN3202 x 1: rows with a measure that is above 1e18 or not finite are left out",
            ],
            _reports.Run.Make().Warnings);
    }

    [Fact]
    public void Not_a_number_and_infinity_leave_the_row_out_and_are_0_as_cores()
    {
        _reports
            .Pod("shop/a@n1", cpu: (1, 1, 1), cells: ("node_capacity_cpu_cores", "NaN"))
            .Pod(
                "shop/a@n1", cpu: (1, 1, 1), cores: 2, hour: "2025-10-01 01:00:00",
                cells: ("node_capacity_cpu_cores", "inf"))
            .Pod("bank/a@n1", cpu: (9, 9, 9), cells: ("pod_limit_cpu_core_seconds", "nan"))
            .Pod("bank/b@n1", cpu: (9, 9, 9), cells: ("node_capacity_memory_bytes", "-Infinity"))
            .Volume("shop/x", cells: ("persistentvolumeclaim_capacity_bytes", "NaN"));
        var result = _reports.Run.Make();
        Assert.Equal(
            [
                "pod 2025-10-01 Worker unallocated n1 i-n1 - | cpu 4 4 4 - | memory 32 32 32 - | node 0 6 16 32 | cluster 6 32",
                "pod 2025-10-01 shop n1 i-n1 {} | cpu 2 2 2 2 | memory 0 0 0 0 | node 0 6 16 32 | cluster 6 32",
            ],
            result.Lines);
        Assert.Equal(
            [
                "QN3201 x 2: quantities that are empty or no number count as 0",
                "QN3202 x 3: rows with a measure that is above 1e18 or not finite are left out",
            ],
            result.Warnings);
        Assert.Equal(
            (5, 2, 3, 0), (result.Report.Read, result.Report.Kept, result.Report.Filtered, result.Report.Rejected));
    }

    [Fact]
    public void Counts_pod_rows_that_come_twice_whatever_minute_their_interval_begins_at()
    {
        _reports
            // An interval that begins at half past is another than the one of the hour.
            .Pod("shop/a@n1").Pod("shop/a@n1", hour: "2025-10-01 00:30:00")
            .Pod("shop/a@n1", hour: "2025-10-01 01:00:00")
            // One too many, in another file; two too many at half past; different pods, namespaces and nodes are no duplicates.
            .Pod("shop/a@n1", file: "more.csv").Pod("shop/a@n1", hour: "2025-10-01 00:30:00")
            .Pod("shop/a@n1", hour: "2025-10-01 00:30:00")
            .Pod("shop/b@n1").Pod("bank/a@n1").Pod("shop/a@n2")
            // Outside the days.
            .Pod("shop/a@n1", hour: "2025-10-02 00:00:00").Pod("shop/a@n1", hour: "2025-10-02 00:00:00")
            // The last hour of the month, twice.
            .Pod("shop/a@n1", hour: "2025-10-31 23:00:00").Pod("shop/a@n1", hour: "2025-10-31 23:00:00");
        Assert.Equal(
            ["QN3203 x 3: pod rows come twice (same interval, namespace, pod and node) and count twice"],
            _reports.Run.Make().Warnings);
        _reports.Days(31, 31);
        Assert.Equal(
            ["QN3203 x 1: pod rows come twice (same interval, namespace, pod and node) and count twice"],
            _reports.Run.Make().Warnings);
    }

    [Fact]
    public void Counts_days_on_which_labels_change()
    {
        _reports.Days(1, 2);
        foreach (var day in new[] { "01", "02" })
        {
            _reports.Pod("shop/a@n1", hour: $"2025-10-{day} 00:00:00")
                .NodeLabels("n1", "app:1", hour: $"2025-10-{day} 00:00:00")
                .NodeLabels("n1", "app:2", hour: $"2025-10-{day} 01:00:00")
                .NodeLabels("n2", "app:1", hour: $"2025-10-{day} 00:00:00")
                .NodeLabels("n2", "app:1|x:2", hour: $"2025-10-{day} 01:00:00")
                .NamespaceLabels("shop", $"app:{day}", hour: $"2025-10-{day} 00:00:00");
        }
        _reports.NamespaceLabels("shop", "", hour: "2025-10-02 05:00:00")
            .NamespaceLabels("shop", "env:x", hour: "2025-10-02 06:00:00");
        Assert.Equal(
            [
                "QN3205 x 2: node labels change during a day: the day's usage counts once for each set of labels",
                "QN3206 x 1: namespace labels change during a day: the day's usage counts once for each set of labels",
            ],
            _reports.Run.Make().Warnings);
    }

    [Fact]
    public void Counts_label_parts_with_a_second_colon_in_each_row_of_every_report()
    {
        _reports
            .Pod("shop/a@n1", labels: "app:a:b|env:c:d|team:x")
            .Pod("shop/a@n1", labels: "app:a:b|env:c:d|team:x", hour: "2025-10-01 01:00:00")
            .Volume("shop/a", labels: "a:b:c", claimLabels: "::")
            .NodeLabels("n1", "url:http://x").NamespaceLabels("shop", "a:b:c:d|e:f");
        Assert.Equal(["QN3204 x 8: label parts with a second colon are dropped"], _reports.Run.Make().Warnings);
    }

    [Fact]
    public void Counts_namespaces_in_several_categories_and_does_not_multiply_their_rows()
    {
        _reports.Parameters = _reports.Parameters with { CostCategories = [new("shop%", 1), new("%op", 2), new("bank", 3)] };
        _reports.Pod("shop/a@n1", cpu: (1, 1, 1)).Pod("bank/a@n1").Volume("shop/a", months: (1, 1, 1));
        var result = _reports.Run.Make();
        Assert.Equal(
            [
                "pod 2025-10-01 Worker unallocated n1 i-n1 - | cpu 3 3 3 - | memory 16 16 16 - | node 4 4 16 16 | cluster 4 16",
                "pod 2025-10-01 bank n1 i-n1 {} | cpu 0 0 0 0 | memory 0 0 0 0 | node 4 4 16 16 | cluster 4 16 | category 3",
                "pod 2025-10-01 shop n1 i-n1 {} | cpu 1 1 1 1 | memory 0 0 0 0 | node 4 4 16 16 | cluster 4 16 | category 2",
                "volume 2025-10-01 shop n1 i-n1 data pv-1 gp2 vol-1 {} | 10 | months 1 1 1 | category 2",
            ],
            result.Lines);
        Assert.Equal(
            ["QN3207 x 1: namespaces match several cost category patterns: the largest id counts"], result.Warnings);
    }
}
