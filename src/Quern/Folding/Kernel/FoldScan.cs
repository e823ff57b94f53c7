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
        using var pass = new CsvPass(read, columns);
        ThreadTeam.Run([.. Enumerable.Repeat(() => Scan(pass, columns), request.Threads)], () => _isBroken = true);
    }

    void Scan(CsvPass pass, List<int> columns)
    {
        var source = request.Fold.Source.Columns;
        using var reader = pass.OpenReader(isOnly: request.Threads == 1);
        using var sink = new ScanSink(pass.Schema);
        using var program = new LaneProgram(
            new LaneTypes(request.Fold), new ZoneClock(request.Fold.Zone),
            name => sink[columns.FindIndex(c => string.Equals(source[c].Name, name, StringComparison.OrdinalIgnoreCase))]);
        var writers = plan.Families.Select((f, i) => new RecordWriter(plan, f, books[i], stores[i], program, texts)).ToList();
        using var filter = plan.Where is null ? null : new RowFilter(program.Term(plan.Where));
        try
        {
            for (var chunk = 0; !_isBroken; chunk++)
            {
                cancel.ThrowIfCancellationRequested();
                sink.Clear();
                var rows = reader.Fill(sink);
                if (rows == 0) break;
                sink.Widen(rows);
                Write(writers, filter, rows, chunk);
            }
            foreach (var writer in writers) writer.Complete();
        }
        finally
        {
            foreach (var writer in writers) writer.Dispose();
        }
    }

    unsafe void Write(List<RecordWriter> writers, RowFilter? filter, int rows, int chunk)
    {
        var count = filter?.Select(rows, chunk) ?? rows;
        Interlocked.Add(ref _kept, count);
        if (count < rows) Interlocked.Add(ref _filtered, rows - count);
        if (count == 0) return;
        foreach (var writer in writers) writer.Add(rows, chunk, count, count == rows ? null : filter!.Selected);
    }
}
