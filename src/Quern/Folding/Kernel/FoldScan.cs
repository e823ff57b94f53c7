using Quern.Chunks;
using Quern.Csv;
using Quern.Folding.Kernel.Lanes;
using Quern.Folding.Kernel.Records;
using Quern.Folding.Kernel.Texts;
using Quern.Folding.Planning;

namespace Quern.Folding.Kernel;

/// <summary>The pass over the files.</summary>
sealed class FoldScan(
    FoldRequest request, FoldPlan plan, IReadOnlyList<FormBook> books, IReadOnlyList<BlockStore> stores, IReadOnlyList<TextNumbers?> texts,
    CancellationToken cancel)
{
    readonly CsvCounts _counts = new(request.Fold.Source.Columns.Count);
    long _kept;
    long _filtered;
    volatile bool _isBroken;

    /// <summary>Rows of the files.</summary>
    public long Read => _counts.Read;

    /// <summary>Rows that were kept.</summary>
    public long Kept => Interlocked.Read(ref _kept);

    /// <summary>Rows that were left out.</summary>
    public long Filtered => Interlocked.Read(ref _filtered);

    /// <summary>Rows that were set aside.</summary>
    public long Rejected => _counts.Rejected;

    /// <summary>Reads all files.</summary>
    public void Run()
    {
        var source = request.Fold.Source.Columns;
        var wanted = new SourceColumns(plan);
        var columns = Enumerable.Range(0, source.Count).Where(i => wanted.Has(source[i].Name)).ToList();
        if (columns.Count == 0) columns.Add(0);
        var read = request.Read(_counts);
        using var pass = new CsvPass(read, request.Witness is null ? columns : null);
        ThreadTeam.Run([.. Enumerable.Repeat(() => Scan(pass, columns), request.Threads)], () => _isBroken = true);
    }

    void Scan(CsvPass pass, List<int> columns)
    {
        var source = request.Fold.Source.Columns;
        using var rows = new ScanRows(
            pass.OpenReader(isOnly: request.Threads == 1), new Schema([.. columns.Select(c => new Column(source[c].Name, source[c].Type))]), columns,
            request.Witness is null ? null : pass.Schema);
        using var program = new LaneProgram(
            new LaneTypes(request.Fold), new ZoneClock(request.Fold.Zone),
            name => rows.Lanes[columns.FindIndex(c => string.Equals(source[c].Name, name, StringComparison.OrdinalIgnoreCase))]);
        var writers = plan.Families.Select((f, i) => new RecordWriter(plan, f, books[i], stores[i], program, texts)).ToList();
        using var filter = plan.Where is null ? null : new RowFilter(program.Term(plan.Where));
        var witness = request.Witness?.Invoke();
        try
        {
            for (var chunk = 0; !_isBroken; chunk++)
            {
                cancel.ThrowIfCancellationRequested();
                if (rows.Next() is not (> 0 and var count)) break;
                Write(writers, filter, count, chunk, out var kept);
                if (kept > 0) witness?.See(rows.Chunk!, kept == count ? (ReadOnlyMemory<int>?)null : filter!.Kept(kept));
            }
            foreach (var writer in writers) writer.Complete();
            if (!_isBroken) witness?.Complete();
        }
        finally
        {
            foreach (var writer in writers) writer.Dispose();
        }
    }

    unsafe void Write(List<RecordWriter> writers, RowFilter? filter, int rows, int chunk, out int kept)
    {
        kept = filter?.Select(rows, chunk) ?? rows;
        Interlocked.Add(ref _kept, kept);
        if (kept < rows) Interlocked.Add(ref _filtered, rows - kept);
        if (kept == 0) return;
        foreach (var writer in writers) writer.Add(rows, chunk, kept, kept == rows ? null : filter!.Selected);
    }
}
