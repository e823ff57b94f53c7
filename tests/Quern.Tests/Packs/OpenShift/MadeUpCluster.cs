namespace Quern.Tests.Packs.OpenShift;

/// <summary>Three days of a cluster in which anything may happen: odd numbers, odd labels, duplicates, changes, absurd and empty cells.</summary>
static class MadeUpCluster
{
    public static SummaryRun Write(Reports reports, int seed)
    {
        var random = new Random(seed);
        string Any(params string[] of) => of[random.Next(of.Length)];
        string Hour() => $"2025-10-{random.Next(1, 5):00} {random.Next(24):00}:{Any("00", "00", "30")}:00";
        string Labels() => string.Join('|', Enumerable.Range(0, random.Next(4)).Select(_ =>
            Any("app", "label_app", "env", "label_label_team", "x", "") + Any(":", ":", ":", "", ":b:") + Any("1", "2", "é", "", "\"q\"")));
        double Number() => Math.Exp((random.NextDouble() * 30) - 15) * random.Next(-1, 20);
        string Cell() => Any("", "n/a", "NaN", "2e18", "0.1", "1e17", "-3", "123456789.123456789");
        for (var i = 0; i < 300; i++)
        {
            var cells = random.Next(20) == 0 ? new[] { (Any("pod_usage_cpu_core_seconds", "node_capacity_cpu_cores", "pod_limit_memory_byte_seconds"), Cell()) } : [];
            reports.Pod(
                $"{Any("shop", "bank", "openshift-x", "Worker unallocated")}/{Any("a", "b", "c")}@{Any("n1", "n2", "n3", "")}",
                (Number(), Number(), Number()), (Number(), Number(), Number()), Number(), Number(), Labels(), Any("i-1", "i-2", ""), Hour(), cells: cells);
        }
        for (var i = 0; i < 80; i++)
        {
            reports.Volume(
                $"{Any("shop", "bank", "")}/{Any("a", "b", "")}", Any("c1", "c2", ""), Any("v1", "v2"), (Number() / 1e6, Number() / 1e6, Number() / 1e6),
                Number(), Labels(), Labels(), Any("h1", ""), Hour());
            reports.NodeLabels(Any("n1", "n2", "n3"), Labels(), Hour()).NamespaceLabels(Any("shop", "bank"), Labels(), Hour());
        }
        reports.Parameters = reports.Parameters with
        {
            End = new DateOnly(2025, 10, 3),
            DeriveRoles = seed % 2 == 0,
            CostCategories = [new("%openshift%", 1), new("sh_p", 2), new("%", 3)],
        };
        var run = reports.Run;
        return run with { Inputs = [.. Directory.EnumerateFiles(reports.Folder).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal)] };
    }
}
