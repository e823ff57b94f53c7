using Quern.Budget;
using Quern.Chunks;
using Quern.Csv;
using Quern.Duck;
using Quern.Folding.Declared;
using Quern.Folding.Expressions;
using Quern.Folding.Planning;
using Quern.Folding.Results;
using Quern.Running;

namespace Quern.Folding.Engine;

/// <summary>A fold by the engine: for what the kernel does not cover, with the same groups.</summary>
/// <param name="request">What is folded.</param>
/// <param name="plan">The plan, which says why.</param>
/// <param name="run">Its memory, rows and steps.</param>
sealed class EngineRun(FoldRequest request, FoldPlan plan, Run run)
{
    /// <summary>Folds and hands on.</summary>
    public FoldOutcome Execute(FoldSink sink)
    {
        var began = run.Time.GetTimestamp();
        var fold = request.Fold;
        var sql = new EngineFold(fold);
        var counts = new CsvCounts(fold.Source.Columns.Count);
        using var lease = run.Memory.Take("readers", request.Relation is null ? FoldRequest.ReaderBytes * request.Threads : 0);
        var share = EngineShare.Of(run.Memory, request.Threads);
        using var spill = SpillDirectory.Create(request.SpillRoot);
        using var database = DuckDatabase.Open(new DuckOptions
        {
            MemoryLimitBytes = share.EngineBytes,
            Threads = share.Threads,
            TempDirectory = spill.Path,
            Settings = new Dictionary<string, string>(share.Settings) { ["preserve_insertion_order"] = "false" },
        });
        using var session = database.Connect();
        if (request.Relation is null) session.Register(new CsvView("fold_source", request.Read(counts), share.Threads));
        using (var step = run.Step("scan")) session.Execute(sql.Make(request.Relation ?? "fold_source()"), run.Cancellation);
        var read = run.Time.GetElapsedTime(began);
        began = run.Time.GetTimestamp();
        var all = sql.Grouping([]);
        var kept = session.Scalar<long?>($"select sum(n)::BIGINT from {EngineFold.Table} where g = {all}", run.Cancellation) ?? 0;
        var total = request.Relation is null ? counts.Read : session.Scalar<long>($"select count(*) from {request.Relation}", run.Cancellation);
        using (var step = run.Step("fold")) HandOn(sink, sql, session, kept);
        run.Rows.CountRead(total, kept, total - kept - counts.Rejected, counts.Rejected);
        return new FoldOutcome
        {
            Plan = plan,
            Read = total,
            Kept = kept,
            Filtered = total - kept - counts.Rejected,
            Rejected = counts.Rejected,
            SpilledBytes = 0,
            Scan = read,
            Folding = run.Time.GetElapsedTime(began),
        };
    }

    void HandOn(FoldSink sink, EngineFold sql, DuckSession session, long kept)
    {
        var domains = sql.Keys.Select((key, i) => new EngineDomains(session, key, $"k{i}")).ToList();
        var ordered = Ordered(sql);
        sink.Begin(
            ordered,
            sql.Keys.Index().ToDictionary(k => k.Item.Name, k => domains[k.Index].Domain, StringComparer.OrdinalIgnoreCase));
        for (var grain = 0; grain < ordered.Grains.Count; grain++)
        {
            // A grain of no key has no group of no row.
            if (kept == 0) continue;
            var (groups, position) = (new EngineGroups(sql, request.Fold, domains, ordered.Grains[grain].Keys), grain);
            var rows = groups.HandOn(session, batch => sink.Take(position, batch), run.Cancellation);
            FoldOutcome.Prove(ordered.Grains[grain].Name, kept, rows);
        }
    }

    /// <summary>The plan with the keys in the order in which grains are stored.</summary>
    FoldPlan Ordered(EngineFold sql) => plan with
    {
        Keys =
        [
            .. sql.Keys.Select(k => new KeyPlan(
                k.Name, k.Type, k.Type.Kind is TypeKind.Varchar or TypeKind.Uuid ? KeyKind.Text : KeyKind.Whole, 0, k.Bucket)),
        ],
        Measures = [.. request.Fold.Measures.Select((m, i) => new MeasurePlan(
            m.Of, new ColumnTerm(m.Of), sql.IsDouble(i) ? MeasureKind.Double : MeasureKind.Whole, sql.Measures[i].Type, m.Keep | MeasureKeep.Count))],
        Grains = [.. request.Fold.Grains.Select(g => new GrainPlan(
            g.Name,
            [
                .. g.Keys.Select(sql.Key).Distinct().OrderBy(k => sql.Keys[k].Bucket is null ? 1 : 0)
                    .ThenByDescending(k => sql.Keys[k].Bucket is { } bucket ? (int)bucket : 0),
            ],
            0, null, false))],
    };
}
