using System.Text.Unicode;

namespace Quern.Csv.Values;

/// <summary>Reads values of a fixed width.</summary>
/// <param name="read">What is read.</param>
/// <param name="column">The column's position in the file.</param>
/// <param name="output">Its position in the sink.</param>
/// <param name="cell">Reads one.</param>
sealed unsafe class NumberParser<T, TCell>(CsvRead read, int column, int output, TCell cell) : ColumnParser(read, column, output)
    where T : unmanaged
    where TCell : ICell<T>
{
    /// <summary>A text that stands for NULL is quickly read as a value, so that all cells are compared first.</summary>
    readonly bool _nullsFirst = LookLikeValues(read, column, cell);

    /// <inheritdoc/>
    public override void Parse(RowBatch rows, CellSink sink)
    {
        var values = (T*)sink.Values(Output) + rows.Base;
        var cells = rows.Column(Column);
        var kind = cell;
        var (looksFirst, emptyIsNull) = (_nullsFirst, EmptyIsNull);
        for (var row = 0; row < rows.Count; row++)
        {
            var at = cells.Cell(row, out var length);
            if (length == 0 && emptyIsNull) SetNull(rows, row, values, sink);
            else if (looksFirst && Nulls!.Contains(new(at, length))) SetNull(rows, row, values, sink);
            else if (!kind.TryQuick(at, length, out values[row])) Odd(rows, row, at, length, values, sink);
        }
        CountBad();
    }

    static bool LookLikeValues(CsvRead read, int column, TCell cell)
    {
        if (NullTexts.Of(read, read.Columns[column]) is not { } nulls) return false;
        // As in a block, bytes around the text may be read.
        var room = new byte[nulls.All.Max(text => text.Length) + 128];
        fixed (byte* first = room)
        {
            foreach (var text in nulls.All)
            {
                text.CopyTo(room, 64);
                if (cell.TryQuick(first + 64, text.Length, out _)) return true;
            }
        }
        return false;
    }

    void Odd(RowBatch rows, int row, byte* at, int length, T* values, CellSink sink)
    {
        var isQuoted = Quotes.IsQuoted(at, length);
        var text = isQuoted ? Quotes.Text(at, length) : new ReadOnlySpan<byte>(at, length);
        // A damaged file, whatever is to happen with a cell that is merely no number.
        if (!Utf8.IsValid(text)) Refuse(rows, row, text, isUtf8: false);
        else if (Nulls is not null && Nulls.Contains(text)) SetNull(rows, row, values, sink);
        else if (text.IsEmpty && EmptyIsNull) SetNull(rows, row, values, sink);
        else if (text.IsEmpty) Bad(rows, row, text, values, sink);
        else if (isQuoted && TryInside(text, at, length, out values[row])) return;
        else if (!cell.TryAny(text, out values[row])) Bad(rows, row, text, values, sink);
    }

    /// <summary>What stands between quotes is mostly written as nearly all cells are; it lies in the block unless it has escapes.</summary>
    bool TryInside(ReadOnlySpan<byte> text, byte* at, int length, out T value)
    {
        value = default;
        fixed (byte* first = text)
            return first > at && first < at + length && cell.TryQuick(first, text.Length, out value);
    }

    void SetNull(RowBatch rows, int row, T* values, CellSink sink)
    {
        values[row] = default;
        sink.SetNull(Output, rows.Base + row);
    }

    void Bad(RowBatch rows, int row, ReadOnlySpan<byte> text, T* values, CellSink sink)
    {
        switch (Wanted.Bad)
        {
            case OnBad.Null:
                SetNull(rows, row, values, sink);
                BadCells++;
                break;
            case OnBad.Zero:
                values[row] = default;
                BadCells++;
                break;
            default:
                values[row] = default;
                Refuse(rows, row, text, isUtf8: true);
                break;
        }
    }
}
