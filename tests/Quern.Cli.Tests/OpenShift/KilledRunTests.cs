using System.Diagnostics;
using System.Globalization;

namespace Quern.Cli.Tests.OpenShift;

/// <summary>
/// Runs that end when nobody expects it. Each run writes rows of its own name to four outputs; whenever it ends, each
/// output holds the rows of one run only, and of that before or of this.
/// </summary>
public sealed class KilledRunTests(ITestOutputHelper log) : IDisposable
{
    const string Table = "reporting_ocpusagelineitem_daily_summary";
    const string Source = "6e212746-484a-40cd-bba0-09a19d132d64";
    const int Kills = 50, Interrupts = 10;

    static readonly string[] Outputs = ["x.duckdb", "x.parquet", "x.csv", "folder/"];

    readonly Desk _desk = new();

    string Temp => Directory.CreateDirectory(_desk.Here.Path("temp")).FullName;

    public void Dispose() => _desk.Dispose();

    [Fact]
    public void Leaves_the_old_content_or_the_new_when_it_is_killed()
    {
        var random = Seeded(out var usual);
        var held = Outputs.ToDictionary(o => o, string? (_) => "run 0");
        var between = 0;
        for (var i = 1; i <= Kills; i++)
        {
            var name = $"run {i}";
            // Now and then there is nothing to replace.
            if (i % 8 == 0) foreach (var output in Outputs) held[output] = Remove(output);
            using (var run = Start(name))
            {
                // Half of them anywhere, half while outputs are written and put in place.
                if (i % 2 == 0) Wait(usual * random.NextDouble(), run);
                else AwaitOutputs(run, TimeSpan.FromMilliseconds(120 * random.NextDouble()));
                run.Kill();
                run.Await();
            }
            foreach (var output in Outputs)
            {
                var holds = Holder(output);
                Assert.True(holds == held[output] || holds == name, $"{output} holds \"{holds}\" after {name}, and held \"{held[output]}\"");
                held[output] = holds;
            }
            if (held.Values.Distinct().Count() > 1) between++;
        }
        log.WriteLine($"seed {Seed}: {Kills} kills, {between} of them between two outputs");
        _desk.Makes(["--temp", "temp", .. To("last")]);
        Assert.All(Outputs, output => Assert.Equal("last", Holder(output)));
        AssertNothingBeside();
    }

    [Fact]
    public void Ends_cleanly_when_it_is_interrupted()
    {
        var random = Seeded(out var usual);
        var codes = new List<int>();
        for (var i = 1; i <= Interrupts; i++)
        {
            var name = $"run {i}";
            File.Delete(_desk.Here.Path("x.duckdb.report.json"));
            using var run = Start(name);
            run.AwaitWork(Temp);
            Wait(usual * 0.8 * random.NextDouble(), run);
            run.Interrupt();
            var (code, output, error) = run.Await();
            codes.Add(code);
            var report = File.ReadAllText(_desk.Here.Path("x.duckdb.report.json"));
            if (code == 130)
            {
                Assert.Equal("", output);
                Assert.Contains("error QN9004: stopped on request\n  try     run it again: outputs appear only when they are complete\n",
                    error, StringComparison.Ordinal);
                Assert.Contains("\"code\": \"QN9004\"", report, StringComparison.Ordinal);
            }
            else
            {
                Assert.Equal(0, code);
                Assert.Contains("\"error\": null", report, StringComparison.Ordinal);
                Assert.All(Outputs, o => Assert.Equal(name, Holder(o)));
            }
            Assert.All(Outputs, o => Assert.NotNull(Holder(o)));
            AssertNothingBeside();
        }
        log.WriteLine($"seed {Seed}: ended with {string.Join(", ", codes)}");
        Assert.Contains(130, codes);
    }

