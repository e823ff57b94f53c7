using System.Runtime.ExceptionServices;
using Quern.Csv;
using Quern.Csv.Ordering;

namespace Quern.Delivery.Parquet.Feeding;

/// <summary>Reads CSV files and writes their rows as a Parquet file: each thread parses rows and encodes them at once, while they are
/// near.</summary>
/// <remarks>
/// <para>In any order, threads take blocks as they come, and each has a row group of its own that it appends when it is full.</para>
/// <para>In order, a thread takes a run of blocks with about the rows of a row group, finds them by itself, and row groups are
/// appended in the order of the runs. Runs depend on the files alone, so the same files give the same bytes, whatever the
/// threads. What can only be read from its beginning to its end is parsed by all threads and encoded by one.</para>
/// </remarks>
/// <param name="feed">What is read.</param>
/// <param name="writer">Where it goes.</param>
/// <param name="cancel">Ends it.</param>
sealed class CsvWork(CsvFeed feed, ParquetWriter writer, CancellationToken cancel)
{
    /// <summary>Row groups that wait for those in front of them, for each thread.</summary>
    const int WaitingPerThread = 1;

    /// <summary>Does the work.</summary>
    /// <exception cref="QuernException">A file cannot be read, or holds what it must not.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    public void Run()
    {
        if (!feed.InOrder) AnyOrder();
        else if (RunQueue.CanDeal(feed.Read)) Runs();
        else Stream();
    }

    void AnyOrder()
    {
        using var pass = new CsvPass(feed.Read, feed.Columns);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var failures = new List<Exception>();
        Threads(() =>
        {
            try
            {
                using var reader = pass.OpenReader();
                using var sink = new OwnSink(pass.Schema);
                using var builder = writer.Builder();
                while (reader.Fill(sink) is > 0 and var rows)
                {
                    stop.Token.ThrowIfCancellationRequested();
                    var chunk = sink.Read(rows);
                    for (var at = 0; at < rows;)
                    {
                        at += builder.Append(chunk, at);
                        if (builder.IsFull) writer.Append(builder);
                    }
                    sink.Clear();
                }
                writer.Append(builder);
            }
            catch (Exception failure)
            {
                lock (failures) failures.Add(failure);
                stop.Cancel();
            }
        });
        cancel.ThrowIfCancellationRequested();
        if (failures.Count > 0) ExceptionDispatchInfo.Throw(failures[0]);
    }

    void Runs()
    {
        using var pass = new CsvPass(feed.Read, feed.Columns, keepsOrder: true);
        using var queue = new RunQueue(feed.Read, writer.Options.RowGroupRows);
        using var order = new GroupOrder(writer, feed.Threads * WaitingPerThread);
        Threads(() =>
        {
            var run = new CsvRun { Number = -1 };
            try
            {
                using var reader = pass.OpenReader(isOnly: true);
                using var sink = new OwnSink(pass.Schema);
                using var builder = writer.Builder();
                while (!order.IsBehind(int.MaxValue) && queue.Next(run))
                {
                    One(run, reader, sink, builder, order);
                    order.End(run.Number);
                }
            }
            catch (Exception failure)
            {
                order.Fail(run.Number, failure);
                queue.Stop();
            }
        });
        cancel.ThrowIfCancellationRequested();
        if (order.Failure is { } failure) ExceptionDispatchInfo.Throw(failure);
    }

    void One(CsvRun run, CsvReader reader, OwnSink sink, RowGroupBuilder builder, GroupOrder order)
    {
        foreach (var (source, file, block) in run.Blocks)
        {
            reader.Next(source, file, block);
            while (reader.FillBlock(sink) is > 0 and var rows)
            {
                cancel.ThrowIfCancellationRequested();
                var chunk = sink.Read(rows);
                for (var at = 0; at < rows;)
                {
                    at += builder.Append(chunk, at);
                    if (builder.IsFull && !order.Put(run.Number, builder.Close())) return;
                }
                sink.Clear();
            }
        }
        if (run.Failure is not null) ExceptionDispatchInfo.Throw(run.Failure);
        if (builder.Rows > 0) order.Put(run.Number, builder.Close());
    }

    void Stream()
    {
        using var rows = new CsvOrdered(feed.Read, feed.Threads, feed.Columns, CsvOrdered.BytesOf(feed.LimitBytes));
        using var builder = writer.Builder();
        while (rows.Next() is { } chunk)
        {
            cancel.ThrowIfCancellationRequested();
            for (var at = 0; at < chunk.Rows;)
            {
                at += builder.Append(chunk, at);
                if (builder.IsFull) writer.Append(builder);
            }
        }
        writer.Append(builder);
    }

    void Threads(Action work)
    {
        var threads = Enumerable.Range(0, feed.Threads)
            .Select(_ => new Thread(() => work()) { IsBackground = true, Name = "quern parquet" }).ToList();
        foreach (var thread in threads) thread.Start();
        foreach (var thread in threads) thread.Join();
    }
}
