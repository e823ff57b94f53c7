using System.Text.Unicode;
using Quern.Csv.Values;

namespace Quern.Csv.Inference;

/// <summary>Looks at the cells of a column in place of reading them.</summary>
sealed unsafe class FactParser(
    CsvRead read, int column, ColumnFacts facts, IReadOnlyList<byte[]> nulls, IReadOnlyDictionary<string, int> files)
    : ColumnParser(read, column, 0)
{
    /// <summary>What its cells have shown.</summary>
    public ColumnFacts Facts => facts;

    /// <inheritdoc/>
    public override void Parse(RowBatch rows, CellSink sink)
    {
        var cells = rows.Column(Column);
        var place = Witness.PlaceOf(files[rows.Source.File.Path], 0);
        for (var row = 0; row < rows.Count; row++)
        {
            var cell = cells.Cell(row, out var length);
            var text = Quotes.IsQuoted(cell, length) ? Quotes.Text(cell, length) : new ReadOnlySpan<byte>(cell, length);
            if (rows.HasNonAscii && !Utf8.IsValid(text)) Refuse(rows, row, text, isUtf8: false);
            else if (Said(text)) facts.AddNull();
            else facts.Add(text, place + rows.Place(row));
        }
    }

    bool Said(ReadOnlySpan<byte> text)
    {
        for (var i = 0; i < nulls.Count; i++)
            if (text.SequenceEqual(nulls[i])) return true;
        return false;
    }
}
