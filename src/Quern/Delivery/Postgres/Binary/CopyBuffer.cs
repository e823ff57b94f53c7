using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Quern.Delivery.Postgres.Binary;

/// <summary>Bytes on their way to the server, in network order; grows for a large value and is used again.</summary>
sealed unsafe class CopyBuffer : IBufferWriter<byte>
{
    /// <summary>What the server takes as one value: 1 GiB less a header.</summary>
    public const int MostFieldBytes = (1 << 30) - 1;

    byte[] _bytes;
    byte* _first;
    int _length;

    /// <summary>An empty one.</summary>
    /// <param name="bytes">Its first size.</param>
    public CopyBuffer(int bytes) => _first = Pin(_bytes = GC.AllocateUninitializedArray<byte>(bytes, pinned: true));

    /// <summary>Bytes in it.</summary>
    public int Length => _length;

    /// <summary>Bytes that it takes without growing.</summary>
    public int Room => _bytes.Length;

    /// <summary>The bytes.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, _length);

    /// <summary>The same, to be sent while others wait.</summary>
    public ReadOnlyMemory<byte> Memory => _bytes.AsMemory(0, _length);

    /// <summary>Bytes behind a place, to be corrected.</summary>
    public Span<byte> From(int at) => _bytes.AsSpan(at, _length - at);

    /// <summary>Forgets all from a place on.</summary>
    public void Cut(int at) => _length = at;

    /// <summary>Room for so many bytes, which count as written.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public byte* Take(int count)
    {
        if (count > _bytes.Length - _length) Grow(count);
        var at = _first + _length;
        _length += count;
        return at;
    }

    /// <summary>Room for so many bytes, of which none counts as written until <see cref="Seek"/>.</summary>
    /// <returns>The end of what is written.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public byte* Reserve(int count)
    {
        if (count > _bytes.Length - _length) Grow(count);
        return _first + _length;
    }

    /// <summary>The end of the room that there is.</summary>
    public byte* Limit => _first + _bytes.Length;

    /// <summary>All up to here counts as written.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Seek(byte* end) => _length = (int)(end - _first);

    public void Int16(short value) => Unsafe.WriteUnaligned(Take(2), BinaryPrimitives.ReverseEndianness(value));

    public void Int32(int value) => Unsafe.WriteUnaligned(Take(4), BinaryPrimitives.ReverseEndianness(value));

    public void Byte(byte value) => *Take(1) = value;

    public void Write(ReadOnlySpan<byte> bytes) => bytes.CopyTo(new Span<byte>(Take(bytes.Length), bytes.Length));

    /// <summary>A field of 1, 2, 4, 8 or 16 bytes with its length in front.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Field8(byte value)
    {
        var at = Take(5);
        Unsafe.WriteUnaligned(at, BinaryPrimitives.ReverseEndianness(1));
        at[4] = value;
    }

    /// <inheritdoc cref="Field8"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Field16(short value)
    {
        var at = Take(6);
        Unsafe.WriteUnaligned(at, BinaryPrimitives.ReverseEndianness(2));
        Unsafe.WriteUnaligned(at + 4, BinaryPrimitives.ReverseEndianness(value));
    }

    /// <inheritdoc cref="Field8"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Field32(int value)
    {
        var at = Take(8);
        Unsafe.WriteUnaligned(at, BinaryPrimitives.ReverseEndianness(4));
        Unsafe.WriteUnaligned(at + 4, BinaryPrimitives.ReverseEndianness(value));
    }

    /// <inheritdoc cref="Field8"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Field64(long value)
    {
        var at = Take(12);
        Unsafe.WriteUnaligned(at, BinaryPrimitives.ReverseEndianness(8));
        Unsafe.WriteUnaligned(at + 4, BinaryPrimitives.ReverseEndianness(value));
    }

    /// <inheritdoc cref="Field8"/>
    public void Field128(UInt128 value)
    {
        var at = Take(20);
        Unsafe.WriteUnaligned(at, BinaryPrimitives.ReverseEndianness(16));
        BinaryPrimitives.WriteUInt128BigEndian(new Span<byte>(at + 4, 16), value);
    }

    /// <summary>A field of these bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Field(ReadOnlySpan<byte> bytes)
    {
        var at = Take(4 + bytes.Length);
        Unsafe.WriteUnaligned(at, BinaryPrimitives.ReverseEndianness(bytes.Length));
        bytes.CopyTo(new Span<byte>(at + 4, bytes.Length));
    }

    /// <summary>NULL.</summary>
    public void Null() => Int32(-1);

    /// <summary>Begins a field whose length is not known yet.</summary>
    /// <returns>Where it begins, for <see cref="End"/>.</returns>
    public int Begin()
    {
        Int32(0);
        return _length;
    }

    /// <summary>Ends a field.</summary>
    public void End(int begin) => Unsafe.WriteUnaligned(_first + begin - 4, BinaryPrimitives.ReverseEndianness(_length - begin));

    void IBufferWriter<byte>.Advance(int count) => _length += count;

    Memory<byte> IBufferWriter<byte>.GetMemory(int sizeHint)
    {
        Ensure(Math.Max(sizeHint, 1));
        return _bytes.AsMemory(_length);
    }

    Span<byte> IBufferWriter<byte>.GetSpan(int sizeHint)
    {
        Ensure(Math.Max(sizeHint, 1));
        return _bytes.AsSpan(_length);
    }

    void Ensure(int count)
    {
        if (count > _bytes.Length - _length) Grow(count);
    }

    void Grow(int count)
    {
        var wanted = Math.Max((long)_length + count, Math.Min(2L * _bytes.Length, MostFieldBytes));
        if (wanted > Array.MaxLength)
            throw new UnfitException("QN8281", "a row is larger than the server takes") { Wanted = "at most 1 GiB" };
        var grown = GC.AllocateUninitializedArray<byte>((int)wanted, pinned: true);
        _bytes.AsSpan(0, _length).CopyTo(grown);
        _first = Pin(_bytes = grown);
    }

    static byte* Pin(byte[] bytes) => (byte*)Unsafe.AsPointer(ref System.Runtime.InteropServices.MemoryMarshal.GetArrayDataReference(bytes));
}
