using Quern.Folding.Kernel.Codes;
using Quern.Folding.Kernel.Records;
using Quern.Folding.Kernel.Tables;
using Quern.Folding.Kernel.Texts;
using Quern.Folding.Planning;
using Quern.Folding.Results;
using Quern.Running;

namespace Quern.Folding.Kernel;

/// <summary>A fold by the kernel: one pass over the files, then partition after partition.</summary>
/// <param name="request">What is folded.</param>
/// <param name="plan">How.</param>
/// <param name="run">Its memory, rows and steps.</param>
sealed class KernelRun(FoldRequest request, FoldPlan plan, Run run)
{
    /// <summary>Folds and hands on.</summary>
    public FoldOutcome Execute(FoldSink sink)
    {
        var memory = KernelMemory.Of(request, plan, run.Memory);
        using var lease = run.Memory.Take("records of the fold", memory.Bytes);
        var texts = plan.Fields.Select(f => f.Kind == KeyKind.Text ? new TextNumbers(memory.TextBytes, f.Name) : null).ToList();
        var books = plan.Families.Select(Book).ToList();
        var resident = memory.ResidentBytes / plan.Families.Count;
        var stores = plan.Families.Select(_ => new BlockStore(memory.BlockBytes, resident, request.SpillRoot)).ToList();
        try
        {
            return Execute(sink, texts, books, stores);
        }
        finally
        {
            foreach (var store in stores) store.Dispose();
            foreach (var some in texts) some?.Dispose();
        }
    }

    FoldOutcome Execute(FoldSink sink, List<TextNumbers?> texts, List<FormBook> books, List<BlockStore> stores)
    {
        var began = run.Time.GetTimestamp();
        var scan = new FoldScan(request, plan, books, stores, texts, run.Cancellation);
        using (var step = run.Step("scan"))
        {
            scan.Run();
            step.Count(scan.Read, 0);
        }
        var read = run.Time.GetElapsedTime(began);
        began = run.Time.GetTimestamp();
        var partitions = stores.Select((store, f) => Partition.Of(f, store.Blocks, books[f].Shift)).ToList();
        var codes = CodeBook.Of(plan, books, texts, Hashed(stores, partitions));
        var refined = FoldPlanner.Refine(plan, key => codes.Keys[key].Size);
        // What cannot be numbered is found out before anything is handed on.
        foreach (var grain in refined.Grains) _ = new KeyShape([.. grain.Keys.Select(k => (0U, codes.Keys[k].Size))]);
        using (var step = run.Step("fold"))
        {
            sink.Begin(refined, codes.Domains);
            var stage = new FoldStage(refined, codes, books, stores, sink, partitions);
            FoldAll(stage);
            for (var g = 0; g < refined.Grains.Count; g++) FoldOutcome.Prove(refined.Grains[g].Name, scan.Kept, stage.Rows(g));
            step.CountSpill(stores.Sum(s => s.SpilledBytes));
        }
        run.Rows.CountRead(scan.Read, scan.Kept, scan.Filtered, scan.Rejected);
        return new FoldOutcome
        {
            Plan = refined,
            Read = scan.Read,
            Kept = scan.Kept,
            Filtered = scan.Filtered,
            Rejected = scan.Rejected,
            SpilledBytes = stores.Sum(s => s.SpilledBytes),
            Scan = read,
            Folding = run.Time.GetElapsedTime(began),
        };
    }

    /// <summary>Numbers the texts by whose hashes rows are parted; null when there are none.</summary>
    TextDomain? Hashed(List<BlockStore> stores, List<List<Partition>> partitions)
    {
        if (plan.Fields.ToList().FindIndex(f => f.Kind == KeyKind.Hashed) is not (>= 0 and var field)) return null;
        var family = plan.Families.ToList().FindIndex(f => f.Fields.Contains(field));
        var place = plan.Families[family].Fields.ToList().IndexOf(field);
        var rows = partitions[family].Sum(p => p.Rows);
        using var lease = run.Memory.TryTake("numbers of texts", rows * sizeof(uint))
            ?? throw new NotCovered($"{plan.Fields[field].Name} has more texts than fit into memory");
        var texts = new HashedTexts(plan.Fields[field].Type, stores[family], partitions[family], place) { ValueMask = BlockAmounts.Valued(plan) };
        return texts.Number(request.Threads, run.Cancellation);
    }

    void FoldAll(FoldStage stage)
    {
        var workers = new List<FoldWorker>();
        try
        {
            for (var i = 0; i < Math.Max(Math.Min(request.Threads, stage.Count), 1); i++) workers.Add(new FoldWorker(stage));
            ThreadTeam.Run([.. workers.Select(worker => (Action)(() => worker.Run(run.Cancellation)))], stage.Turns.Break);
            workers[0].Finish(workers.Skip(1));
        }
        finally
        {
            foreach (var worker in workers) worker.Dispose();
        }
    }

    FormBook Book(FamilyPlan family)
    {
        var texts = family.Partition is { } field && plan.Fields[field].Kind == KeyKind.Text ? plan.Fields[field].Name : null;
        return new([.. family.Fields.Select(f => plan.Fields[f])], plan.Measures.Count, texts, KernelMemory.MostPartitions);
    }
}
