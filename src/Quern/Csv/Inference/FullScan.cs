using System.Collections.Concurrent;
using Quern.Chunks;

namespace Quern.Csv.Inference;

/// <summary>Looks at every row of files, on several threads, with the reader that reads them later.</summary>
/// <param name="dialect">What cells are told apart by.</param>
/// <param name="threads">How many threads.</param>
/// <param name="nulls">Texts that the user says stand for NULL, in UTF-8.</param>
/// <param name="measures">Extremes of texts and the number of different ones are wanted, too.</param>
sealed class FullScan(CsvDialect dialect, int threads, IReadOnlyList<byte[]> nulls, bool measures)
{
    /// <summary>Looks at files with the same columns in the same order.</summary>
    /// <param name="files">The files, with their positions among all.</param>
    /// <param name="names">Their columns.</param>
    /// <param name="positions">For each of their columns, the column of the sink.</param>
    /// <param name="sink">Takes what the threads have found.</param>
    /// <param name="bytesRead">Told how many more bytes have been read, by all threads.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="QuernException">A file cannot be read, or a row is damaged.</exception>
    public ScanCount Look(
        IReadOnlyList<(CsvFile File, int Index)> files,
        IReadOnlyList<string> names,
        int[] positions,
        FactSink sink,
        Action<long>? bytesRead,
        CancellationToken cancel)
    {
        var indexes = files.ToDictionary(f => f.File.Path, f => f.Index, StringComparer.Ordinal);
        var found = new ConcurrentBag<FactParser>();
        CsvRead? read = null;
        read = new CsvRead
        {
            Files = [.. files.Select(f => f.File)],
            Columns = [.. names.Select(name => new CsvColumn(name, TypeKind.Varchar))],
            Dialect = dialect,
            BytesRead = bytesRead,
            Observe = column =>
            {
                var parser = new FactParser(read!, column, new ColumnFacts(measures), nulls, indexes);
                found.Add(parser);
                return parser;
            },
        };
        var rows = 0L;
        using (var pass = new CsvPass(read))
        {
            var workers = Enumerable.Range(0, threads).Select(_ => Task.Factory.StartNew(
                () => Interlocked.Add(ref rows, Drain(pass, cancel)), cancel, TaskCreationOptions.LongRunning, TaskScheduler.Default)).ToArray();
            try
            {
                Task.WaitAll(workers, CancellationToken.None);
            }
            catch (AggregateException e)
            {
                var first = e.Flatten().InnerExceptions.OrderBy(inner => inner is OperationCanceledException).First();
                System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(first);
            }
        }
        foreach (var parser in found) sink.Facts[positions[parser.Column]].Add(parser.Facts);
        return new(rows, 0, 0, true);
    }

    static long Drain(CsvPass pass, CancellationToken cancel)
    {
        using var reader = pass.OpenReader();
        using var sink = new DropSink();
        var rows = 0L;
        while (reader.Fill(sink) is > 0 and var count)
        {
            rows += count;
            cancel.ThrowIfCancellationRequested();
        }
        return rows;
    }
}
