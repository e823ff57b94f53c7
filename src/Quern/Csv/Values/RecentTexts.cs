using System.Numerics;
using System.Runtime.CompilerServices;

namespace Quern.Csv.Values;

/// <summary>Long texts of a column that were copied into a chunk already, so that equal ones share the copy. Columns of few texts
/// gain much; one of ever new texts is seen to be such and left alone for a while.</summary>
/// <remarks>Knows texts by their place in the block, so it is cleared with each block and chunk, and when a block moves.</remarks>
sealed unsafe class RecentTexts
{
    const int SlotBits = 9;
    const int Slots = 1 << SlotBits;

    /// <summary>Misses in a row, about, after which texts are not looked at any more.</summary>
    const int Patience = 256;

    /// <summary>As many when there was no luck before.</summary>
    const int Least = 64;

    /// <summary>Bytes at the beginning, in the middle and at the end of a text that it is told from others by.</summary>
    const int Part = 64;

    readonly Slot[] _slots = new Slot[Slots];
    int _luck = Patience;

    /// <summary>Forgets all texts.</summary>
    public void Clear()
    {
        Array.Clear(_slots);
        _luck = Math.Max(_luck, Least);
    }

    /// <summary>The row whose copy an equal text can share; -1 when there is none, and this row is kept.</summary>
    /// <param name="text">At least 8 bytes.</param>
    /// <param name="length">How many.</param>
    /// <param name="row">Where its copy will be.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Find(byte* text, int length, int row)
    {
        if (_luck == 0) return -1;
        ref var slot = ref _slots[(int)Mix(text, length)];
        if (slot.Length == length && new ReadOnlySpan<byte>(text, length).SequenceEqual(new(slot.Text, length)))
        {
            _luck = Math.Min(_luck + 1, Patience);
            return slot.Row;
        }
        slot = new Slot { Text = text, Length = length, Row = row };
        _luck--;
        return -1;
    }

    /// <summary>A slot's number. Texts of a column are often alike at both ends, so all of a text counts, unless it is long.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static ulong Mix(byte* text, int length)
    {
        var (even, odd) = (Mix((ulong)length, Unsafe.ReadUnaligned<ulong>(text + length - 8)), 0UL);
        if (length > 3 * Part)
        {
            (even, odd) = MixLong(text, length, even);
        }
        else
        {
            for (var i = 0; i < length - 8; i += 16)
            {
                even = Mix(even, Unsafe.ReadUnaligned<ulong>(text + i));
                odd = Mix(odd, Unsafe.ReadUnaligned<ulong>(text + Math.Min(i + 8, length - 8)));
            }
        }
        return Mix(even, odd) >> (64 - SlotBits);
    }

    static (ulong Even, ulong Odd) MixLong(byte* text, int length, ulong even)
    {
        var odd = 0UL;
        for (var i = 0; i < Part; i += 8)
        {
            even = Mix(even, Unsafe.ReadUnaligned<ulong>(text + i));
            odd = Mix(odd, Unsafe.ReadUnaligned<ulong>(text + ((length - Part) / 2) + i));
            even = Mix(even, Unsafe.ReadUnaligned<ulong>(text + length - Part + i));
        }
        return (even, odd);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static ulong Mix(ulong mixed, ulong word) => (BitOperations.RotateLeft(mixed, 5) ^ word) * 0x9E3779B97F4A7C15;

    struct Slot
    {
        public byte* Text;
        public int Length;
        public int Row;
    }
}
