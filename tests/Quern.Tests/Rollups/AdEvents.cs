using Quern.Bench.Events;
using Quern.Budget;
using Quern.Rollups.Building;
using Quern.Running;
using Quern.Tests.Files;
using Quern.Tests.House;

namespace Quern.Tests.Rollups;

/// <summary>200,000 ad events, and the stores that the example's declaration makes of them.</summary>
public sealed class AdEvents : IDisposable
{
    readonly ScratchFolder _folder = new();

    /// <summary>Generates the events.</summary>
    public AdEvents() => Hash = new EventJob(
        new EventPlan { Rows = 200_000, Parts = 4, Seed = 7, Clicks = 200, Purchases = 250, Edges = 10_000, NullRate = 0.002, OddRate = 0.003 },
        _folder["data"]).Write();

    /// <summary>Of the bytes of all files.</summary>
    public string Hash { get; }

    /// <summary>Folder of the files.</summary>
    public string Data => _folder["data"];

    /// <summary>A path in a folder that goes with the events.</summary>
    public string this[string name] => _folder[name];

    /// <summary>Builds a store, unless it is there.</summary>
    /// <returns>Its path.</returns>
    public string Store(string name, Func<RollupBuildRequest, RollupBuildRequest> with)
    {
        var path = _folder[name];
        if (!Directory.Exists(path)) Build(path, with);
        return path;
    }

    /// <summary>Builds a store.</summary>
    /// <returns>What was told.</returns>
    public RunReport Build(string path, Func<RollupBuildRequest, RollupBuildRequest> with)
    {
        var run = new Run("rollup build", new MemoryLedger(MemorySize.Parse("1GB", "test")), TimeProvider.System);
        var request = with(new RollupBuildRequest
        {
            BaseDirectory = _folder.Path,
            ProjectFolder = Repository.Absolute("examples/ad-events"),
            Files = [Path.Combine(Data, "*.csv")],
            Store = path,
        });
        var report = run.Execute(() => new RollupBuild(run, request).Make());
        return report.Cause is { } cause ? throw new InvalidOperationException($"the build failed: {report.Error}", cause) : report;
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();
}
