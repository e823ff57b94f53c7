using System.Runtime.InteropServices;
using Quern.Folding.Declared;
using Quern.Folding.Results;

namespace Quern.Rollups.Store;

/// <summary>States of a measure of the rows that wait for their block to be full; only of rows that have a value.</summary>
/// <param name="measure">Which states there are.</param>
sealed class MeasureBuffer(StoredMeasure measure)
{
    readonly ulong[] _bits = new ulong[GrainFormat.BlockRows / 64];
    readonly int[] _rows = new int[GrainFormat.BlockRows];
    long[] _counts = [];
    long[] _min = [];
    long[] _max = [];
    double[] _sums = [];
    double[] _squares = [];
    Int128[] _wholes = [];
    byte[][] _sketches = [];
    int _present;

    /// <summary>Takes over states of some rows.</summary>
    /// <param name="rows">Where they are.</param>
    /// <param name="from">The first of them.</param>
    /// <param name="count">How many.</param>
    /// <param name="at">Rows of the block before them.</param>
    public void Append(MeasureRows rows, int from, int count, int at)
    {
        var counts = rows.Counts.AsSpan(from, count);
        if (!counts.ContainsAnyExcept(0)) return;
        var present = 0;
        for (var i = 0; i < counts.Length; i++)
        {
            var has = counts[i] == 0 ? 0 : 1;
            _rows[present] = from + i;
            present += has;
            _bits[(at + i) >> 6] |= (ulong)has << (at + i);
        }
        var chosen = _rows.AsSpan(0, present);
        Gather(rows.Counts, ref _counts, chosen);
        if (measure.Keeps(MeasureKeep.Sum))
        {
            if (measure.IsFloating) Gather(rows.Sums, ref _sums, chosen);
            else Gather(rows.WholeSums, ref _wholes, chosen);
        }
        if (measure.Keeps(MeasureKeep.Min)) Gather(rows.Min, ref _min, chosen);
        if (measure.Keeps(MeasureKeep.Max)) Gather(rows.Max, ref _max, chosen);
        if (measure.Keeps(MeasureKeep.SumSquares)) Gather(rows.SumSquares, ref _squares, chosen);
        if (measure.Keeps(MeasureKeep.Distinct)) Sketches(rows.Sketches, chosen);
        _present += present;
    }

    /// <summary>Writes the columns of a block, and begins the next one.</summary>
    /// <param name="block">Where they go.</param>
    /// <param name="rows">Rows of the block.</param>
    /// <param name="numbers">Room for a number a row.</param>
    public void Write(BlockBytes block, int rows, Span<long> numbers)
    {
        block.Presence(_bits, rows, _present);
        block.Numbers(_counts.AsSpan(0, _present));
        if (measure.Keeps(MeasureKeep.Sum))
        {
            if (measure.IsFloating) block.Doubles(_sums.AsSpan(0, _present));
            else block.Wholes(_wholes.AsSpan(0, _present), numbers);
        }
        if (measure.Keeps(MeasureKeep.Min)) Extreme(_min);
        if (measure.Keeps(MeasureKeep.Max)) Extreme(_max);
        if (measure.Keeps(MeasureKeep.SumSquares)) block.Doubles(_squares.AsSpan(0, _present));
        if (measure.Keeps(MeasureKeep.Distinct)) block.Sketches(_sketches.AsSpan(0, _present));
        Array.Clear(_bits);
        _present = 0;

        // Bits of a DOUBLE are no number whose distances are small.
        void Extreme(long[] values)
        {
            if (measure.IsFloating) block.Doubles(MemoryMarshal.Cast<long, double>(values.AsSpan(0, _present)));
            else block.Numbers(values.AsSpan(0, _present));
        }
    }

    void Gather<T>(T[]? from, ref T[] to, ReadOnlySpan<int> rows)
    {
        if (from is null) throw new InvalidOperationException($"the fold gave no {typeof(T).Name} of {measure.Of}");
        var dense = Room(ref to, rows.Length);
        for (var i = 0; i < dense.Length; i++) dense[i] = from[rows[i]];
    }

    void Sketches(byte[]?[]? from, ReadOnlySpan<int> rows)
    {
        var dense = Room(ref _sketches, rows.Length);
        for (var i = 0; i < dense.Length; i++)
            dense[i] = from?[rows[i]]?.ToArray() ?? throw new InvalidOperationException($"the fold gave no sketch of {measure.Of}");
    }

    Span<T> Room<T>(ref T[] to, int more)
    {
        if (to.Length < _present + more) Array.Resize(ref to, Math.Min(GrainFormat.BlockRows, Math.Max(2 * to.Length, _present + more)));
        return to.AsSpan(_present, more);
    }
}
