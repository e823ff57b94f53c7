using Quern.Chunks;

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

    /// <summary>Takes quotes off.</summary>
    protected Unquoting Quotes { get; } = new(read.Dialect);

    /// <summary>Writes the column's cells of all rows.</summary>
    /// <exception cref="QuernException">A cell is not what it should be.</exception>
    public abstract void Parse(RowBatch rows, CellSink sink);

    /// <summary>The parser for a column.</summary>
    public static ColumnParser For(CsvRead read, int column, int output) => read.Columns[column].Type.Kind switch
    {
        TypeKind.Varchar => new TextParser(read, column, output),
        TypeKind.Double => new NumberParser<double, DoubleCell>(read, column, output),
        TypeKind.BigInt => new NumberParser<long, WholeCell>(read, column, output),
        TypeKind.Timestamp => new NumberParser<long, MomentCell>(read, column, output),
        var kind => throw new ArgumentException($"a CSV column is not read as {LogicalType.Of(kind)}"),
    };

    /// <summary>The fault of a cell that is not UTF-8, whose row and those behind it leave the batch.</summary>
    /// <param name="rows">The batch.</param>
    /// <param name="row">The cell's row.</param>
    /// <param name="text">The cell's text.</param>
    protected QuernException Invalid(RowBatch rows, int row, ReadOnlySpan<byte> text)
    {
        rows.Cut(row);
        var cell = rows.Column(Column).Cell(row, out _);
        return CsvFaults.NotUtf8(rows.Source, rows.Place(row), rows.Place(cell), Column, text);
    }
}
