using System.Runtime.InteropServices;

namespace Quern.Csv.Blocks;

/// <summary>Bytes outside the managed heap that one reader fills again and again.</summary>
/// <remarks>Lives until it is disposed; <see cref="First"/> is stale after <see cref="Grow"/>. In front of the first byte and
/// behind the last one <see cref="Margin"/> bytes may be read (not relied on), so that loads of 64 bytes need no check.</remarks>
sealed unsafe class BlockMemory : IDisposable
{
    /// <summary>Bytes that may be read before and behind.</summary>
    public const int Margin = 64;

    byte* _memory;

    public BlockMemory(int bytes)
    {
        _memory = (byte*)NativeMemory.AllocZeroed((nuint)bytes + (2 * Margin));
        Bytes = bytes;
    }

    ~BlockMemory() => NativeMemory.Free(_memory);

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
        _memory = (byte*)NativeMemory.Realloc(_memory, (nuint)bytes + (2 * Margin));
        NativeMemory.Clear(First + Bytes, (nuint)(bytes - Bytes + Margin));
        Bytes = bytes;
    }

    /// <summary>Frees it.</summary>
    public void Dispose()
    {
        NativeMemory.Free(_memory);
        _memory = null;
        Bytes = 0;
        GC.SuppressFinalize(this);
    }
}
