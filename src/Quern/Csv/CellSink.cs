using Quern.Chunks;

namespace Quern.Csv;

/// <summary>Where a reader puts the cells of up to <see cref="Chunk.Capacity"/> rows: columns in DuckDB's layout, whoever owns
/// their memory.</summary>
abstract unsafe class CellSink
{
    /// <summary>The values of a column, <see cref="Chunk.Capacity"/> of them; valid until the rows are handed on. A text of up to
    /// <see cref="Text.InlineBytes"/> bytes is written here in place.</summary>
    public abstract void* Values(int column);

    /// <summary>Writes a longer text, which is copied, into the values of a column.</summary>
    public abstract void SetLongText(int column, int row, byte* bytes, int length);

    /// <summary>Makes a cell NULL.</summary>
    public abstract void SetNull(int column, int row);

    /// <summary>Moves some rows to the front, in all columns; the others go.</summary>
    /// <param name="rows">Their positions, ascending.</param>
    public abstract void Keep(ReadOnlySpan<int> rows);
}
