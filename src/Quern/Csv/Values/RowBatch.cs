using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Quern.Csv.Blocks;

namespace Quern.Csv.Values;

/// <summary>Some rows of a block, with their cells found and not yet looked at.</summary>
/// <remarks>Its own memory lives until <see cref="Dispose"/>, what it points to until its reader goes on. A cell's pointer may be
/// read <see cref="BlockMemory.Margin"/> bytes further on either side.</remarks>
sealed unsafe class RowBatch : IDisposable
{
    /// <summary>Rows of a batch at most: their bytes and where their cells end stay in the fast caches while column after column
    /// is read. Measured: 256 take a tenth less time than 2,048.</summary>
    public const int Capacity = 256;

    /// <summary>Memory of a batch.</summary>
    public static int Bytes => Capacity * sizeof(Row);

    Row* _rows = (Row*)NativeMemory.Alloc((nuint)Bytes);

    ~RowBatch() => NativeMemory.Free(_rows);

    /// <summary>How many rows.</summary>
    public int Count { get; private set; }

    /// <summary>Where the first of them goes in the sink.</summary>
    public int Base { get; private set; }

    /// <summary>Bytes above 0x7F may be among them.</summary>
    public bool HasNonAscii { get; set; }

    /// <summary>The file.</summary>
    public BlockSource Source { get; private set; } = null!;

    /// <summary>The block's first byte.</summary>
    public byte* Data { get; private set; }

    /// <summary>Ends of all cells of the block's rows.</summary>
    int* _cellEnds;
    int _length;
    long _offset;
    IReadOnlyList<int>? _positions;
    bool _isConstant;

    /// <summary>Forgets all rows and takes those of a block.</summary>
    /// <param name="block">Where they are.</param>
    /// <param name="cellEnds">Ends of their cells.</param>
    /// <param name="first">Where the first one goes in the sink.</param>
    public void Begin(Block block, int* cellEnds, int first)
    {
        (Count, Base) = (0, first);
        Bad.Clear();
        Source = block.Source!;
        Data = block.Memory.First;
        _cellEnds = cellEnds;
        _length = block.Length;
        _offset = block.Offset;
        _positions = Source.File.Positions;
    }

    /// <summary>Forgets all rows and takes some that consist of one cell each, the same.</summary>
    /// <param name="of">The rows that they stand in for.</param>
    /// <param name="text">The cell.</param>
    /// <param name="length">Its length, which stays where it is while the batch is used, as the cell does.</param>
    public void Repeat(RowBatch of, byte* text, int* length)
    {
        (Source, _length, _offset, _isConstant) = (of.Source, *length, 0, true);
        Data = text;
        _cellEnds = length;
        new Span<Row>(_rows, of.Count).Clear();
        (Count, Base) = (of.Count, of.Base);
    }

    /// <summary>The rows have cells of a column.</summary>
    /// <param name="column">Position in the read.</param>
    public bool Has(int column) => _positions is null || _positions[column] >= 0;

    /// <summary>Adds a row.</summary>
    /// <param name="start">Its first byte.</param>
    /// <param name="firstCell">Where the ends of its cells begin.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(int start, int firstCell)
    {
        Debug.Assert(Count < Capacity, "the batch has room");
        _rows[Count++] = new(start, firstCell);
    }

    /// <summary>Drops a row with a bad cell and all behind it.</summary>
    public void Cut(int row) => Count = row;

    /// <summary>Rows with a bad cell are marked and do not end the read.</summary>
    public bool SetsAside { get; set; }

    /// <summary>The cells that rows were marked for.</summary>
    public List<BadCell> Bad { get; } = [];

    /// <summary>Marks a row.</summary>
    /// <param name="row">Which one.</param>
    /// <param name="column">The column of the bad cell.</param>
    /// <param name="isUtf8">The cell is text, but none of its column's type.</param>
    public void SetAside(int row, int column, bool isUtf8) => Bad.Add(new(row, column, isUtf8));

    /// <summary>The bytes of a row as they stand in the file, without its line end.</summary>
    /// <param name="row">Which one.</param>
    /// <param name="columns">Cells of a row.</param>
    public ReadOnlySpan<byte> Raw(int row, int columns)
    {
        var at = _rows[row];
        return new(Data + at.Start, _cellEnds[at.FirstCell + columns - 1] - at.Start);
    }

    /// <summary>The cells of a column.</summary>
    /// <param name="column">Position in the read.</param>
    public Cells Column(int column) => new(_rows, Data, _cellEnds, _isConstant ? 0 : _positions?[column] ?? column, _length);

    /// <summary>Where a row begins in its file.</summary>
    public long Place(int row) => _offset + _rows[row].Start;

    /// <summary>Where a byte is in its file.</summary>
    public long Place(byte* at) => _offset + (at - Data);

    /// <summary>Frees the memory.</summary>
    public void Dispose()
    {
        NativeMemory.Free(_rows);
        _rows = null;
        GC.SuppressFinalize(this);
    }

    /// <summary>The cells of one column.</summary>
    public readonly ref struct Cells
    {
        readonly Row* _rows;
        readonly byte* _data;
        readonly int* _ends;
        readonly bool _isFirst;
        readonly int _length;

        internal Cells(Row* rows, byte* data, int* ends, int column, int length)
        {
            _rows = rows;
            _data = data;
            _ends = ends + column;
            _isFirst = column == 0;
            _length = length;
        }

        /// <summary>A cell as it stands in the file.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public byte* Cell(int row, out int length)
        {
            var at = _rows[row];
            var ends = _ends + at.FirstCell;
            var start = _isFirst ? at.Start : ends[-1] + 1;
            length = *ends - start;
            Debug.Assert(start >= 0 && length >= 0 && start + length <= _length, "a cell lies in its block");
            return _data + start;
        }
    }

    /// <summary>A cell that its row is set aside for.</summary>
    /// <param name="Row">The row.</param>
    /// <param name="Column">The column.</param>
    /// <param name="IsUtf8">The cell is text, but none of its column's type.</param>
    internal readonly record struct BadCell(int Row, int Column, bool IsUtf8);

    /// <summary>A row of the batch.</summary>
    /// <param name="Start">Its first byte.</param>
    /// <param name="FirstCell">Where the ends of its cells begin.</param>
    internal readonly record struct Row(int Start, int FirstCell);
}
