using System.Runtime.InteropServices;
using System.Text;
using Quern.Chunks;
using Quern.Csv.Blocks;

namespace Quern.Csv.Values;

/// <summary>Fills columns that the rows of a file do not have: with one text for all rows, read as a cell is, or NULL.</summary>
/// <param name="read">What is read.</param>
sealed unsafe class ConstantCells(CsvRead read) : IDisposable
{
    readonly byte? _quote = read.Dialect.Quote;
    readonly byte _escape = read.Dialect.Escape;
    RowBatch? _rows;
    BlockMemory? _memory;
    int* _length;

    ~ConstantCells() => NativeMemory.Free(_length);

    /// <summary>Fills the column of a parser.</summary>
    /// <param name="parser">Its parser.</param>
    /// <param name="rows">The rows that are filled.</param>
    /// <param name="sink">Where they go.</param>
    /// <exception cref="QuernException">QN3001: the text is none of the column's type.</exception>
    public void Fill(ColumnParser parser, RowBatch rows, CellSink sink)
    {
        var file = rows.Source.File;
        if (file.Constants?[parser.Column] is not { } text)
        {
            if (read.Columns[parser.Column].Type.IsText) new Span<Text>((Text*)sink.Values(parser.Output) + rows.Base, rows.Count).Clear();
            for (var row = 0; row < rows.Count; row++) sink.SetNull(parser.Output, rows.Base + row);
            return;
        }
        _rows ??= new RowBatch();
        _memory ??= new BlockMemory(0);
        if (_length == null) _length = (int*)NativeMemory.Alloc(sizeof(int));
        *_length = Write(text);
        _rows.HasNonAscii = true;
        _rows.Repeat(rows, _memory.First, _length);
        // What it knows of earlier texts lay in the same place.
        parser.Begin();
        try
        {
            parser.Parse(_rows, sink);
        }
        catch (QuernException e)
        {
            throw CsvFaults.Constant(file, read.Columns[parser.Column], text, e.Fault);
        }
    }

    /// <summary>Frees the memory.</summary>
    public void Dispose()
    {
        _rows?.Dispose();
        _memory?.Dispose();
        NativeMemory.Free(_length);
        _length = null;
        GC.SuppressFinalize(this);
    }

    /// <summary>Writes the text as a cell of a file would have it.</summary>
    int Write(string text)
    {
        var most = (2 * Encoding.UTF8.GetMaxByteCount(text.Length)) + 2;
        _memory!.Grow(most);
        var cell = _memory.Span(0, most);
        var plain = Encoding.UTF8.GetBytes(text, cell);
        // A text that looks quoted is put in quotes; any other is a cell as it is.
        if (_quote is not { } quote || !(cell[0] == quote || (cell[0] == ' ' && cell[1] == quote))) return plain;
        var from = cell[..plain].ToArray();
        var at = 0;
        cell[at++] = quote;
        foreach (var b in from)
        {
            if (b == quote || b == _escape) cell[at++] = _escape;
            cell[at++] = b;
        }
        cell[at++] = quote;
        return at;
    }
}
