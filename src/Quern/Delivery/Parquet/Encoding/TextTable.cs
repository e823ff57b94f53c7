using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Quern.Arrow.Buffers;
using Quern.Chunks;

namespace Quern.Delivery.Parquet.Encoding;

/// <summary>Gives each distinct text of a column a number, in the order in which they come; keeps a copy of each.</summary>
sealed unsafe class TextTable : IDisposable
{
    const ulong Multiplier = 0x9E37_79B9_7F4A_7C15;
    const int LeastBits = 12;

    readonly NativeBuffer _texts = new();
    readonly NativeBuffer _hashes = new();
    readonly TextArena _arena = new();
    ushort* _slots;
    int _bits;

    ~TextTable() => NativeMemory.Free(_slots);

    /// <summary>Distinct texts.</summary>
    public int Count { get; private set; }

    /// <summary>Their bytes.</summary>
    public long Bytes { get; private set; }

    /// <summary>The texts, by their codes.</summary>
    public Text* Texts => (Text*)_texts.First;

    /// <summary>Memory that it holds.</summary>
    public long HeldBytes => _texts.HeldBytes + _hashes.HeldBytes + _arena.HeldBytes + (_slots is null ? 0 : sizeof(ushort) << _bits);

    /// <summary>Writes the code of each text.</summary>
    /// <param name="texts">The texts; with those that it has no more than 65,535 may be distinct.</param>
    /// <param name="count">How many.</param>
    /// <param name="codes">Where the codes go.</param>
    public void Encode(Text* texts, int count, ushort* codes)
    {
        Reserve(Count + count);
        _texts.Reserve(count * sizeof(Text));
        _hashes.Reserve(count * sizeof(uint));
        var slots = _slots;
        var known = Texts;
        var hashes = (uint*)_hashes.First;
        var (shift, mask) = (32 - _bits, (1u << _bits) - 1);
        UInt128 last = default;
        var code = 0u;
        for (var i = 0; i < count; i++)
        {
            // Equal bits are equal texts: they lie in place, or at the same place.
            if (code != 0 && ((UInt128*)texts)[i] == last)
            {
                codes[i] = (ushort)(code - 1);
                continue;
            }
            last = ((UInt128*)texts)[i];
            var hash = Hash(texts + i);
            var slot = hash >> shift;
            while ((code = slots[slot]) != 0 && !(hashes[code - 1] == hash && AreEqual(known + code - 1, texts + i))) slot = (slot + 1) & mask;
            if (code == 0) slots[slot] = (ushort)(code = Add(texts + i, hash));
            codes[i] = (ushort)(code - 1);
        }
    }

    /// <summary>Forgets all texts; keeps the memory.</summary>
    public void Clear()
    {
        if (Count > 0) NativeMemory.Clear(_slots, (nuint)(sizeof(ushort) << _bits));
        _texts.Cut();
        _hashes.Cut();
        _arena.Clear();
        (Count, Bytes) = (0, 0);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        NativeMemory.Free(_slots);
        _slots = null;
        _texts.Dispose();
        _hashes.Dispose();
        _arena.Dispose();
        GC.SuppressFinalize(this);
    }

    uint Add(Text* text, uint hash)
    {
        Texts[Count] = text->Length > Text.InlineBytes ? new Text(_arena.Copy(text->First, text->Length), text->Length) : *text;
        ((uint*)_hashes.First)[Count] = hash;
        _texts.Advance(sizeof(Text));
        _hashes.Advance(sizeof(uint));
        Bytes += text->Length;
        return (uint)++Count;
    }

    /// <summary>At most half of the slots are taken.</summary>
    void Reserve(int texts)
    {
        texts = Math.Min(texts, CodeTable<ulong>.MostValues);
        if (_slots is not null && texts * 2 <= 1 << _bits) return;
        _bits = Math.Max(LeastBits, BitOperations.Log2((uint)(texts * 2) - 1) + 1);
        NativeMemory.Free(_slots);
        _slots = (ushort*)NativeMemory.AllocZeroed((nuint)(sizeof(ushort) << _bits));
        var (shift, mask) = (32 - _bits, (1u << _bits) - 1);
        for (var i = 0; i < Count; i++)
        {
            var slot = ((uint*)_hashes.First)[i] >> shift;
            while (_slots[slot] != 0) slot = (slot + 1) & mask;
            _slots[slot] = (ushort)(i + 1);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static bool AreEqual(Text* a, Text* b)
    {
        if (*(ulong*)a != *(ulong*)b) return false;
        if (a->Length <= Text.InlineBytes) return ((ulong*)a)[1] == ((ulong*)b)[1];
        return new ReadOnlySpan<byte>(a->First, a->Length).SequenceEqual(new ReadOnlySpan<byte>(b->First, b->Length));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static uint Hash(Text* text)
    {
        if (text->Length > Text.InlineBytes) return HashLong(text->First, text->Length);
        return (uint)(Mix(Mix(*(ulong*)text) ^ ((ulong*)text)[1]) >> 32);
    }

    /// <summary>More than 8 bytes; the last ones may be taken twice.</summary>
    static uint HashLong(byte* bytes, int length)
    {
        var hash = (ulong)length;
        var last = bytes + length - sizeof(ulong);
        for (; bytes < last; bytes += sizeof(ulong)) hash = Mix(hash ^ *(ulong*)bytes);
        return (uint)(Mix(hash ^ *(ulong*)last) >> 32);
    }

    static ulong Mix(ulong value)
    {
        value *= Multiplier;
        return value ^ (value >> 32);
    }
}
