namespace Quern.Tests.Packs.OpenShift;

/// <summary>What label texts say and which labels a row gets: specification sections 3.2, 4.1, 4.2 and 4.4.</summary>
public sealed class LabelRuleTests : IDisposable
{
    const string Sets = "models/labels/label_sets.sql";
    const string Days = "macros/label_rows.sql";
    const string One = "| memory 0 0 0 0 | node 4 4 16 16 | cluster 4 16";
    const string All = "| cpu 4 4 4 - | memory 16 16 16 - | node 4 4 16 16 | cluster 4 16";
    readonly RuleCase _case = new();

    public void Dispose() => _case.Dispose();

    [Fact]
    public void A_part_with_two_colons_or_without_one_is_dropped()
    {
        _case.Reports.Pod("shop/web@n1", labels: "app:a:b|env|team:x");
        GivesLabels("""{"team":"x"}""");
        _case.NotWith(
            Sets, "lambda p: length(p) - length(replace(p, ':', '')) = 1",
            "lambda p: length(p) - length(replace(p, ':', '')) >= 1");
        _case.NotWith(
            Sets, "lambda p: length(p) - length(replace(p, ':', '')) = 1",
            "lambda p: length(p) - length(replace(p, ':', '')) <= 1");
    }

    [Fact]
    public void Every_label_prefix_leaves_the_key_wherever_it_stands()
    {
        _case.Reports.Parameters = _case.Reports.Parameters with { EnabledTagKeys = ["app", "a_b", "label_", "label_value"] };
        _case.Reports.Pod("shop/web@n1", labels: "label_app:label_value|label_a_label_b:2");
        GivesLabels("""{"a_b":"2","app":"label_value"}""");
        _case.NotWith(
            Sets, "key := replace(split_part(p, ':', 1), 'label_', '')",
            "key := regexp_replace(split_part(p, ':', 1), '^label_', '')");
        _case.NotWith(
            Sets, "key := replace(split_part(p, ':', 1), 'label_', '')", "key := split_part(p, ':', 1)");
        _case.NotWith(
            Sets, "value := split_part(p, ':', 2)", "value := replace(split_part(p, ':', 2), 'label_', '')");
    }

    [Fact]
    public void Of_equal_keys_the_last_wins()
    {
        _case.Reports.Pod("shop/web@n1", labels: "app:z|env:prod|label_app:a");
        GivesLabels("""{"app":"a","env":"prod"}""");
        _case.NotWith(Sets, "len(entries) + 1 - list_position(keys_from_end, e.key)", "list_position(keys, e.key)");
        _case.NotWith(
            Sets, "entries[len(entries) + 1 - list_position(keys_from_end, e.key)].value",
            "list_max(list_transform(list_filter(entries, lambda x: x.key = e.key), lambda x: x.value))");
    }

    [Fact]
    public void Values_are_kept_as_they_are_even_empty_ones()
    {
        _case.Reports.Parameters = _case.Reports.Parameters with { EnabledTagKeys = ["app", "env", " team", ""] };
        _case.Reports.Pod("shop/web@n1", labels: "app:|env: Prod | team:\u00fcber \"x\"\\\t|label_:v");
        GivesLabels("""{"":"v"," team":"über \"x\"\\\t","app":"","env":" Prod "}""");
        _case.NotWith(Sets, "value := split_part(p, ':', 2)", "value := trim(split_part(p, ':', 2))");
        _case.NotWith(Sets, "value := split_part(p, ':', 2)", "value := nullif(split_part(p, ':', 2), '')");
    }

    [Fact]
    public void Only_enabled_keys_count_exact_and_case_sensitive()
    {
        _case.Reports.Pod("shop/web@n1", labels: "App:1|app:2|apps:3|owner:4");
        GivesLabels("""{"app":"2"}""");
        _case.NotWith(Sets, "lambda e: list_contains(enabled_keys, e.key)", "lambda e: true");
        _case.NotWith(Sets, "list_contains(enabled_keys, e.key)", "list_contains(enabled_keys, lower(e.key))");
    }

