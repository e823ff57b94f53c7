using System.Runtime.CompilerServices;
using System.Text.Unicode;
using Quern.Chunks;

namespace Quern.Csv.Values;

/// <summary>Copies texts, checked to be UTF-8.</summary>
sealed unsafe class TextParser(CsvRead read, int column, int output) : ColumnParser(read, column, output)
{
    readonly RecentTexts _recent = new();

    /// <inheritdoc/>
    public override void Parse(RowBatch rows, CellSink sink)
    {
        var values = (Text*)sink.Values(Output);
        var cells = rows.Column(Column);
        _recent.Clear();
        for (var row = 0; row < rows.Count; row++)
        {
            var cell = cells.Cell(row, out var length);
            if (Quotes.IsQuoted(cell, length))
            {
                var text = Quotes.Text(cell, length);
                fixed (byte* bytes = text) Set(rows, row, bytes, text.Length, values, sink);
                continue;
            }
            // A text is often that of rows before; one copy in the chunk serves them all.
            if (length > Text.InlineBytes && _recent.Find(cell, length, row) is >= 0 and var equal) values[row] = values[equal];
            else Set(rows, row, cell, length, values, sink);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void Set(RowBatch rows, int row, byte* bytes, int length, Text* values, CellSink sink)
    {
        if (rows.HasNonAscii && !Utf8.IsValid(new ReadOnlySpan<byte>(bytes, length))) throw Invalid(rows, row, new(bytes, length));
        if (length > Text.InlineBytes) sink.SetLongText(Output, row, bytes, length);
        else if (length == 0 && Wanted.Empty == OnEmpty.Null) sink.SetNull(Output, row);
        else values[row] = new Text(bytes, length);
    }
}
