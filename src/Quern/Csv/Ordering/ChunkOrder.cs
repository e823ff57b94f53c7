using System.Runtime.ExceptionServices;
using Quern.Duck;

namespace Quern.Csv.Ordering;

/// <summary>
/// Brings chunks that threads fill at the same time into the order of the file, with a fixed number of chunks. Each thread fills
/// those of one block (a lane); the lane whose rows come next is the head.
/// </summary>
/// <remarks>Nobody waits forever: some chunks are kept for the head, whose thread gets every one that is free, so it goes on
/// whatever the others hold; and a block that is the head needs no leave to begin. Threads wait for leave only when they have
/// loaded their block, so none of them holds up who waits for its border.</remarks>
/// <param name="pass">What is read.</param>
/// <param name="chunks">Chunks there are.</param>
/// <param name="lanes">Lanes there are at most, beside the head.</param>
sealed class ChunkOrder(CsvPass pass, int chunks, int lanes) : IDisposable
{
    readonly object _gate = new();
    readonly Dictionary<(int File, int Block), Lane> _lanes = [];
    readonly Stack<ChunkBuffer> _free = new();
    readonly int _kept = Math.Max(1, chunks / 4);
    (int File, int Block) _head;
    int _made;
    Exception? _failure;
    volatile bool _stopped;

    /// <summary>What a thread does: fills chunks until there are no more rows, or <see cref="Stop"/>.</summary>
    public void Work()
    {
        Lane? lane = null;
        try
        {
            using var reader = pass.OpenReader(isOnly: true);
            var sink = new ChunkSink();
            while (!_stopped)
            {
                lane = null;
                var more = false;
                try
                {
                    more = reader.Next();
                }
                finally
                {
                    if (reader.Block.File >= 0) lane = Open(reader.Block);
                }
                if (!more || lane is null) break;
                while (Rent(lane) is { } buffer)
                {
                    buffer.Clear();
                    sink.Output = buffer.Writer;
                    var rows = 0;
                    try
                    {
                        rows = reader.FillBlock(sink);
                    }
                    finally
                    {
                        if (rows == 0) Return(buffer);
                    }
                    if (rows == 0) break;
                    buffer.Writer.Rows = rows;
                    Put(lane, buffer);
                }
                Close(lane, null);
            }
            Pulse();
        }
        catch (Exception failure)
        {
            if (lane is not null) Close(lane, failure);
            else Fail(failure);
        }
    }

    /// <summary>The next chunk in order; null behind the last one.</summary>
    public ChunkBuffer? Take()
    {
        lock (_gate)
        {
            while (_head.File < pass.FileCount)
            {
                if (_lanes.TryGetValue(_head, out var lane))
                {
                    if (lane.Chunks.TryDequeue(out var chunk)) return chunk;
                    if (lane.Failure is not null) ExceptionDispatchInfo.Throw(lane.Failure);
                    if (lane.IsDone)
                    {
                        _lanes.Remove(_head);
                        Advance((_head.File, _head.Block + 1));
                        continue;
                    }
                }
                else if (pass.BlockCount(_head.File) <= _head.Block)
                {
                    Advance((_head.File + 1, 0));
                    continue;
                }
                if (_failure is not null) ExceptionDispatchInfo.Throw(_failure);
                Monitor.Wait(_gate);
            }
            return null;
        }
    }

    /// <summary>Gives a chunk back.</summary>
    public void Return(ChunkBuffer chunk)
    {
        // Who shares its memory is done with it now, not when another thread fills it.
        chunk.Forget();
        lock (_gate)
        {
            _free.Push(chunk);
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Lets all threads end.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            _stopped = true;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Frees the chunks, when all threads have ended.</summary>
    public void Dispose()
    {
        foreach (var chunk in _free.Concat(_lanes.Values.SelectMany(lane => lane.Chunks))) chunk.Dispose();
    }

    void Advance((int File, int Block) head)
    {
        _head = head;
        Monitor.PulseAll(_gate);
    }

    /// <summary>A lane for a block, as soon as there may be one more.</summary>
    Lane Open((int File, int Block) place)
    {
        var lane = new Lane(place);
        lock (_gate)
        {
            // To look for a block is to find out which files have no more.
            Monitor.PulseAll(_gate);
            while (_lanes.Count >= lanes && place != _head && !_stopped) Monitor.Wait(_gate);
            _lanes.Add(place, lane);
            Monitor.PulseAll(_gate);
        }
        return lane;
    }

    /// <summary>A chunk to fill; null when no more are wanted.</summary>
    ChunkBuffer? Rent(Lane lane)
    {
        lock (_gate)
        {
            while (!_stopped && chunks - _made + _free.Count <= (lane.Place == _head ? 0 : _kept)) Monitor.Wait(_gate);
            if (_stopped) return null;
            if (_free.TryPop(out var chunk)) return chunk;
            _made++;
        }
        return new ChunkBuffer(pass.Schema);
    }

    void Put(Lane lane, ChunkBuffer chunk)
    {
        lock (_gate)
        {
            lane.Chunks.Enqueue(chunk);
            if (lane.Place == _head) Monitor.PulseAll(_gate);
        }
    }

    void Close(Lane lane, Exception? failure)
    {
        lock (_gate)
        {
            (lane.IsDone, lane.Failure) = (true, failure);
            Monitor.PulseAll(_gate);
        }
    }

    void Fail(Exception failure)
    {
        lock (_gate)
        {
            _failure ??= failure;
            Monitor.PulseAll(_gate);
        }
    }

    void Pulse()
    {
        lock (_gate) Monitor.PulseAll(_gate);
    }
}
