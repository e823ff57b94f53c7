namespace Quern.Csv.Values;

/// <summary>Reads the cells of one column, many rows at a time.</summary>
/// <param name="read">What is read.</param>
/// <param name="column">The column's position in the file.</param>
/// <param name="output">Its position in the sink.</param>
abstract unsafe class ColumnParser(CsvRead read, int column, int output)
{
    /// <summary>Position in the read.</summary>
    public int Column { get; } = column;

    /// <summary>Position in the sink.</summary>
    public int Output { get; } = output;

    /// <summary>What was said about the column.</summary>
    protected CsvColumn Wanted { get; } = read.Columns[column];

    /// <summary>An empty cell is NULL.</summary>
    protected bool EmptyIsNull { get; } = NullTexts.HasEmpty(read, read.Columns[column]);

    /// <summary>Texts that stand for NULL, beside the empty one; null for none.</summary>
    protected NullTexts? Nulls { get; } = NullTexts.Of(read, read.Columns[column]);

    /// <summary>Takes quotes off.</summary>
    protected Unquoting Quotes { get; } = new(read.Dialect);

    /// <summary>Bad cells of the batch that something else stands for.</summary>
    protected int BadCells { get; set; }

    /// <summary>Other rows begin: of another chunk, of another block, or of a block that lies elsewhere now.</summary>
    public virtual void Begin()
    {
    }

    /// <summary>Writes the column's cells of all rows.</summary>
    /// <exception cref="QuernException">A cell is not what it should be, and rows are not set aside.</exception>
    public abstract void Parse(RowBatch rows, CellSink sink);

    /// <summary>The parser for a column; its type and format are known to be such as can be read.</summary>
    public static ColumnParser For(CsvRead read, int column, int output) =>
        read.Observe?.Invoke(column) ?? CellTypes.Parser(read, column, output);

    /// <summary>A cell cannot be taken: its row is marked to be set aside, or it ends the read.</summary>
    /// <param name="rows">The batch.</param>
    /// <param name="row">The cell's row.</param>
    /// <param name="text">The cell's text.</param>
    /// <param name="isUtf8">It is text; if not, that is what is wrong.</param>
    protected void Refuse(RowBatch rows, int row, ReadOnlySpan<byte> text, bool isUtf8)
    {
        if (rows.SetsAside)
        {
            rows.SetAside(row, Column, isUtf8);
            return;
        }
        // The row and those behind it leave the batch.
        rows.Cut(row);
        throw isUtf8
            ? CsvFaults.Bad(rows.Source, rows.Place(row), Column, text)
            : CsvFaults.NotUtf8(rows.Source, rows.Place(row), rows.Place(rows.Column(Column).Cell(row, out _)), Column, text);
    }

    /// <summary>Adds the bad cells of the batch to those of the read.</summary>
    protected void CountBad()
    {
        if (BadCells == 0) return;
        read.Counts?.AddBad(Column, BadCells);
        BadCells = 0;
    }
}
