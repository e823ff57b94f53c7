using System.Globalization;
using System.Text;
using Quern.Csv.Blocks;
using Quern.Csv.Scanning;
using Quern.Csv.Values;

namespace Quern.Csv.Rejects;

/// <summary>Sets aside rows that one reader finds in its block.</summary>
/// <param name="read">What is read; it says where rows go.</param>
sealed unsafe class RowRejects(CsvRead read)
{
    /// <summary>Bytes of a value that a message shows.</summary>
    const int MostShown = 100;

    readonly CsvRejects _rejects = read.Rejects!;
    readonly Unquoting _quotes = new(read.Dialect);
    readonly int[] _kept = new int[RowBatch.Capacity];
    readonly List<(int At, Flaw Flaw)> _flaws = [];
    int _next;
    Block _block = null!;
    long _line;
    int _lineAt;
    bool _afterReturn;

    /// <summary>Rows of the block that were set aside since the last call of <see cref="Take"/>.</summary>
    int _count;

    /// <summary>A block begins.</summary>
    public void Begin(Block block)
    {
        _block = block;
        _flaws.Clear();
        _next = 0;
        (_line, _lineAt, _afterReturn) = (block.Line, 0, block.Border.IsBehindReturn);
    }

    /// <summary>Which row of the batch one is that stayed, as <see cref="Cells"/> said last.</summary>
    public int Kept(int row) => _kept[row];

    /// <summary>How many rows were set aside since the last call.</summary>
    public int Take()
    {
        var count = _count;
        _count = 0;
        return count;
    }

    /// <summary>Finds what is wrong with the structure of some bytes.</summary>
    /// <param name="machine">Before them.</param>
    /// <param name="at">The first one's place in the block.</param>
    /// <param name="count">How many, up to 64.</param>
    public void Look(CellMachine machine, int at, int count)
    {
        var first = _block.Memory.First + at;
        machine.Settle(first);
        for (var i = 0; i < count; i++)
        {
            machine.Step(first + i, 1);
            if (machine.Flaw != Flaw.None) _flaws.Add((at + i, machine.Flaw));
        }
    }

    /// <summary>Sets a row aside when something is wrong with its structure; rows come in their order.</summary>
    /// <param name="start">Its first byte.</param>
    /// <param name="end">Where its last cell ends.</param>
    /// <param name="lineEnd">Bytes of a line end.</param>
    /// <returns>False when nothing is wrong.</returns>
    public bool Structure(int start, int end, int lineEnd)
    {
        while (_next < _flaws.Count && _flaws[_next].At < start) _next++;
        if (_next == _flaws.Count)
        {
            _flaws.Clear();
            _next = 0;
            return false;
        }
        var (at, flaw) = _flaws[_next];
        if (at >= end + lineEnd) return false;
        // A line feed alone is shorter than the line ends of the file; behind its last row may be none.
        if (lineEnd == 2 && end + 1 < _block.Length && (end < start || _block.Memory.First[end] != '\r')) end++;
        if (flaw == Flaw.AfterQuote) Add(start, end, null, "QN3107", "a field goes on after its closing quote");
        else Add(start, end, null, "QN3108", "a row has another line end than the first one");
        return true;
    }

    /// <summary>Sets a row of another width aside.</summary>
    public void Ragged(int start, int end, int cells) => Add(start, end, null, "QN3106", string.Create(
        CultureInfo.InvariantCulture,
        $"a row has another number of fields than the header: {cells:N0}, wanted {_block.Source!.Width:N0}"));

    /// <summary>Sets the rest of a file aside, in which a quote is not closed.</summary>
    public void Open(int start)
    {
        var rest = new ReadOnlySpan<byte>(_block.Memory.First + start, _block.Length - start);
        var afterReturn = false;
        var message = string.Create(
            CultureInfo.InvariantCulture,
            $"a quote is never closed: all that follows is in this row, with {LineCount.Ends(rest, ref afterReturn):N0} line ends");
        Add(start, _block.Length, null, "QN2015", message, Math.Max(0, OpenQuote.In(rest, read.Dialect)));
    }

