using System.Runtime.InteropServices;

namespace Quern.Arrow.Buffers;

/// <summary>Bytes outside of the managed heap that grow and are used again; they begin at a multiple of 64.</summary>
/// <remarks>Growing moves them: a pointer holds until the next <see cref="Reserve"/>.</remarks>
sealed unsafe class NativeBuffer : IDisposable
{
    /// <summary>Where buffers begin in a file and in memory: what Arrow recommends for vector instructions.</summary>
    public const int Alignment = 64;

    byte* _first;
    nint _room;

    ~NativeBuffer() => NativeMemory.AlignedFree(_first);

    /// <summary>First byte; null before the first <see cref="Reserve"/>.</summary>
    public byte* First => _first;

    /// <summary>Behind the last byte in use.</summary>
    public byte* End => _first + Length;

    /// <summary>Bytes in use.</summary>
    public int Length { get; private set; }

    /// <summary>The bytes in use.</summary>
    public ReadOnlySpan<byte> Bytes => new(_first, Length);

    /// <summary>Bytes of memory that it holds.</summary>
    public long HeldBytes => _room;

    /// <summary>Sees to it that this many bytes have room behind those in use; returns where.</summary>
    /// <exception cref="InvalidOperationException">More than 2 GiB in all.</exception>
    public byte* Reserve(int more)
    {
        var wanted = (long)Length + more;
        if (wanted > int.MaxValue) throw new InvalidOperationException("a buffer has at most 2 GiB");
        if (wanted > _room) Grow((nint)Math.Max(wanted, Math.Min(_room * 2L, int.MaxValue)));
        return End;
    }

    /// <summary>Takes bytes into use that <see cref="Reserve"/> made room for.</summary>
    public void Advance(int count) => Length += count;

    /// <summary>Appends zeros.</summary>
    public void AppendZeros(int count)
    {
        NativeMemory.Clear(Reserve(count), (nuint)count);
        Length += count;
    }

    /// <summary>Appends bytes.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(new Span<byte>(Reserve(bytes.Length), bytes.Length));
        Length += bytes.Length;
    }

    /// <summary>Uses none or the first bytes only; keeps the memory.</summary>
    public void Cut(int length = 0) => Length = length;

    /// <summary>Frees the memory.</summary>
    public void Dispose()
    {
        NativeMemory.AlignedFree(_first);
        _first = null;
        _room = 0;
        Length = 0;
        GC.SuppressFinalize(this);
    }

    void Grow(nint wanted)
    {
        var room = (wanted + Alignment - 1) / Alignment * Alignment;
        _first = (byte*)NativeMemory.AlignedRealloc(_first, (nuint)room, Alignment);
        _room = room;
    }
}
