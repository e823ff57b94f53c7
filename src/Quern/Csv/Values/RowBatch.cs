using System.Diagnostics;
using System.Runtime.CompilerServices;
using Quern.Csv.Blocks;

namespace Quern.Csv.Values;

/// <summary>Some rows of a block, with their cells found and not yet looked at.</summary>
/// <remarks>Valid until their reader goes on. A cell's pointer may be read <see cref="BlockMemory.Margin"/> bytes further on
/// either side.</remarks>
sealed unsafe class RowBatch
{
    /// <summary>The block's first byte.</summary>
    public byte* Data;

    /// <summary>Ends of all cells of the block's rows.</summary>
    public int* CellEnds;

    /// <summary>For each row, the position of its first cell in <see cref="CellEnds"/>.</summary>
    public readonly int[] FirstCells = new int[Chunks.Chunk.Capacity];

    /// <summary>For each row, its first byte.</summary>
    public readonly int[] Starts = new int[Chunks.Chunk.Capacity];

    /// <summary>How many rows.</summary>
    public int Count;

    /// <summary>Bytes above 0x7F may be among them.</summary>
    public bool HasNonAscii;

    /// <summary>Bytes of the block, for checks.</summary>
    public int Length;

    /// <summary>Where the block begins in its file.</summary>
    public long Offset;

    /// <summary>The file.</summary>
    public CsvSource Source = null!;

    /// <summary>A cell as it stands in the file.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public byte* Cell(int row, int column, out int length)
    {
        var cell = FirstCells[row] + column;
        var start = column == 0 ? Starts[row] : CellEnds[cell - 1] + 1;
        length = CellEnds[cell] - start;
        Debug.Assert(start >= 0 && length >= 0 && start + length <= Length, "a cell lies in its block");
        return Data + start;
    }
}