    [Fact]
    public void The_key_of_virtual_machines_is_always_enabled()
    {
        _case.Reports.Pod("shop/web@n1", labels: "vm_kubevirt_io_name:vm-1|owner:x");
        GivesLabels("""{"vm_kubevirt_io_name":"vm-1"}""");
        _case.NotWith(Sets, "select 'vm_kubevirt_io_name'", "select 'owner'");
    }

    [Fact]
    public void Without_an_enabled_key_no_label_is_kept_not_even_that_of_virtual_machines()
    {
        _case.Reports.Parameters = _case.Reports.Parameters with { EnabledTagKeys = [] };
        _case.Reports.Pod("shop/web@n1", labels: "vm_kubevirt_io_name:vm-1|app:x");
        GivesLabels("{}");
        _case.NotWith(
            Sets, "select 'vm_kubevirt_io_name' from {{ source('openshift', 'enabled_tag_keys') }}",
            "select 'vm_kubevirt_io_name'");
    }

    [Fact]
    public void Pod_labels_overlay_those_of_the_namespace_and_these_those_of_the_node()
    {
        _case.Reports
            .Pod("shop/web@n1", labels: "app:pod")
            .NamespaceLabels("shop", "app:space|env:space")
            .NodeLabels("n1", "app:node|env:node|team:node");
        GivesLabels("""{"app":"pod","env":"space","team":"node"}""");
        _case.NotWith(
            "models/summary/pod_days.sql", "['node_labels', 'namespace_labels', 'labels']",
            "['node_labels', 'labels', 'namespace_labels']");
        _case.NotWith(
            "models/summary/pod_days.sql", "['node_labels', 'namespace_labels', 'labels']",
            "['namespace_labels', 'node_labels', 'labels']");
        _case.NotWith("models/summary/pod_days.sql", "coalesce(n.labels, '{}') as node_labels", "'{}' as node_labels");
        _case.NotWith(
            "models/summary/pod_days.sql", "coalesce(ns.labels, '{}') as namespace_labels",
            "'{}' as namespace_labels");
    }

    [Fact]
    public void Labels_of_one_day_say_nothing_about_another()
    {
        _case.Reports.Days(1, 2);
        _case.Reports
            .Pod("shop/web@n1", cpu: (1, 1, 1)).Pod("shop/web@n1", cpu: (1, 1, 1), hour: "2025-10-02 00:00:00")
            .Volume("shop/web", months: (1, 1, 1), hour: "2025-10-02 00:00:00")
            .NodeLabels("n1", "team:a").NamespaceLabels("shop", "app:a");
        _case.Gives(
            "pod 2025-10-01 Worker unallocated n1 i-n1 - | cpu 3 3 3 - | memory 16 16 16 - | node 4 4 16 16 | cluster 4 16",
            $"pod 2025-10-01 shop n1 i-n1 {{\"app\":\"a\",\"team\":\"a\"}} | cpu 1 1 1 1 {One}",
            "pod 2025-10-02 Worker unallocated n1 i-n1 - | cpu 3 3 3 - | memory 16 16 16 - | node 4 4 16 16 | cluster 4 16",
            $"pod 2025-10-02 shop n1 i-n1 {{}} | cpu 1 1 1 1 {One}",
            "volume 2025-10-02 shop n1 i-n1 data pv-1 gp2 vol-1 {} | 10 | months 1 1 1");
        _case.NotWith("models/summary/pod_days.sql", "n.day = p.day and ", "");
        _case.NotWith("models/summary/pod_days.sql", "ns.day = p.day and ", "");
        _case.NotWith("models/summary/storage_days.sql", "n.day = v.day and ", "");
        _case.NotWith("models/summary/storage_days.sql", "ns.day = v.day and ", "");
    }

