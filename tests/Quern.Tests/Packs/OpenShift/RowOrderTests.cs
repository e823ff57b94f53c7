using System.IO.Compression;
using Quern.Tests.Files;

namespace Quern.Tests.Packs.OpenShift;

/// <summary>
/// The output has the same bytes whatever the order of the rows, their split into files, the number of threads and the memory:
/// specification section 6. Sums are exact, so not even the last bit of a number may differ.
/// </summary>
public sealed class RowOrderTests : IDisposable
{
    readonly ScratchFolder _scratch = new();

    public static TheoryData<string, int> Cases => new(
        from scenario in new[] { "edge-groups-span-files", "random-cluster-a", "edge-label-parsing-a", "made-up" }
        from seed in Enumerable.Range(1, 4)
        select (scenario, seed));

    public void Dispose() => _scratch.Dispose();

    [Theory]
    [MemberData(nameof(Cases))]
    public void Does_not_matter(string scenario, int seed)
    {
        using var reports = new Reports();
        var run = scenario == "made-up" ? MadeUp(reports, seed) : Scenario.Of(scenario).Run;
        var expected = Bytes(run, "expected.csv");
        var random = new Random(seed);
        var shuffle = new Shuffle(_scratch, random);
        foreach (var type in run.Inputs.GroupBy(f => Header(Path.Combine(run.BaseDirectory, f))))
            shuffle.Write([.. type.Select(f => Text(Path.Combine(run.BaseDirectory, f)))]);
        var other = run with
        {
            Inputs = ["0", "1", "2"],
            BaseDirectory = _scratch.Path,
            Threads = random.Next(1, 5),
            MemoryBytes = new[] { 180, 250, 400, 1000 }[random.Next(4)] * 1_000_000L,
        };
        foreach (var part in other.Inputs) Directory.CreateDirectory(_scratch[part]);
        other = other with { Inputs = [.. other.Inputs.Where(p => Directory.EnumerateFiles(_scratch[p]).Any())] };
        Assert.Equal(expected, Bytes(other, "actual.csv"));
    }

    string Bytes(SummaryRun run, string name)
    {
        (run with { To = [_scratch[name]] }).Make();
        return File.ReadAllText(_scratch[name]);
    }

    static string Text(string path)
    {
        using var stream = File.OpenRead(path);
        using var reader = new StreamReader(path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(stream, CompressionMode.Decompress) : stream);
        return reader.ReadToEnd();
    }

    static string Header(string path) => Text(path) is var text ? text[..text.IndexOf('\n')] : "";

    /// <summary>Three days of a cluster in which anything may happen: odd numbers, odd labels, duplicates, changes, absurd and empty cells.</summary>
    static SummaryRun MadeUp(Reports reports, int seed)
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