    [Fact]
    public void Stops_an_explanation_when_it_is_interrupted()
    {
        using var run = new Started(_desk.Here.Folder, Desk.Words("--explain", "--to", "x.csv", "--temp", Temp));
        run.AwaitWork(Temp);
        run.Interrupt();
        var (code, _, error) = run.Await();
        Assert.True(code is 0 or 130, error);
        Assert.DoesNotContain("QN9999", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Lets_two_runs_write_one_database()
    {
        for (var i = 0; i < 8; i++)
        {
            // Every other time there is no database yet.
            if (i % 2 == 0) File.Delete(_desk.Here.Path("both.duckdb"));
            string[] sources = [$"00000000-0000-4000-8000-{i:D12}", $"10000000-0000-4000-8000-{i:D12}"];
            var runs = sources.Select(source => new Started(
                _desk.Here.Folder,
                Desk.Words("--quiet", "--to", "both.duckdb", "--report", $"{source}.json", "--source-uuid", source))).ToList();
            var ended = runs.Select(run => run.Await()).ToList();
            foreach (var run in runs) run.Dispose();
            Assert.Contains(ended, e => e.Code == 0);
            Assert.All(ended, e => Assert.True(
                e is (0, _, "") || (e.Code == 5 && e.Error.StartsWith(
                    "error QN8103: another process has the database open\n  where   both.duckdb\n", StringComparison.Ordinal)),
                e.Error));
            using var database = new Duck(_desk.Here.Path("both.duckdb"));
            var there = database.Rows($"select source_uuid::varchar, count(*) from {Table} group by 1");
            // Whoever was told that it went well finds its rows.
            for (var j = 0; j < 2; j++)
            {
                if (ended[j].Code == 0) Assert.Contains($"{sources[j]}|2", there);
            }
            log.WriteLine($"ended with {ended[0].Code} and {ended[1].Code}");
        }
    }

    const int Seed = 20251001;

    /// <summary>Makes the outputs of run 0, and measures how long that takes.</summary>
    Random Seeded(out TimeSpan usual)
    {
        _desk.Makes(To("run 0"));
        var clock = Stopwatch.StartNew();
        _desk.Makes(To("run 0"));
        usual = clock.Elapsed;
        log.WriteLine(string.Create(CultureInfo.InvariantCulture, $"seed {Seed}, a run takes {usual.TotalMilliseconds:N0} ms"));
        return new Random(Seed);
    }

    Started Start(string name) => new(_desk.Here.Folder, Desk.Words(["--quiet", "--temp", Temp, .. To(name)]));

    static string[] To(string name) => [.. Outputs.SelectMany(o => new[] { "--to", o }), "--cluster-alias", name];

    static void Wait(TimeSpan time, Started run)
    {
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < time && !run.HasEnded) Thread.Yield();
    }

    /// <summary>Waits until the first output is being made, and then some time.</summary>
    void AwaitOutputs(Started run, TimeSpan time)
    {
        while (!run.HasEnded && !Directory.EnumerateFileSystemEntries(_desk.Here.Folder, "*.quern-tmp").Any()) Thread.Yield();
        Wait(time, run);
    }

    string? Remove(string output)
    {
        _desk.Here.Bash($"rm -rf {output.TrimEnd('/')} {output}.wal").Is(ExitCode.Done);
        return null;
    }

    /// <summary>Whose rows an output holds: it opens, and the rows of one run are all there; null when it is not there.</summary>
    string? Holder(string output)
    {
        var path = _desk.Here.Path(output);
        if (!Path.Exists(path)) return null;
        var from = output switch
        {
            "x.parquet" => $"read_parquet('{path}')",
            "x.csv" => $"read_csv('{path}')",
            "folder/" => $"read_parquet('{path}**/*.parquet', hive_partitioning = false)",
            _ => $"d.{Table}",
        };
        using var duck = new Duck();
        // As a reader that comes after a crash: it may have to replay the log, so that it opens for writing.
        if (output == "x.duckdb") duck.Run($"attach '{path}' as d");
        Assert.Equal(["2"], duck.Rows($"select count(*) from {from}"));
        return Assert.Single(duck.Rows($"select distinct cluster_alias from {from}"));
    }

    void AssertNothingBeside() => Assert.Equal(
        ["folder", $"folder/source={Source}", $"folder/source={Source}/year=2025", $"folder/source={Source}/year=2025/month=10",
            $"folder/source={Source}/year=2025/month=10/day=1", $"folder/source={Source}/year=2025/month=10/day=1/data.parquet",
            "month.json", "reports", "reports/namespaces.csv", "reports/nodes.csv", "reports/pods.csv", "reports/volumes.csv",
            "temp", "x.csv", "x.duckdb", "x.duckdb.report.json", "x.parquet"],
        Directory.EnumerateFileSystemEntries(_desk.Here.Folder, "*", SearchOption.AllDirectories)
            .Select(p => Path.GetRelativePath(_desk.Here.Folder, p)).Order(StringComparer.Ordinal));
}
