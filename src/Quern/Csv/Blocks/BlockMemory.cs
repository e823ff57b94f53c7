using System.Runtime.InteropServices;
using Quern.Chunks;

namespace Quern.Csv.Blocks;

/// <summary>Bytes outside the managed heap that one reader fills again and again.</summary>
/// <remarks>Lives until it is disposed; <see cref="First"/> is stale after <see cref="Grow"/>. In front of the first byte and
/// behind the last one <see cref="Margin"/> bytes may be read (not relied on), so that loads of 64 bytes need no check.</remarks>
unsafe class BlockMemory : IDisposable
{
    /// <summary>Bytes that may be read before and behind.</summary>
    public const int Margin = 64;

    byte* _memory;

    public BlockMemory(int bytes)
    {
        _memory = Allocate(Whole(bytes));
        Bytes = bytes;
    }

    ~BlockMemory() => Free(_memory, Whole(Bytes));

    /// <summary>How many bytes fit.</summary>
    public int Bytes { get; private set; }

    /// <summary>The first byte.</summary>
    public byte* First => _memory + Margin;

    /// <summary>A part of it.</summary>
    public Span<byte> Span(int start, int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)start, (uint)Bytes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)length, (uint)(Bytes - start));
        return new(First + start, length);
    }

    /// <summary>Makes room for more; what is there stays.</summary>
    public void Grow(int bytes)
    {
        if (bytes <= Bytes) return;
        _memory = Enlarge(_memory, Whole(Bytes), Whole(bytes));
        Bytes = bytes;
    }

    /// <summary>Nobody may rely any more on the first bytes.</summary>
    public virtual void Forget(int bytes) => Poison.Fill(Span(0, bytes));

    /// <summary>Frees it.</summary>
    public void Dispose()
    {
        if (_memory is not null) Forget(Bytes);
        Free(_memory, Whole(Bytes));
        _memory = null;
        Bytes = 0;
        GC.SuppressFinalize(this);
    }

    /// <summary>Takes memory, margins among its bytes; all zero.</summary>
    protected virtual byte* Allocate(int bytes) => (byte*)NativeMemory.AllocZeroed((nuint)bytes);

    /// <summary>Takes more memory for what was allocated; what is there stays.</summary>
    protected virtual byte* Enlarge(byte* memory, int had, int bytes)
    {
        memory = (byte*)NativeMemory.Realloc(memory, (nuint)bytes);
        NativeMemory.Clear(memory + had, (nuint)(bytes - had));
        return memory;
    }

    /// <summary>Gives memory back; null is none.</summary>
    protected virtual void Free(byte* memory, int bytes) => NativeMemory.Free(memory);

    static int Whole(int bytes) => checked(bytes + (2 * Margin));
}