    [Fact]
    public void Labels_that_change_during_the_day_count_the_usage_once_for_each_set()
    {
        _case.Reports
            .Pod("shop/web@n1", cpu: (1, 1, 1))
            .NodeLabels("n1", "team:a").NodeLabels("n1", "team:b", hour: "2025-10-01 05:00:00")
            .NamespaceLabels("shop", "app:x").NamespaceLabels("shop", "app:y", hour: "2025-10-01 05:00:00")
            .Volume("shop/web", months: (2, 2, 2));
        _case.Gives(
            // 4 core hours less the 4 that the one core hour has become.
            "pod 2025-10-01 Worker unallocated n1 i-n1 - | cpu 0 0 0 - | memory 16 16 16 - | node 4 4 16 16 | cluster 4 16",
            $"pod 2025-10-01 shop n1 i-n1 {{\"app\":\"x\",\"team\":\"a\"}} | cpu 1 1 1 1 {One}",
            $"pod 2025-10-01 shop n1 i-n1 {{\"app\":\"x\",\"team\":\"b\"}} | cpu 1 1 1 1 {One}",
            $"pod 2025-10-01 shop n1 i-n1 {{\"app\":\"y\",\"team\":\"a\"}} | cpu 1 1 1 1 {One}",
            $"pod 2025-10-01 shop n1 i-n1 {{\"app\":\"y\",\"team\":\"b\"}} | cpu 1 1 1 1 {One}",
            "volume 2025-10-01 shop n1 i-n1 data pv-1 gp2 vol-1 {\"app\":\"x\",\"team\":\"a\"} | 10 | months 2 2 2",
            "volume 2025-10-01 shop n1 i-n1 data pv-1 gp2 vol-1 {\"app\":\"x\",\"team\":\"b\"} | 10 | months 2 2 2",
            "volume 2025-10-01 shop n1 i-n1 data pv-1 gp2 vol-1 {\"app\":\"y\",\"team\":\"a\"} | 10 | months 2 2 2",
            "volume 2025-10-01 shop n1 i-n1 data pv-1 gp2 vol-1 {\"app\":\"y\",\"team\":\"b\"} | 10 | months 2 2 2");
        _case.NotWith(Days, "select distinct f.day,", "select distinct on (f.day, f.{{ kind }}) f.day,");
    }

    [Fact]
    public void Labels_that_change_on_keys_that_are_not_enabled_or_in_order_do_not_multiply()
    {
        _case.Reports
            .Pod("shop/web@n1", cpu: (1, 1, 1))
            .NodeLabels("n1", "team:a|env:e").NodeLabels("n1", "env:e|team:a", hour: "2025-10-01 01:00:00")
            .NamespaceLabels("shop", "app:x|build:1")
            .NamespaceLabels("shop", "app:x|build:2", hour: "2025-10-01 01:00:00");
        _case.Gives(
            "pod 2025-10-01 Worker unallocated n1 i-n1 - | cpu 3 3 3 - | memory 16 16 16 - | node 4 4 16 16 | cluster 4 16",
            $"pod 2025-10-01 shop n1 i-n1 {{\"app\":\"x\",\"env\":\"e\",\"team\":\"a\"}} | cpu 1 1 1 1 {One}");
        _case.NotWith(Days, "select distinct f.day,", "select f.day,");
        _case.NotWith(Days, "f.{{ kind }}, s.labels\n", "f.{{ kind }}, s.labels, s.full_labels\n");
        _case.NotWith(Sets, "list_sort(list_filter(", "(list_filter(");
    }

    [Fact]
    public void Pods_whose_labels_differ_by_keys_that_are_not_enabled_are_one_row()
    {
        _case.Reports.Pod("shop/a@n1", cpu: (1, 0, 0), labels: "app:x|id:1")
            .Pod("shop/b@n1", cpu: (2, 0, 0), labels: "id:2|app:x");
        _case.Gives(
            "pod 2025-10-01 Worker unallocated n1 i-n1 - | cpu 1 4 1 - | memory 16 16 16 - | node 4 4 16 16 | cluster 4 16",
            $"pod 2025-10-01 shop n1 i-n1 {{\"app\":\"x\"}} | cpu 3 0 3 0 {One}");
        _case.NotWith(
            Sets, "list_sort(list_filter(entries, lambda e: list_contains(enabled_keys, e.key)))", "entries");
    }

    /// <summary>One idle pod in namespace shop on n1, and its labels.</summary>
    void GivesLabels(string labels) => _case.Gives(
        $"pod 2025-10-01 Worker unallocated n1 i-n1 - {All}",
        $"pod 2025-10-01 shop n1 i-n1 {labels} | cpu 0 0 0 0 {One}");
}
