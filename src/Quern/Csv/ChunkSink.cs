using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Quern.Chunks;
using Quern.Duck;

namespace Quern.Csv;

/// <summary>Puts cells into a chunk in the engine's memory.</summary>
/// <remarks>
/// <para>The long texts of a column are gathered, and the engine copies them at once into the heap of the vector, as the one text of
/// the last row; then each row gets its own part of that copy. So a column needs one call and one allocation for a chunk, where
/// the calls for each text cost more than the copying.</para>
/// <para>This is as safe as a text for each row: all of them lie in the heap of the vector that they stand in, which lives as long as
/// anything that refers to the vector; an operator that keeps a text beyond that copies its bytes, wherever they lie in
/// the heap. Tests send such texts through every operator that keeps some, with the memory here overwritten behind them.</para>
/// </remarks>
sealed unsafe class ChunkSink : CellSink
{
    /// <summary>Bytes that are handed over at once; some columns have more in a chunk.</summary>
    public const int PieceBytes = 1 << 18;

    /// <summary>Texts from this length on are handed over one by one: the call costs little beside the copying.</summary>
    const int LeastAlone = 1 << 13;

    /// <summary>Copied at a time; a text may be read, and the piece written, so far beyond its end.</summary>
    const int Step = 32;

    // Does not move, as texts point into it for a while.
    readonly byte[] _piece = GC.AllocateUninitializedArray<byte>(PieceBytes + Step, pinned: true);
    int _used;
    int _firstRow;
    int _lastRow;

    /// <summary>The chunk, valid while a reader fills it.</summary>
    public ChunkWriter? Output { get; set; }

    /// <inheritdoc/>
    public override void* Values(int column)
    {
        _used = 0;
        var vector = Output![column];
        // Memory of the engine does not move: the pointer is as good as the span.
        return vector.Type.Width switch
        {
            1 => First(vector.Values<byte>()),
            2 => First(vector.Values<short>()),
            4 => First(vector.Values<int>()),
            8 => First(vector.Values<long>()),
            _ => First(vector.Values<Int128>()),
        };
    }

    /// <inheritdoc/>
    public override void SetLongText(int column, Text* values, int row, byte* bytes, int length)
    {
        if (length >= LeastAlone)
        {
            Output![column].SetCheckedText(row, new ReadOnlySpan<byte>(bytes, length));
            return;
        }
        if (_used + length > PieceBytes) HandOver(column, values, row);
        if (_used == 0) _firstRow = row;
        var to = Piece + _used;
        for (var i = 0; i < length; i += Step) Unsafe.CopyBlockUnaligned(to + i, bytes + i, Step);
        values[row] = new Text(to, length);
        _used += length;
        _lastRow = row;
    }

    /// <inheritdoc/>
    public override void EndTexts(int column, Text* values, int rows)
    {
        if (_used > 0) HandOver(column, values, rows);
    }

    /// <inheritdoc/>
    public override void SetNull(int column, int row) => Output![column].SetNull(row);

    /// <inheritdoc/>
    public override void Keep(int first, ReadOnlySpan<int> rows)
    {
        for (var column = 0; column < Output!.Schema.Count; column++) Output[column].Keep(first, rows);
    }

    byte* Piece => (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_piece));

    /// <summary>Gives the rows from the first one that waits up to another their texts in the heap of the vector.</summary>
    void HandOver(int column, Text* values, int end)
    {
        var piece = Piece;
        var last = values[_lastRow];
        Output![column].SetCheckedText(_lastRow, new ReadOnlySpan<byte>(piece, _used));
        var by = (nint)(values[_lastRow].First - piece);
        values[_lastRow] = last;
        for (var row = _firstRow; row < end; row++)
        {
            // A row may have the text of one before it; what lies in a NULL row does not matter.
            var text = values[row];
            if (text.Length > Text.InlineBytes && (nuint)(text.First - piece) < (nuint)_used) values[row] = text.Moved(by);
        }
        Poison.Fill(_piece.AsSpan(0, _used));
        _used = 0;
    }

    static void* First<T>(Span<T> values) where T : unmanaged => Unsafe.AsPointer(ref MemoryMarshal.GetReference(values));
}
