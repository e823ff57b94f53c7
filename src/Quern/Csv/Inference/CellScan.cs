using System.Text;

namespace Quern.Csv.Inference;

/// <summary>Looks at the cells of all files.</summary>
sealed class CellScan(
    InferenceRequest request, CsvDialect dialect, IReadOnlyList<FileLayout> layouts, ColumnUnion columns, CancellationToken cancel)
{
    readonly byte[][] _nulls = [.. (request.Hints.Nulls ?? []).Where(text => text.Length > 0).Select(Encoding.UTF8.GetBytes)];

    /// <summary>Every row.</summary>
    public (ScanCount Count, FactSink Sink) All()
    {
        var sink = Sink();
        var count = ScanCount.None;
        var scan = new FullScan(dialect, request.Threads, _nulls, request.Measures);
        var alike = layouts.Select((layout, index) => (Layout: layout, Index: index)).Where(l => l.Layout.Names.Count > 0)
            .GroupBy(l => string.Join('\0', l.Layout.Names), StringComparer.Ordinal);
        foreach (var group in alike)
        {
            var names = group.First().Layout.Names;
            count += scan.Look(
                [.. group.Select(l => (l.Layout.Start.File, l.Index))], names, Positions(names), sink, request.BytesRead, cancel);
        }
        return (count, sink);
    }

    /// <summary>Rows from the head, the middle and the tail of every file.</summary>
    /// <param name="partBytes">Bytes of each of the three.</param>
    public (ScanCount Count, FactSink Sink) Sample(int partBytes)
    {
        var whole = Sink();
        var count = ScanCount.None;
        var gate = new Lock();
        var options = new ParallelOptions { MaxDegreeOfParallelism = request.Threads, CancellationToken = cancel };
        try
        {
            Parallel.For(0, layouts.Count, options, () => (Count: ScanCount.None, Sink: Sink()), One, Join);
        }
        catch (AggregateException e)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(e.Flatten().InnerExceptions[0]);
        }
        return (count, whole);

        (ScanCount Count, FactSink Sink) One(int index, ParallelLoopState _, (ScanCount Count, FactSink Sink) mine)
        {
            var layout = layouts[index];
            if (layout.Names.Count == 0) return mine;
            var seen = new SampleScan(dialect, partBytes).Look(layout, index, Positions(layout.Names), mine.Sink);
            request.BytesRead?.Invoke(seen.Bytes);
            return (mine.Count + seen, mine.Sink);
        }

        void Join((ScanCount Count, FactSink Sink) mine)
        {
            lock (gate)
            {
                count += mine.Count;
                whole.Add(mine.Sink);
            }
        }
    }

    FactSink Sink() => FactSink.For(columns.Names.Count, _nulls, request.Measures);

    int[] Positions(IReadOnlyList<string> names) => [.. names.Select(columns.Find)];
}
