namespace Quern.Tests.Packs.OpenShift;

/// <summary>
/// Three days of a cluster in which anything may happen: odd numbers and labels, duplicates, changes, absurd and empty cells.
/// </summary>
sealed class MadeUpCluster
{
    readonly Random _random;

    MadeUpCluster(int seed) => _random = new Random(seed);

    public static SummaryRun Write(Reports reports, int seed)
    {
        var cluster = new MadeUpCluster(seed);
        for (var i = 0; i < 300; i++) cluster.Pod(reports);
        for (var i = 0; i < 80; i++) cluster.VolumeAndLabels(reports);
        reports.Parameters = reports.Parameters with
        {
            End = new DateOnly(2025, 10, 3),
            DeriveRoles = seed % 2 == 0,
            CostCategories = [new("%openshift%", 1), new("sh_p", 2), new("%", 3)],
        };
        var files = Directory.GetFiles(reports.Run.BaseDirectory);
        return reports.Run with { Inputs = [.. files.Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal)] };
    }

    void Pod(Reports reports) => reports.Pod(
        $"{Any("shop", "bank", "openshift-x", "Worker unallocated")}/{Any("a", "b", "c")}@{Any("n1", "n2", "n3", "")}",
        cpu: Three(), memory: Three(), cores: Number(), gib: Number(),
        labels: Labels(), resource: Any("i-1", "i-2", ""), hour: Hour(), cells: _random.Next(20) == 0 ? [OddCell()] : []);

    void VolumeAndLabels(Reports reports)
    {
        var (capacity, request, usage) = Three();
        reports.Volume(
            $"{Any("shop", "bank", "")}/{Any("a", "b", "")}", Any("c1", "c2", ""), Any("v1", "v2"),
            (capacity / 1e6, request / 1e6, usage / 1e6), Number(), Labels(), Labels(), Any("h1", ""), Hour());
        reports.NodeLabels(Any("n1", "n2", "n3"), Labels(), Hour());
        reports.NamespaceLabels(Any("shop", "bank"), Labels(), Hour());
    }

    string Any(params string[] of) => of[_random.Next(of.Length)];

    /// <summary>Up to a day more than is asked for; some intervals begin at half past.</summary>
    string Hour() => $"2025-10-{_random.Next(1, 5):00} {_random.Next(24):00}:{Any("00", "00", "30")}:00";

    string Labels() => string.Join('|', Enumerable.Range(0, _random.Next(4)).Select(_ =>
        Any("app", "label_app", "env", "label_label_team", "x", "") + Any(":", ":", ":", "", ":b:") + Any("1", "2", "é", "")));

    /// <summary>From 3e-7 to 6e7, 0 and below 0, too.</summary>
    double Number() => Math.Exp((_random.NextDouble() * 30) - 15) * _random.Next(-1, 20);

    (double, double, double) Three() => (Number(), Number(), Number());

    (string, string) OddCell() => (
        Any("pod_usage_cpu_core_seconds", "node_capacity_cpu_cores", "pod_limit_memory_byte_seconds"),
        Any("", "n/a", "NaN", "2e18", "0.1", "1e17", "-3", "123456789.123456789"));
}