    /// <summary>Sets rows with bad cells aside.</summary>
    /// <param name="rows">The batch, with its marks.</param>
    /// <returns>Where the rows that stay are in the sink.</returns>
    public ReadOnlySpan<int> Cells(RowBatch rows)
    {
        var marks = rows.Bad;
        marks.Sort(static (a, b) => a.Row != b.Row ? a.Row.CompareTo(b.Row) : a.Column.CompareTo(b.Column));
        var (next, kept) = (0, 0);
        for (var row = 0; row < rows.Count; row++)
        {
            if (next == marks.Count || marks[next].Row != row)
            {
                _kept[kept++] = rows.Base + row;
                continue;
            }
            Cell(rows, marks[next]);
            while (next < marks.Count && marks[next].Row == row) next++;
        }
        return _kept.AsSpan(0, kept);
    }

    void Cell(RowBatch rows, RowBatch.BadCell mark)
    {
        var column = read.Columns[mark.Column];
        var start = (int)(rows.Place(mark.Row) - _block.Offset);
        var end = WithEmptyCells(start + rows.Raw(mark.Row, _block.Source!.Width).Length);
        var cell = rows.Column(mark.Column).Cell(mark.Row, out var length);
        var text = _quotes.IsQuoted(cell, length) ? _quotes.Text(cell, length) : new ReadOnlySpan<byte>(cell, length);
        if (mark.IsUtf8)
        {
            Add(start, end, column.Name, "QN3001", $"a value does not fit its column: {Shown(text)}, wanted {column.Type}");
            return;
        }
        var all = new ReadOnlySpan<byte>(cell, length);
        var bad = all;
        while (Rune.DecodeFromUtf8(bad, out _, out var used) == System.Buffers.OperationStatus.Done) bad = bad[used..];
        Add(start, end, column.Name, "QN2013", string.Create(
            CultureInfo.InvariantCulture, $"the file is not UTF-8: byte 0x{bad[0]:X2} at {rows.Place(cell) + all.Length - bad.Length:N0}"));
    }

    /// <summary>Where a row ends; cells behind its last column are empty, or it would be none.</summary>
    /// <param name="end">Where the last column ends.</param>
    int WithEmptyCells(int end)
    {
        var bytes = _block.Memory.Span(0, _block.Length);
        var quote = read.Dialect.Quote;
        while (end < bytes.Length && bytes[end] == read.Dialect.Delimiter)
        {
            end++;
            if (end + 1 < bytes.Length && bytes[end] == quote && bytes[end + 1] == quote) end += 2;
        }
        return end;
    }

    void Add(int start, int end, string? column, string code, string message, int? quote = null)
    {
        _count++;
        var raw = new ReadOnlySpan<byte>(_block.Memory.First + start, end - start);
        var place = _block.Offset + start;
        _rejects.Add(new(_block.Source!.File, place, LineOf(start), column, code, message) { OpenAt = place + quote }, raw);
    }

    /// <summary>The line of a row, when the block knows its own.</summary>
    long? LineOf(int start)
    {
        if (_line == 0) return null;
        // Bad cells are found behind rows of another width, so the count may have to begin again.
        if (start < _lineAt) (_line, _lineAt, _afterReturn) = (_block.Line, 0, _block.Border.IsBehindReturn);
        _line += LineCount.Ends(new(_block.Memory.First + _lineAt, start - _lineAt), ref _afterReturn);
        _lineAt = start;
        return _line;
    }

    static string Shown(ReadOnlySpan<byte> text) =>
        text.Length <= MostShown ? $"\"{Encoding.UTF8.GetString(text)}\"" : $"\"{Encoding.UTF8.GetString(text[..MostShown])}...\"";
}
