using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Quern.Folding.Kernel.Records;

/// <summary>The blocks that one thread adds records to, one for each partition.</summary>
/// <param name="store">Takes those that are full.</param>
/// <param name="book">Is told of partitions.</param>
sealed unsafe class OpenBlocks(BlockStore store, FormBook book) : IDisposable
{
    /// <summary>Partitions that lie so far apart are looked up in a table.</summary>
    const long MostWindow = 1 << 17;

    readonly Dictionary<long, int> _far = [];
    OpenBlock* _blocks = (OpenBlock*)NativeMemory.Alloc(16, (nuint)sizeof(OpenBlock));
    int[] _window = [];
    long _origin;
    int _capacity = 16;
    int _count;

    ~OpenBlocks() => NativeMemory.Free(_blocks);

    /// <summary>The form of their records.</summary>
    public RecordForm? Form { get; private set; }

    /// <summary>The block of a partition; stale after the next call.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public OpenBlock* Of(long partition)
    {
        var at = (ulong)(partition - _origin);
        var block = at < (ulong)_window.Length ? _window[at] : -1;
        return block >= 0 ? _blocks + block : Find(partition);
    }

    /// <summary>Records have another form from now on.</summary>
    public void Change(RecordForm? form)
    {
        SealAll();
        Form = form;
    }

    /// <summary>Seals a full block and gives it new memory.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Refill(OpenBlock* block)
    {
        if (Seal(block)) block->Start = store.Take();
        block->Clear(store.BlockBytes);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        for (var i = 0; i < _count; i++) store.Give(_blocks[i].Start);
        _count = 0;
        NativeMemory.Free(_blocks);
        _blocks = null;
        GC.SuppressFinalize(this);
    }

    void SealAll()
    {
        for (var i = 0; i < _count; i++)
            if (!Seal(_blocks + i)) store.Give(_blocks[i].Start);
        (_count, _window, _origin) = (0, [], 0);
        _far.Clear();
    }

    /// <summary>True when the memory was kept.</summary>
    bool Seal(OpenBlock* block)
    {
        if (block->Rows == 0) return false;
        var values = (int)(block->Start + (store.BlockBytes / sizeof(ulong)) - block->Tail);
        return store.Seal(block->Partition, Form!, block->Start, block->Rows, values);
    }

    OpenBlock* Find(long partition)
    {
        if (_far.TryGetValue(partition, out var known)) return _blocks + known;
        if (partition != SealedBlock.NullPartition) book.Meet(partition, Form!.Shift);
        if (_count == _capacity)
        {
            _capacity *= 2;
            _blocks = (OpenBlock*)NativeMemory.Realloc(_blocks, (nuint)(_capacity * sizeof(OpenBlock)));
        }
        var block = _blocks + _count;
        *block = new OpenBlock { Start = store.Take(), Partition = partition };
        block->Clear(store.BlockBytes);
        _far[partition] = _count;
        Enter(partition, _count);
        _count++;
        return block;
    }

    void Enter(long partition, int block)
    {
        if (partition == SealedBlock.NullPartition) return;
        if (_window.Length == 0)
        {
            _origin = partition;
            _window = [block];
            return;
        }
        var (first, last) = (Math.Min(_origin, partition), Math.Max(_origin + _window.Length - 1, partition));
        if ((Int128)last - first >= MostWindow) return;
        if (first != _origin || last != _origin + _window.Length - 1)
        {
            // Room on the side on which it grew.
            var room = Math.Min(_window.Length, (int)(MostWindow - (last - first) - 1));
            if (first < _origin && first > long.MinValue + room) first -= room;
            else if (last < long.MaxValue - room) last += room;
            var window = new int[last - first + 1];
            window.AsSpan().Fill(-1);
            _window.CopyTo(window, _origin - first);
            (_window, _origin) = (window, first);
        }
        _window[partition - _origin] = block;
    }
}
