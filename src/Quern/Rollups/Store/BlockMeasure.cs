using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Quern.Folding.Declared;

namespace Quern.Rollups.Store;

/// <summary>States of a measure in a block. They are dense: only rows that have a value (a count above 0) have states, in the order of the
/// rows.</summary>
readonly ref struct BlockMeasure
{
    readonly GrainBlock _block;
    readonly StoredMeasure _measure;
    readonly int _column;
    readonly int _rows;

    internal BlockMeasure(GrainBlock block, StoredMeasure measure, int column)
    {
        _block = block;
        _measure = measure;
        _column = column;
        _rows = block.Rows;
        Present = block.Entry(column).Count;
        if (block.Entry(column).Presence != GrainFormat.Presence.Bits) return;
        var bytes = block.Bytes(column);
        var words = (_rows + 63) / 64;
        Bits = MemoryMarshal.Cast<byte, ulong>(bytes)[..words];
        Ranks = MemoryMarshal.Cast<byte, ushort>(bytes[(words * sizeof(ulong))..])[..words];
    }

    /// <summary>How many rows have a value, so many states are there.</summary>
    public int Present { get; }

    /// <summary>Each row has a value: the state of a row has the row's number.</summary>
    public bool IsAll => Present == _rows;

    /// <summary>A bit a row that has a value, in words of 64; empty when all have one or none has.</summary>
    public ReadOnlySpan<ulong> Bits { get; }

    /// <summary>For each word of <see cref="Bits"/> the number of states before it.</summary>
    public ReadOnlySpan<ushort> Ranks { get; }

    /// <summary>Values that are not NULL of each state; above 0.</summary>
    public BlockNumbers Counts => Numbers(MeasureKeep.Count);

    /// <summary>Sums: <see cref="BlockNumbers.Doubles"/> when the measure is floating, else <see cref="BlockNumbers.Whole"/>.</summary>
    public BlockNumbers Sums => Numbers(MeasureKeep.Sum);

    /// <summary>Least values: <see cref="BlockNumbers.Doubles"/> when the measure is floating.</summary>
    public BlockNumbers Min => Numbers(MeasureKeep.Min);

    /// <summary>Greatest values, as <see cref="Min"/>.</summary>
    public BlockNumbers Max => Numbers(MeasureKeep.Max);

    /// <summary>Sums of squares, DOUBLE.</summary>
    public BlockNumbers SumSquares => Numbers(MeasureKeep.SumSquares);

    /// <summary>Where the state of a row is; -1 when the row has no value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int IndexOf(int row)
    {
        if (Bits.IsEmpty) return IsAll ? row : -1;
        var word = Bits[row >> 6];
        var bit = 1UL << (row & 63);
        return (word & bit) == 0 ? -1 : Ranks[row >> 6] + BitOperations.PopCount(word & (bit - 1));
    }

    /// <summary>The sketch of distinct values of a state.</summary>
    public ReadOnlySpan<byte> Sketch(int index)
    {
        var column = _column + Place(MeasureKeep.Distinct);
        var count = _block.Entry(column).Count;
        var bytes = _block.Bytes(column);
        var ends = MemoryMarshal.Cast<byte, uint>(bytes)[..count];
        var from = index == 0 ? 0 : ends[index - 1];
        return bytes[(count * sizeof(uint))..][(int)from..(int)ends[index]];
    }

    BlockNumbers Numbers(MeasureKeep state) => _block.Numbers(_column + Place(state));

    /// <summary>Columns of a measure: presence, then the states in the order of their bits.</summary>
    int Place(MeasureKeep state)
    {
        if (!_measure.Keeps(state)) throw new InvalidOperationException($"{_measure.Of} keeps no {state}");
        return 1 + BitOperations.PopCount((uint)_measure.Keep & ((uint)state - 1));
    }
}
