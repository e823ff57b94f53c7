using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Quern.Arrow.Buffers;

namespace Quern.Delivery.Parquet.Encoding;

/// <summary>Gives each distinct value of a column a number, in the order in which they come.</summary>
/// <typeparam name="T">4, 8 or 16 bytes, told apart by their bits.</typeparam>
sealed unsafe class CodeTable<T> : IDisposable where T : unmanaged, IEquatable<T>
{
    /// <summary>Values there are at most: a code has 16 bits, and one stands for a slot that is free.</summary>
    public const int MostValues = 65_535;

    const ulong Multiplier = 0x9E37_79B9_7F4A_7C15;
    const int LeastBits = 12;

    readonly NativeBuffer _values = new();
    ushort* _slots;
    int _bits;

    ~CodeTable() => NativeMemory.Free(_slots);

    /// <summary>Distinct values.</summary>
    public int Count { get; private set; }

    /// <summary>The values, by their codes.</summary>
    public T* Values => (T*)_values.First;

    /// <summary>Memory that it holds.</summary>
    public long HeldBytes => _values.HeldBytes + (_slots is null ? 0 : sizeof(ushort) << _bits);

    /// <summary>Writes the code of each value.</summary>
    /// <param name="values">The values; with those that it has no more than <see cref="MostValues"/> may be distinct.</param>
    /// <param name="count">How many.</param>
    /// <param name="codes">Where the codes go.</param>
    public void Encode(T* values, int count, ushort* codes)
    {
        Reserve(Count + count);
        _values.Reserve(count * sizeof(T));
        var slots = _slots;
        var known = Values;
        var found = Count;
        var (shift, mask) = (64 - _bits, (1u << _bits) - 1);
        T last = default;
        var code = 0u;
        for (var i = 0; i < count; i++)
        {
            var value = values[i];
            if (code == 0 || !value.Equals(last))
            {
                last = value;
                var slot = (uint)(Hash(value) >> shift);
                while ((code = slots[slot]) != 0 && !known[code - 1].Equals(value)) slot = (slot + 1) & mask;
                if (code == 0)
                {
                    known[found] = value;
                    slots[slot] = (ushort)(code = (uint)++found);
                }
            }
            codes[i] = (ushort)(code - 1);
        }
        _values.Advance((found - Count) * sizeof(T));
        Count = found;
    }

    /// <summary>Forgets all values; keeps the memory.</summary>
    public void Clear()
    {
        if (Count > 0) NativeMemory.Clear(_slots, (nuint)(sizeof(ushort) << _bits));
        _values.Cut();
        Count = 0;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        NativeMemory.Free(_slots);
        _slots = null;
        _values.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>At most half of the slots are taken.</summary>
    void Reserve(int values)
    {
        values = Math.Min(values, MostValues);
        if (_slots is not null && values * 2 <= 1 << _bits) return;
        _bits = Math.Max(LeastBits, BitOperations.Log2((uint)(values * 2) - 1) + 1);
        NativeMemory.Free(_slots);
        _slots = (ushort*)NativeMemory.AllocZeroed((nuint)(sizeof(ushort) << _bits));
        var (shift, mask) = (64 - _bits, (1u << _bits) - 1);
        for (var i = 0; i < Count; i++)
        {
            var slot = (uint)(Hash(Values[i]) >> shift);
            while (_slots[slot] != 0) slot = (slot + 1) & mask;
            _slots[slot] = (ushort)(i + 1);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static ulong Hash(T value)
    {
        if (sizeof(T) == sizeof(uint)) return *(uint*)&value * Multiplier;
        var low = *(ulong*)&value;
        if (sizeof(T) == 2 * sizeof(ulong)) low ^= BitOperations.RotateLeft(((ulong*)&value)[1] * Multiplier, 29);
        return (low ^ (low >> 32)) * Multiplier;
    }
}
