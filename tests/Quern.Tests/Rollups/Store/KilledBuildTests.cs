using System.Diagnostics;
using System.Globalization;
using Quern.Rollups.Store;
using Quern.Tests.Files;

namespace Quern.Tests.Rollups.Store;

/// <summary>A store is wholly old or wholly new after kill -9 of its build at any moment; see <see cref="StoreRewriter"/>.</summary>
public sealed class KilledBuildTests : IDisposable
{
    const int Kills = 50;

    readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void A_store_can_be_read_while_it_is_built_again_and_after_each_kill()
    {
        var seed = Environment.ProcessId;
        var random = new Random(seed);
        var (interrupted, reads) = (0, 0);
        for (var kill = 1; kill <= Kills; kill++)
        {
            reads += ReadAndKill(TimeSpan.FromMilliseconds(random.NextDouble() * 40));
            var generation = Generation();
            Assert.True(generation >= 1, string.Create(CultureInfo.InvariantCulture, $"seed {seed}, kill {kill}"));
            if (_scratch.TopNames().Count > 1) interrupted++;
        }
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"seed {seed}: {interrupted} of {Kills} kills met a store in the making; {reads} reads met none that was not whole"));
        Assert.True(interrupted > Kills / 4, $"only {interrupted} of {Kills} kills met a store in the making");
        StoreWriter.Create(_scratch["store"]).Dispose();
        Assert.Equal(["store"], _scratch.TopNames());
    }

    int ReadAndKill(TimeSpan after)
    {
        using var child = Process.Start(StoreRewriter.Start(_scratch["store"]))!;
        try
        {
            Assert.Equal("ready", child.StandardOutput.ReadLine());
            var clock = Stopwatch.StartNew();
            var (last, reads) = (0, 0);
            do
            {
                var generation = Generation();
                Assert.True(generation >= last, $"generation {generation} after {last}");
                last = generation;
                reads++;
            }
            while (clock.Elapsed < after);
            return reads;
        }
        finally
        {
            child.Kill();
            child.WaitForExit();
        }
    }

    /// <summary>Opens the store, and checks all of it after its folder may have been replaced.</summary>
    int Generation()
    {
        using var files = RollupFiles.Open(_scratch["store"]);
        files.Verify();
        Assert.Equal("rows", File.ReadAllText(Assert.Single(files.Fallback)));
        return int.Parse(files.Manifest.Quern, CultureInfo.InvariantCulture);
    }
}
