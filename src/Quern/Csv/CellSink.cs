using Quern.Chunks;

namespace Quern.Csv;

/// <summary>Where a reader puts the cells of up to <see cref="Chunk.Capacity"/> rows: columns in DuckDB's layout, whoever owns
/// their memory.</summary>
abstract unsafe class CellSink
{
    /// <summary>The values of a column, <see cref="Chunk.Capacity"/> of them; valid until the rows are handed on. A text of up to
    /// <see cref="Text.InlineBytes"/> bytes is written here in place.</summary>
    public abstract void* Values(int column);

    /// <summary>Takes a longer text, which is copied. It is one of the values at once, and whole when <see cref="EndTexts"/> was
    /// called.</summary>
    /// <param name="column">The column.</param>
    /// <param name="values">Its values.</param>
    /// <param name="row">The row.</param>
    /// <param name="bytes">The text; 32 bytes more may be read.</param>
    /// <param name="length">How many bytes.</param>
    public abstract void SetLongText(int column, Text* values, int row, byte* bytes, int length);

    /// <summary>The column has the texts of all its rows so far.</summary>
    public abstract void EndTexts(int column, Text* values, int rows);

    /// <summary>Makes a cell NULL.</summary>
    public abstract void SetNull(int column, int row);

    /// <summary>Moves some rows up behind those in front, in all columns; the others go.</summary>
    /// <param name="first">How many are in front.</param>
    /// <param name="rows">Their positions, ascending.</param>
    public abstract void Keep(int first, ReadOnlySpan<int> rows);
}
