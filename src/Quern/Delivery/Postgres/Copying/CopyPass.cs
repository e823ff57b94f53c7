using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using Quern.Duck;

namespace Quern.Delivery.Postgres.Copying;

/// <summary>Encodes rows on the thread that reads them, while other threads send what is encoded: one for each connection.</summary>
/// <remarks>Memory: <c>1 + 12 * lanes</c> blocks, 3 MB a connection; of rows larger than that, 8 MB, or one. So many wait that a thread
/// which gets the processor has enough to do.</remarks>
/// <param name="lanes">Where blocks go, to whichever is free.</param>
/// <param name="encoder">Writes rows.</param>
/// <param name="blockBytes">A block is sent when it has as many.</param>
/// <param name="blockRows">Or as many rows.</param>
sealed class CopyPass(IReadOnlyList<CopyLane> lanes, RowEncoder encoder, int blockBytes, int blockRows)
{
    const int BlocksOfLane = 12;

    /// <summary>What waits, of rows that are larger than a block.</summary>
    const long WaitingBytes = 8 << 20;

    readonly BytesOnTheWay _waiting = new(WaitingBytes);

    /// <summary>Told of a row that does not fit, in place of ending; it throws when no more are to be set aside.</summary>
    public Action<RefusedRow>? Refuse { get; init; }

    /// <summary>Names of the columns, for messages.</summary>
    public required IReadOnlyList<string> Columns { get; init; }

    /// <summary>Told how many rows were encoded, now and then. Default: nobody.</summary>
    public Action<long>? Advance { get; init; }

    /// <summary>Rows that were read, taken by the server or not.</summary>
    public long Read { get; private set; }

    /// <summary>Bytes that were sent.</summary>
    public long Bytes { get; private set; }

    /// <summary>Sends all rows of a result.</summary>
    /// <exception cref="RefusedRowException">A row does not fit, and none are set aside.</exception>
    public void Run(DuckResult rows, CancellationToken cancel)
    {
        using var full = new BlockingCollection<Block>();
        using var empty = new BlockingCollection<Block>();
        for (var i = 0; i < 1 + (BlocksOfLane * lanes.Count); i++) empty.Add(new Block(blockBytes + (blockBytes / 4)), CancellationToken.None);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        ExceptionDispatchInfo? failure = null;
        var threads = lanes.Select(lane => new Thread(() => Drain(lane)) { IsBackground = true, Name = "quern copy" }).ToList();
        foreach (var thread in threads) thread.Start();
        try
        {
            Feed(rows, empty, full, stop.Token);
        }
        catch (OperationCanceledException) when (failure is not null)
        {
            // A lane failed first, and stopped the rest.
        }
        catch (Exception e)
        {
            Interlocked.CompareExchange(ref failure, ExceptionDispatchInfo.Capture(e), null);
            stop.Cancel();
        }
        finally
        {
            full.CompleteAdding();
            foreach (var thread in threads) thread.Join();
        }
        cancel.ThrowIfCancellationRequested();
        failure?.Throw();

        void Drain(CopyLane lane)
        {
            try
            {
                foreach (var block in full.GetConsumingEnumerable(stop.Token))
                {
                    lane.Send(block);
                    _waiting.Leave(block.Buffer.Length);
                    block.Clear();
                    empty.Add(block, CancellationToken.None);
                }
                stop.Token.ThrowIfCancellationRequested();
                lane.Complete();
            }
            catch (Exception e)
            {
                Interlocked.CompareExchange(ref failure, ExceptionDispatchInfo.Capture(e), null);
                stop.Cancel();
                try
                {
                    lane.Dispose();
                }
                catch (Exception)
                {
                    // What failed first is told; an exception that leaves a thread would end the process.
                }
            }
        }
    }

    void Feed(DuckResult rows, BlockingCollection<Block> empty, BlockingCollection<Block> full, CancellationToken stop)
    {
        var block = empty.Take(stop);
        while (rows.Next() is { } chunk)
        {
            encoder.Begin(chunk.Memory);
            for (var row = 0; row < chunk.Rows; row++)
            {
                if (encoder.Write(block.Buffer, row) is { } bad) Aside(bad.Why, bad.Column);
                else block.Add(Read);
                Read++;
                if (block.Buffer.Length < blockBytes && block.Rows < blockRows) continue;
                Bytes += block.Buffer.Length;
                _waiting.Enter(block.Buffer.Length, stop);
                full.Add(block, stop);
                block = empty.Take(stop);
            }
            Advance?.Invoke(chunk.Rows);
        }
        if (block.Rows == 0) return;
        Bytes += block.Buffer.Length;
        _waiting.Enter(block.Buffer.Length, stop);
        full.Add(block, stop);
    }

    void Aside(Binary.UnfitException why, int column)
    {
        var refused = new RefusedRow(Read, Columns[column], why.Code, why.Message, why.Wanted, why.Try);
        if (Refuse is null) throw new RefusedRowException(refused);
        Refuse(refused);
    }
}
