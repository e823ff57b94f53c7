using System.Numerics;
using System.Runtime.CompilerServices;

namespace Quern.Csv.Values;

/// <summary>Long texts of a column that were copied into a chunk already, so that equal ones share the copy. Columns of few texts
/// gain much; one of ever new texts is seen to be such and left alone for a while.</summary>
/// <remarks>Knows texts by their place in the block, so it is cleared with each batch.</remarks>
sealed unsafe class RecentTexts
{
    const int Slots = 128;

    /// <summary>Misses in a row, about, after which a batch is not looked at any more.</summary>
    const int Patience = 256;

    readonly Slot[] _slots = new Slot[Slots];
    int _luck;

    /// <summary>Forgets all texts.</summary>
    public void Clear()
    {
        Array.Clear(_slots);
        _luck = Patience;
    }

    /// <summary>The row whose copy an equal text can share; -1 when there is none, and this row is kept.</summary>
    /// <param name="text">At least 8 bytes.</param>
    /// <param name="length">How many.</param>
    /// <param name="row">Where its copy will be.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Find(byte* text, int length, int row)
    {
        if (_luck == 0) return -1;
        var mixed = Unsafe.ReadUnaligned<ulong>(text) ^ BitOperations.RotateLeft(Unsafe.ReadUnaligned<ulong>(text + length - 8), 23);
        ref var slot = ref _slots[(mixed * 0x9E3779B97F4A7C15) >> 57];
        if (slot.Length == length && new ReadOnlySpan<byte>(text, length).SequenceEqual(new(slot.Text, length)))
        {
            _luck = Math.Min(_luck + 1, Patience);
            return slot.Row;
        }
        slot = new Slot { Text = text, Length = length, Row = row };
        _luck--;
        return -1;
    }

    struct Slot
    {
        public byte* Text;
        public int Length;
        public int Row;
    }
}
