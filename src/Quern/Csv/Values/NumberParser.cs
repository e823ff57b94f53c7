using System.Text.Unicode;

namespace Quern.Csv.Values;

/// <summary>Reads values of a fixed width.</summary>
sealed unsafe class NumberParser<T, TCell>(CsvRead read, int column, int output) : ColumnParser(read, column, output)
    where T : unmanaged
    where TCell : ICell<T>
{
    /// <inheritdoc/>
    public override void Parse(RowBatch rows, CellSink sink)
    {
        var values = (T*)sink.Values(Output);
        var cells = rows.Column(Column);
        for (var row = 0; row < rows.Count; row++)
        {
            var cell = cells.Cell(row, out var length);
            if (!TCell.TryQuick(cell, length, out values[row])) Odd(rows, row, cell, length, values, sink);
        }
    }

    void Odd(RowBatch rows, int row, byte* cell, int length, T* values, CellSink sink)
    {
        var text = Quotes.IsQuoted(cell, length) ? Quotes.Text(cell, length) : new ReadOnlySpan<byte>(cell, length);
        // A damaged file, whatever is to happen with a cell that is merely no number.
        if (!Utf8.IsValid(text)) throw Invalid(rows, row, text);
        if (text.IsEmpty ? Wanted.Empty == OnEmpty.Value : !TCell.TryAny(text, out values[row]))
        {
            if (Wanted.Bad == OnBad.Fail)
            {
                rows.Cut(row);
                throw CsvFaults.Bad(rows.Source, rows.Place(row), Column, text);
            }
            sink.SetNull(Output, row);
        }
        else if (text.IsEmpty)
        {
            sink.SetNull(Output, row);
        }
    }
}
