using Quern.Converting;
using Quern.Converting.Sources;
using Quern.Csv;
using Quern.Files;
using Quern.Folding;
using Quern.Folding.Declared;
using Quern.Folding.Results;
using Quern.Rollups.Store;
using Quern.Running;

namespace Quern.Rollups.Building;

/// <summary>Builds a store of rollups: one pass over the files, whatever the number of grains.</summary>
/// <param name="run">Its memory, rows and steps.</param>
/// <param name="request">What is built.</param>
public sealed class RollupBuild(Run run, RollupBuildRequest request)
{
    /// <summary>Is told, line by line, what the build found out. Default: null, nobody.</summary>
    public Action<string>? Say { get; init; }

    /// <summary>What <see cref="Make"/> would do, found out without reading the rows.</summary>
    /// <exception cref="QuernException">As <see cref="Make"/>.</exception>
    public IReadOnlyList<string> Explain()
    {
        var plan = BuildPlan.Of(request, run.Cancellation);
        plan.Read();
        return
        [
            FormattableString.Invariant($"reads {plan.Files.Count} file{(plan.Files.Count == 1 ? "" : "s")}, {plan.Bytes:N0} bytes"),
            .. IsCurrent(plan) ? ["the store has been built of these files: nothing is done without --rebuild"] : Array.Empty<string>(),
            .. plan.Folding.Lines(),
            plan.Fold.Fallback switch
            {
                FallbackKind.Parquet => "other queries are answered from the rows, written as Parquet in the same pass",
                FallbackKind.Raw => "other queries are answered from the files, as long as they do not change",
                _ => "other queries are refused",
            },
        ];
    }

    /// <summary>Builds it.</summary>
    /// <exception cref="QuernException">It failed; the store is as it was.</exception>
    public void Make()
    {
        GrainExport.Check(request.Export);
        var plan = BuildPlan.Of(request, run.Cancellation);
        run.CountSource(plan.Bytes);
        if (!request.Rebuild && IsCurrent(plan))
        {
            Say?.Invoke("the store has been built of these files, which have not changed since: nothing to fold");
            if (request.Export is not null) Export(plan);
            return;
        }
        run.Progress.Expect(plan.Bytes);
        var manifest = Build(plan);
        if (plan.IsWithoutParquet) run.Warn("QN7571", "the engine folds: the files answer what no grain can, and no Parquet is written");
        foreach (var grain in manifest.Grains) run.Rows.CountWritten(grain.Rows);
        run.Made(new RunOutput(request.Store, "rollups", manifest.Grains.Sum(g => g.Rows), manifest.Files.Sum(f => f.Bytes)));
        if (request.Export is not null) Export(plan);
    }

    void Export(BuildPlan plan)
    {
        using var step = run.Step($"export {request.Export}");
        using var files = RollupFiles.Open(plan.Store);
        var rows = new GrainExport(run, request).Write(files, plan.Store);
        run.Made(new RunOutput(GrainExport.Name(request.Store, request.Export!), request.Export!, rows));
        step.Count(rows, 0);
    }

    StoreManifest Build(BuildPlan plan)
    {
        using var rejects = request.Rejects is null && request.MaxRejects is null ? null : Rejects(plan);
        using var store = StoreWriter.Create(plan.Store);
        try
        {
            return Build(plan, store, rejects);
        }
        finally
        {
            // What was set aside is of most use when it was too much.
            rejects?.Complete();
        }
    }

    StoreManifest Build(BuildPlan plan, StoreWriter store, CsvRejects? rejects)
    {
        using var parquet = plan.Fold.Fallback == FallbackKind.Parquet ? new FallbackRows(store.NewFallback(FallbackRows.Name), plan.Rows) : null;
        var outcome = Fold(plan, store, rejects, parquet);
        if (parquet is not null && outcome.Plan.EngineReason is { } reason) throw NotShown(reason);
        parquet?.Complete(outcome.Kept);
        using var step = run.Step("write and verify the store");
        SteadyInputs.Check(plan.Files, run.Cancellation);
        var rows = new StoreRows(outcome.Read, outcome.Kept, outcome.Filtered, outcome.Rejected);
        return store.Publish(RunReport.OwnVersions[0].Value, rows, plan.Sources, run.Cancellation);
    }

    FoldOutcome Fold(BuildPlan plan, StoreWriter store, CsvRejects? rejects, FallbackRows? parquet)
    {
        var read = plan.Read();
        return FoldRun.Execute(
            new FoldRequest
            {
                Fold = plan.Fold,
                Files = read.Files,
                Dialect = read.Dialect,
                Rejects = rejects,
                Threads = request.Threads,
                SpillRoot = request.TempDirectory,
                Witness = parquet is null ? null : parquet.Witness,
                Restarts = parquet is null ? null : parquet.Restart,
                BytesRead = bytes => run.Progress.Advance(bytes, 0),
            },
            run,
            new StoreSink(store));
    }

    CsvRejects Rejects(BuildPlan plan) => SourceFinder.Rejects(new ConvertRequest
    {
        BaseDirectory = request.BaseDirectory,
        Inputs = [.. plan.Files.Select(f => f.Path)],
        Output = plan.Store,
        Rejects = request.Rejects,
        MaxRejects = request.MaxRejects,
    });

    /// <summary>The store was built by the same fold of the same files.</summary>
    static bool IsCurrent(BuildPlan plan)
    {
        if (!File.Exists(Path.Combine(plan.Store, StoreLayout.Manifest))) return false;
        try
        {
            using var files = RollupFiles.Open(plan.Store);
            var manifest = files.Manifest;
            return manifest.FoldHash == FoldJson.Hash(plan.Fold)
                && manifest.Sources.Select(s => s with { Rows = -1 }).SequenceEqual(plan.Sources);
        }
        catch (QuernException)
        {
            // A store that cannot be read is built anew.
            return false;
        }
    }

    static QuernException NotShown(string reason) => new(new Fault("QN7572", "the engine had to fold, which writes no Parquet of the rows beside")
    {
        Value = reason,
        Try = ["--fallback raw     the files answer what no grain can", "--memory with more"],
    });
}
