using System.Text.Unicode;
using Quern.Csv.Values;

namespace Quern.Csv.Records;

/// <summary>Shows the cells of a column, with their places, in place of reading them.</summary>
sealed unsafe class LookParser(CsvRead read, int column, CellLook look) : ColumnParser(read, column, 0)
{
    /// <inheritdoc/>
    public override void Parse(RowBatch rows, CellSink sink)
    {
        var cells = rows.Column(Column);
        for (var row = 0; row < rows.Count; row++)
        {
            var cell = cells.Cell(row, out var length);
            var text = Quotes.IsQuoted(cell, length) ? Quotes.Text(cell, length) : new ReadOnlySpan<byte>(cell, length);
            if (rows.HasNonAscii && !Utf8.IsValid(text)) Refuse(rows, row, text, isUtf8: false);
            else look(Column, rows.Place(row), text);
        }
    }
}
