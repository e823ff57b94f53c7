using System.Collections.Concurrent;
using Quern.Chunks;
using Quern.Csv.Rejects;

namespace Quern.Csv.Inference;

/// <summary>Looks at every row of files, on several threads, with the reader that reads them later.</summary>
/// <param name="dialect">What cells are told apart by.</param>
/// <param name="threads">How many threads.</param>
/// <param name="nulls">Texts that the user says stand for NULL, in UTF-8.</param>
/// <param name="measures">Extremes of texts and the number of different ones are wanted, too.</param>
/// <remarks>Rows that cannot be read are passed over and counted; what ends a read ends it on all threads.</remarks>
sealed class FullScan(CsvDialect dialect, int threads, IReadOnlyList<byte[]> nulls, bool measures)
{
    /// <summary>Looks at files with the same columns in the same order.</summary>
    /// <param name="files">The files, with their positions among all.</param>
    /// <param name="names">Their columns.</param>
    /// <param name="positions">For each of their columns, the column of the sink.</param>
    /// <param name="sink">Takes what the threads have found.</param>
    /// <param name="bytesRead">Told how many more bytes have been read, by all threads.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="QuernException">A file cannot be read, or a row is longer than the reader takes.</exception>
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
        using var rejects = new CsvRejects { Told = Damaged };
        CsvRead? read = null;
        read = new CsvRead
        {
            Files = [.. files.Select(f => f.File)],
            Columns = [.. names.Select(name => new CsvColumn(name, TypeKind.Varchar))],
            Dialect = dialect,
            BytesRead = bytesRead,
            Rejects = rejects,
            Observe = column =>
            {
                var parser = new FactParser(read!, column, new ColumnFacts(measures), nulls, indexes);
                found.Add(parser);
                return parser;
            },
        };
        var rows = 0L;
        using (var pass = new CsvPass(read))
        using (var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel))
        {
            var workers = Enumerable.Range(0, threads).Select(_ => Task.Factory.StartNew(
                () => Interlocked.Add(ref rows, Drain(pass, stop)),
                CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)).ToArray();
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
        return new(rows, rejects.Rows, 0, true) { IsOpen = rejects.ByCode.ContainsKey("QN2015") };

        void Damaged(CsvReject row)
        {
            var place = Witness.PlaceOf(indexes[row.File.Path], row.OpenAt ?? row.At);
            lock (sink.Damage) sink.Damage.Add(row.Code, place, row.Message[(row.Message.LastIndexOf(": ", StringComparison.Ordinal) + 2)..]);
        }
    }

    static long Drain(CsvPass pass, CancellationTokenSource stop)
    {
        using var reader = pass.OpenReader();
        using var sink = new DropSink();
        var rows = 0L;
        try
        {
            while (reader.Fill(sink) is > 0 and var count)
            {
                rows += count;
                stop.Token.ThrowIfCancellationRequested();
            }
            return rows;
        }
        catch
        {
            // Nobody asks for what the others would find behind it.
            stop.Cancel();
            throw;
        }
    }
}
