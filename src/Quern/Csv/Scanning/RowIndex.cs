using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Quern.Csv.Scanning;

/// <summary>Where cells and rows end in the bytes looked at so far, in the order of the file.</summary>
/// <remarks>Memory outside the managed heap, freed by <see cref="Dispose"/>; pointers are stale after <see cref="Add"/>.
/// Grows when a row has more cells than fit.</remarks>
sealed unsafe class RowIndex : IDisposable
{
    /// <summary>Cells that a reader asks for at a time, at least a row's; 4 bytes each.</summary>
    public const int CellsAtATime = 1 << 13;

    int* _cells;
    int* _rows;
    int _cellCapacity;

    public RowIndex(int rows)
    {
        _cellCapacity = CellsAtATime + ByteMasks.Width;
        RowCapacity = rows;
        _cells = (int*)NativeMemory.Alloc((nuint)_cellCapacity * sizeof(int));
        // A step may bring as many rows as it has bytes.
        _rows = (int*)NativeMemory.Alloc((nuint)(rows + ByteMasks.Width) * sizeof(int));
    }

    ~RowIndex() => Free();

    /// <summary>Memory of an index of so many rows.</summary>
    public static long Bytes(int rows) => (CellsAtATime + rows + (2 * ByteMasks.Width)) * (long)sizeof(int);

    /// <summary>Whole rows that are asked for at a time.</summary>
    public int RowCapacity { get; }

    /// <summary>Cells that ended.</summary>
    public int CellCount { get; private set; }

    /// <summary>Rows that ended.</summary>
    public int RowCount { get; private set; }

    /// <summary>The end of each cell: where its delimiter is, or the row's line end.</summary>
    public int* Cells => _cells;

    /// <summary>For each row, how many cells ended up to its end.</summary>
    public int* Rows => _rows;

    /// <summary>True when no more rows or cells are wanted before the rows are used.</summary>
    public bool IsFull => RowCount >= RowCapacity || (CellCount >= CellsAtATime && RowCount > 0);

    /// <summary>Forgets everything.</summary>
    public void Clear() => (CellCount, RowCount) = (0, 0);

    /// <summary>Adds what a step of a machine found.</summary>
    /// <param name="delimiters">Those between cells.</param>
    /// <param name="ends">Line ends that end rows.</param>
    /// <param name="at">Where the step began.</param>
    /// <param name="back">How far before its last byte a line end begins.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(ulong delimiters, ulong ends, int at, int back)
    {
        var all = delimiters | ends;
        if (all == 0) return;
        if (CellCount + ByteMasks.Width > _cellCapacity) Grow();
        var cells = _cells + CellCount;
        var count = BitOperations.PopCount(all);
        // Four at a time, with some too many that the next step overwrites.
        for (var i = 0; i < count; i += 4)
        {
            cells[i] = at + BitOperations.TrailingZeroCount(all);
            all &= all - 1;
            cells[i + 1] = at + BitOperations.TrailingZeroCount(all);
            all &= all - 1;
            cells[i + 2] = at + BitOperations.TrailingZeroCount(all);
            all &= all - 1;
            cells[i + 3] = at + BitOperations.TrailingZeroCount(all);
            all &= all - 1;
        }
        if (ends != 0) AddRows(delimiters | ends, ends, back);
        CellCount += count;
    }

    /// <summary>Adds the end of a last row that has no line end.</summary>
    public void AddLast(int at)
    {
        if (CellCount + ByteMasks.Width > _cellCapacity) Grow();
        _cells[CellCount++] = at;
        _rows[RowCount++] = CellCount;
    }

    /// <summary>Forgets the first rows and their cells.</summary>
    public void Drop(int rows)
    {
        if (rows == 0) return;
        var cells = _rows[rows - 1];
        CellCount -= cells;
        RowCount -= rows;
        new ReadOnlySpan<int>(_cells + cells, CellCount).CopyTo(new(_cells, CellCount));
        for (var i = 0; i < RowCount; i++) _rows[i] = _rows[i + rows] - cells;
    }

    /// <summary>Frees the memory.</summary>
    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    void AddRows(ulong all, ulong ends, int back)
    {
        // The last cell of a row ends where the line end begins.
        for (; ends != 0; ends &= ends - 1)
        {
            var cell = CellCount + BitOperations.PopCount(all & ((ends & (0 - ends)) - 1));
            _cells[cell] -= back;
            _rows[RowCount++] = cell + 1;
        }
    }

    void Grow()
    {
        _cellCapacity *= 2;
        _cells = (int*)NativeMemory.Realloc(_cells, (nuint)_cellCapacity * sizeof(int));
    }

    void Free()
    {
        NativeMemory.Free(_cells);
        NativeMemory.Free(_rows);
        _cells = null;
        _rows = null;
    }
}
