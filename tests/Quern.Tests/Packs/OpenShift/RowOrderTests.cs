using System.IO.Compression;
using Quern.Tests.Files;

namespace Quern.Tests.Packs.OpenShift;

/// <summary>
/// The output has the same bytes whatever the order of the rows, their split into files, the number of threads and the
/// memory: specification section 6. Sums are exact, so not even the last bit of a number may differ.
/// </summary>
public sealed class RowOrderTests : IDisposable
{
    readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Theory]
    [InlineData("edge-groups-span-files")]
    [InlineData("edge-label-parsing-a")]
    [InlineData("random-cluster-a")]
    public void Does_not_matter_to_a_scenario(string scenario)
    {
        var run = Scenario.Of(scenario).Run;
        var expected = Bytes(run);
        for (var seed = 1; seed <= 4; seed++) Check(expected, run, seed);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Does_not_matter_to_a_made_up_cluster(int seed)
    {
        using var reports = new Reports();
        var run = MadeUpCluster.Write(reports, seed);
        var expected = Bytes(run);
        Check(expected, run, seed);
        Check(expected, run, seed + 1000);
    }

    void Check(string expected, SummaryRun run, int seed)
    {
        var random = new Random(seed);
        var shuffle = new Shuffle(_scratch, $"{seed}", random);
        var reports = run.Inputs.Select(f => Text(Path.Combine(run.BaseDirectory, f)));
        foreach (var type in reports.GroupBy(t => t[..t.IndexOf('\n')])) shuffle.Write([.. type]);
        var other = run with
        {
            Inputs = [$"{seed}"],
            BaseDirectory = _scratch.Path,
            Threads = random.Next(1, 5),
            MemoryBytes = new[] { 180, 400, 700, 2000 }[random.Next(4)] * 1_000_000L,
        };
        var actual = Bytes(other);
        Assert.True(
            expected == actual,
            $"seed {seed}, {other.Threads} threads, {other.MemoryBytes} bytes\n{expected}\n{actual}");
    }

    /// <summary>The summary as CSV.</summary>
    string Bytes(SummaryRun run)
    {
        (run with { To = [_scratch["summary.csv"]] }).Make();
        return File.ReadAllText(_scratch["summary.csv"]);
    }

    static string Text(string path)
    {
        Stream stream = File.OpenRead(path);
        if (path.EndsWith(".gz", StringComparison.Ordinal)) stream = new GZipStream(stream, CompressionMode.Decompress);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
