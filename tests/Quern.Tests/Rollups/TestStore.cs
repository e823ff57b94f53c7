using Quern.Budget;
using Quern.Csv;
using Quern.Folding;
using Quern.Folding.Declared;
using Quern.Folding.Results;
using Quern.Rollups;
using Quern.Rollups.Store;
using Quern.Running;

namespace Quern.Tests.Rollups;

/// <summary>Stores for tests: made of a declaration and CSV.</summary>
static class TestStore
{
    /// <summary>Folds files into a store, which falls back on them.</summary>
    public static RollupStore Build(string yaml, string path, params string[] files)
    {
        var fold = FoldDeclarations.Parse(yaml, "quern.yml").Find(null) with { Fallback = FallbackKind.Raw };
        var run = new Run("fold", new MemoryLedger(MemorySize.Parse("512MB", "test")), TimeProvider.System);
        var request = new FoldRequest { Fold = fold, Files = [.. files.Select(f => new CsvFile(f, Path.GetFileName(f)))], BlockBytes = 1 << 14 };
        using (var writer = StoreWriter.Create(path))
        {
            var sink = new StoreSink(writer);
            FoldOutcome? outcome = null;
            var report = run.Execute(() => outcome = FoldRun.Execute(request, run, sink));
            if (report.Cause is { } cause) throw new InvalidOperationException("the fold failed", cause);
            writer.Publish(
                "test", new StoreRows(outcome!.Read, outcome.Kept, outcome.Filtered),
                [.. files.Select(f => new SourceFile(f, new FileInfo(f).Length, File.GetLastWriteTimeUtc(f)))]);
        }
        return RollupStore.Open(path, new RollupStoreOptions { Threads = 2, EngineBytes = 500_000_000 });
    }
}
