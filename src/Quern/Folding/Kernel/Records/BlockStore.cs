using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Quern.Duck;

namespace Quern.Folding.Kernel.Records;

/// <summary>Blocks of records of all partitions: in memory as long as there is some, then in a temporary file that goes with its user.</summary>
/// <remarks>Used by all threads. A block in the file lies in one piece, its values right behind its records.</remarks>
sealed unsafe class BlockStore : IDisposable
{
    /// <summary>Bytes of a block, where tests do not ask for less.</summary>
    public const int UsualBlockBytes = 1 << 14;

    readonly Lock _gate = new();
    readonly Stack<nint> _free = [];
    readonly List<SealedBlock> _blocks = [];
    readonly string? _spillRoot;
    readonly long _mostResident;
    SpillDirectory? _directory;
    SafeFileHandle? _file;
    long _length;
    long _resident;

    /// <summary>An empty store.</summary>
    /// <param name="blockBytes">Bytes of a block.</param>
    /// <param name="mostResident">Bytes of sealed blocks to keep in memory.</param>
    /// <param name="spillRoot">Where the file is made; null for the system's temporary folder.</param>
    public BlockStore(int blockBytes, long mostResident, string? spillRoot)
    {
        (BlockBytes, _mostResident, _spillRoot) = (blockBytes, mostResident, spillRoot);
    }

    ~BlockStore() => FreeMemory();

    /// <summary>Bytes of a block.</summary>
    public int BlockBytes { get; }

    /// <summary>Bytes in the file.</summary>
    public long SpilledBytes => Interlocked.Read(ref _length);

    /// <summary>All sealed blocks.</summary>
    public IReadOnlyList<SealedBlock> Blocks => _blocks;

    /// <summary>Memory for a block.</summary>
    public ulong* Take()
    {
        lock (_gate)
        {
            if (_free.TryPop(out var memory)) return (ulong*)memory;
        }
        return (ulong*)NativeMemory.Alloc((nuint)BlockBytes);
    }

    /// <summary>Gives memory back.</summary>
    public void Give(ulong* memory)
    {
        lock (_gate) _free.Push((nint)memory);
    }

    /// <summary>Keeps records.</summary>
    /// <returns>True when the memory is kept, too; false when it can be used again.</returns>
    public bool Seal(long partition, RecordForm form, ulong* memory, int rows, int values)
    {
        var words = rows * form.Words;
        lock (_gate)
        {
            if (_resident + BlockBytes <= _mostResident)
            {
                _resident += BlockBytes;
                _blocks.Add(new(partition, form, rows, values, (nint)memory, 0));
                return true;
            }
            _file ??= Open();
        }
        // The values move up to the records, so that the block is one piece.
        var from = memory + (BlockBytes / sizeof(ulong)) - values;
        if (from != memory + words) Buffer.MemoryCopy(from, memory + words, (long)values * sizeof(ulong), (long)values * sizeof(ulong));
        var block = new SealedBlock(partition, form, rows, values, 0, 0);
        var offset = Interlocked.Add(ref _length, block.Bytes) - block.Bytes;
        Write(new ReadOnlySpan<byte>(memory, block.Bytes), offset);
        lock (_gate) _blocks.Add(block with { Offset = offset });
        return false;
    }

    /// <summary>The words of a block and behind them its values, the last record's first.</summary>
    /// <param name="block">The block.</param>
    /// <param name="room">Memory of a block, for one that is in the file.</param>
    /// <param name="values">Where the values are.</param>
    public ulong* Load(in SealedBlock block, ulong* room, out ulong* values)
    {
        if (block.Memory != 0)
        {
            values = (ulong*)block.Memory + (BlockBytes / sizeof(ulong)) - block.Values;
            return (ulong*)block.Memory;
        }
        for (var have = 0; have < block.Bytes;)
        {
            var count = RandomAccess.Read(_file!, new Span<byte>((byte*)room + have, block.Bytes - have), block.Offset + have);
            if (count == 0) throw new EndOfStreamException("a temporary file of records has become shorter");
            have += count;
        }
        values = room + ((long)block.Rows * block.Form.Words);
        return room;
    }

    /// <summary>Frees the memory of a block that was read for the last time.</summary>
    public void Release(in SealedBlock block)
    {
        if (block.Memory != 0) Give((ulong*)block.Memory);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        FreeMemory();
        _file?.Dispose();
        _directory?.Dispose();
        GC.SuppressFinalize(this);
    }

    SafeFileHandle Open()
    {
        _directory = SpillDirectory.Create(_spillRoot);
        return File.OpenHandle(Path.Combine(_directory.Path, "records"), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
    }

    void Write(ReadOnlySpan<byte> bytes, long offset)
    {
        try
        {
            RandomAccess.Write(_file!, bytes, offset);
        }
        catch (IOException e)
        {
            throw new QuernException(
                new Fault("QN9032", "temporary files cannot be written")
                {
                    Where = _directory!.Path,
                    Value = e.Message,
                    Try = ["--memory SIZE     with more memory less is written", "set TMPDIR to a folder with more room"],
                },
                e);
        }
    }

    void FreeMemory()
    {
        // What was released stands in both.
        HashSet<nint> all = [.. _free, .. _blocks.Select(block => block.Memory)];
        foreach (var memory in all) NativeMemory.Free((void*)memory);
        _blocks.Clear();
        _free.Clear();
    }
}
