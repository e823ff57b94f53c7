using Quern.Files;

namespace Quern.Csv.Blocks;

/// <summary>Deals out the blocks of all files to threads: the next block of the first file that has one for another thread.</summary>
/// <param name="read">What is read.</param>
sealed class BlockQueue(CsvRead read) : IDisposable
{
    readonly object _gate = new();
    readonly Slot[] _slots = [.. read.Files.Select(file => new Slot(file))];
    int _first;

    enum State
    {
        New,
        Busy,
        Ready,
        Done,
    }

    /// <summary>Loads the next block into the memory of one that its reader is done with; false when there is none.</summary>
    /// <exception cref="QuernException">A file cannot be read.</exception>
    public bool Next(Block block)
    {
        (block.Source as PlainSource)?.Release();
        block.Source = null;
        while (Take(out var index) is { } slot)
        {
            if (Load(slot, index, block)) return true;
        }
        return false;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var slot in _slots) slot.Source?.Dispose();
    }

    Slot? Take(out int index)
    {
        lock (_gate)
        {
            while (true)
            {
                var someBusy = false;
                for (var i = _first; i < _slots.Length; i++)
                {
                    var slot = _slots[i];
                    if (slot.Source is PlainSource plain && slot.State == State.Ready)
                    {
                        if (plain.TryTake(out index)) return slot;
                        slot.State = State.Done;
                    }
                    if (slot.State == State.Done && i == _first) _first++;
                    someBusy |= slot.State == State.Busy;
                    if (slot.State is State.Done or State.Busy) continue;
                    slot.State = State.Busy;
                    index = -1;
                    return slot;
                }
                index = -1;
                if (!someBusy) return null;
                Monitor.Wait(_gate);
            }
        }
    }

    /// <summary>Loads a block that was taken; false when there was something else to do for the file.</summary>
    bool Load(Slot slot, int index, Block block)
    {
        if (index >= 0)
        {
            block.Source = slot.Source;
            ((PlainSource)slot.Source!).Load(block, index);
            return true;
        }
        var next = State.Done;
        try
        {
            if (!FileBytes.IsGzip(slot.File.Path))
            {
                slot.Source = new PlainSource(read, slot.File, block.Memory);
                next = State.Ready;
                return false;
            }
            var stream = (StreamSource)(slot.Source ??= new StreamSource(read, slot.File));
            if (stream.Load(block))
            {
                block.Source = stream;
                next = State.Ready;
                return true;
            }
            stream.Dispose();
            return false;
        }
        finally
        {
            lock (_gate)
            {
                slot.State = next;
                Monitor.PulseAll(_gate);
            }
        }
    }

    sealed class Slot(CsvFile file)
    {
        public CsvFile File { get; } = file;

        public State State { get; set; }

        public CsvSource? Source { get; set; }
    }
}
