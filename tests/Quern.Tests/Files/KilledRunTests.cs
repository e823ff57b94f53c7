using System.Diagnostics;
using System.Globalization;
using Quern.Files;

namespace Quern.Tests.Files;

/// <summary>
/// Outputs are wholly old or wholly new after kill -9 at any moment; see <see cref="Rewriter"/> for what is killed.
/// </summary>
public sealed class KilledRunTests : IDisposable
{
    const int Kills = 50;

    readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void Outputs_are_wholly_old_or_wholly_new_after_kill_9()
    {
        var seed = Environment.ProcessId;
        var random = new Random(seed);
        _scratch.Write("tree/kept", "kept");
        _scratch.Write("pair/kept", "kept");
        var interrupted = 0;
        for (var kill = 1; kill <= Kills; kill++)
        {
            var generation = RunAndKill(TimeSpan.FromMilliseconds(random.NextDouble() * 25));
            var context = string.Create(CultureInfo.InvariantCulture, $"seed {seed}, kill {kill}");
            if (_scratch.TopNames().Any(n => n.Contains(".quern-tmp", StringComparison.Ordinal))) interrupted++;
            Assert.True(generation >= 1, $"{context}: the file was torn while it was read");
            Assert.True(Rewriter.Generation(File.ReadAllText(_scratch["file"])) is not null,
                $"{context}: the file is torn");
            AssertWhole("tree", context);
            AtomicFolder.Recover(_scratch["pair"]);
            AssertWhole("pair", context);
        }
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"seed {seed}: {interrupted} of {Kills} kills met an output in the making"));
        Assert.True(interrupted > Kills / 2, $"only {interrupted} of {Kills} kills met an output in the making");
        AtomicFile.Create(_scratch["file"]).Dispose();
        AtomicFolder.Create(_scratch["tree"]).Dispose();
        AtomicFolder.Create(_scratch["pair"]).Dispose();
        Assert.Equal(["file", "pair", "tree"], _scratch.TopNames());
    }

    void AssertWhole(string name, string context)
    {
        var generation = Rewriter.Generation(File.ReadAllText(_scratch[$"{name}/one"]));
        Assert.True(generation is not null, $"{context}: {name}/one is torn");
        string[] wanted = generation % 2 == 0 ? ["deep/", "deep/two", "even", "kept", "one"] : ["deep/", "deep/two",
            "kept", "one"];
        Assert.Equal(wanted, _scratch.Names(name));
        foreach (var file in wanted.Where(n => n is "deep/two" or "even"))
        {
            Assert.True(File.ReadAllText(_scratch[$"{name}/{file}"]) == Rewriter.Content(generation!.Value),
                $"{context}: {name}/{file} is not of generation {generation}");
        }

        Assert.Equal("kept", File.ReadAllText(_scratch[$"{name}/kept"]));
    }

    /// <summary>
    /// Reads the file over and over until the moment of the kill; returns the last generation seen, or 0 when one was
    /// not whole.
    /// </summary>
    int RunAndKill(TimeSpan after)
    {
        using var child = Process.Start(Rewriter.Start(_scratch.Path))!;
        try
        {
            Assert.Equal("ready", child.StandardOutput.ReadLine());
            var clock = Stopwatch.StartNew();
            int? generation;
            do
            {
                generation = Rewriter.Generation(File.ReadAllText(_scratch["file"]));
            }
            while (generation is not null && clock.Elapsed < after);
            return generation ?? 0;
        }
        finally
        {
            child.Kill();
            child.WaitForExit();
        }
    }
}
