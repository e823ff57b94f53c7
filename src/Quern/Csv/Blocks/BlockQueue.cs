using Quern.Files;

namespace Quern.Csv.Blocks;

/// <summary>Deals out the blocks of all files to threads: the next block of the first file that has one for another thread.</summary>
/// <param name="read">What is read.</param>
/// <param name="keepsOrder">Rows are wanted in the order of the files: threads wait for each other's file rather than go ahead to
/// the next, unless it is small.</param>
sealed class BlockQueue(CsvRead read, bool keepsOrder = false) : IDisposable
{
    readonly object _gate = new();
    readonly Slot[] _slots = [.. read.Files.Select((file, i) => new Slot(file, i, keepsOrder && Bytes(file) <= read.BlockBytes))];
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
        Leave(block);
        while (Take(out var index) is { } slot)
        {
            (block.FileIndex, block.Index) = (slot.Index, index >= 0 ? index : slot.Dealt);
            if (Load(slot, index, block)) return true;
        }
        block.FileIndex = -1;
        return false;
    }

    /// <summary>Says that a block is done.</summary>
    public static void Leave(Block block)
    {
        block.Source?.Release(block);
        if (block.Source is not null) block.Memory.Forget(block.Length);
        (block.Source, block.FileIndex) = (null, -1);
    }

    /// <summary>How many blocks a file has; null when that is not known yet.</summary>
    public int? Count(int file)
    {
        lock (_gate)
        {
            var slot = _slots[file];
            return slot.State == State.Done ? slot.Dealt : null;
        }
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
                        if (plain.TryTake(out index))
                        {
                            slot.Dealt++;
                            return slot;
                        }
                        slot.State = State.Done;
                    }
                    if (slot.State == State.Done && i == _first) _first++;
                    someBusy |= slot.State == State.Busy;
                    if (keepsOrder && slot is { State: State.Busy, IsSmall: false }) break;
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
        // A file that cannot be read has a block, which nobody gets.
        var (next, dealt) = (State.Done, 1);
        try
        {
            if (CsvContent.IsPlain(slot.File))
            {
                slot.Source = new PlainSource(read, slot.File, block.Memory);
                (next, dealt) = (State.Ready, 0);
                return false;
            }
            var stream = (StreamSource)(slot.Source ??= new StreamSource(read, slot.File));
            if (stream.Load(block))
            {
                block.Source = stream;
                next = State.Ready;
                return true;
            }
            dealt = 0;
            stream.Dispose();
            return false;
        }
        finally
        {
            lock (_gate)
            {
                slot.State = next;
                slot.Dealt += dealt;
                Monitor.PulseAll(_gate);
            }
        }
    }

    static long Bytes(CsvFile file) => file.Once is null ? FileStat.TryRead(file.Path)?.SizeBytes ?? 0 : long.MaxValue;

    sealed class Slot(CsvFile file, int index, bool isSmall)
    {
        public int Index => index;

        public bool IsSmall => isSmall;

        /// <summary>Blocks that were given out.</summary>
        public int Dealt { get; set; }

        public CsvFile File { get; } = file;

        public State State { get; set; }

        public BlockSource? Source { get; set; }
    }
}
