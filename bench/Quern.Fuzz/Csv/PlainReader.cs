using Quern.Csv;

namespace Quern.Fuzz.Csv;

/// <summary>
/// The rows of a file, found a byte after the other by the words of <see cref="CsvDialect"/>, with none of the reader's code: a cell
/// is looked for after the other, and what is wrong with one is kept, as those who set rows aside go on behind it.
/// </summary>
/// <param name="bytes">The file, as UTF-8.</param>
/// <param name="dialect">How cells and rows are told apart.</param>
sealed class PlainReader(byte[] bytes, CsvDialect dialect)
{
    const byte Feed = (byte)'\n';
    const byte Return = (byte)'\r';
    const byte Blank = (byte)' ';

    string _lineEnd = "\n";
    int _at;

    // The row that is being read.
    string? _flaw;
    int _flawAt;
    bool _isOpen;

    /// <summary>How the rows end.</summary>
    public string LineEnd => _lineEnd;

    /// <summary>Where the rows begin.</summary>
    public int First { get; private set; }

    /// <summary>Cells of the header; null when there is none.</summary>
    public int? HeaderCells { get; private set; }

    /// <summary>The rows, comments among them.</summary>
    public List<PlainRow> Rows()
    {
        Head();
        First = _at;
        var rows = new List<PlainRow>();
        while (_at < bytes.Length) rows.Add(Row());
        return rows;
    }

    /// <summary>Line ends in front of a byte, whatever stands around them; from 1.</summary>
    public static long Line(ReadOnlySpan<byte> bytes, int at)
    {
        var line = 1L;
        for (var i = 0; i < at; i++)
            if (bytes[i] == Return || (bytes[i] == Feed && (i == 0 || bytes[i - 1] != Return))) line++;
        return line;
    }

    /// <summary>What a cell stands for.</summary>
    public byte[] Text((int Start, int End) cell)
    {
        var (from, to) = (cell.Start, cell.End);
        if (to - from < 2 || (!IsQuote(from) && !(bytes[from] == Blank && IsQuote(from + 1)))) return bytes[from..to];
        from += IsQuote(from) ? 1 : 2;
        while (bytes[to - 1] == Blank) to--;
        to--;
        var text = new List<byte>();
        for (; from < to; from++)
        {
            var isEscape = bytes[from] == dialect.Escape && from + 1 < to
                && (bytes[from + 1] == dialect.Quote || bytes[from + 1] == dialect.Escape);
            if (isEscape) from++;
            text.Add(bytes[from]);
        }
        return [.. text];
    }

    void Head()
    {
        if (bytes is [0xEF, 0xBB, 0xBF, ..]) _at = 3;
        for (var line = 0; line < dialect.LinesAbove; line++) PassLine();
        var rows = _at;
        string? known = null;
        while (_at < bytes.Length)
        {
            if (EndAt(_at) is { } end)
            {
                known ??= end;
                _at += end.Length;
            }
            else if (bytes[_at] == dialect.Comment)
            {
                var passed = PassLine();
                known ??= passed;
            }
            else
            {
                break;
            }
        }
        var header = _at;
        var cells = PassHeader();
        var last = EndAt(_at);
        _lineEnd = known ?? last ?? "\n";
        if (!dialect.HasHeader)
        {
            _at = rows;
            return;
        }
        if (header < bytes.Length) HeaderCells = cells;
        if (last == _lineEnd) _at += last.Length;
    }

    /// <summary>Passes over names; what is wrong among them is not asked.</summary>
    int PassHeader()
    {
        var (cells, isCell) = (1, true);
        for (; _at < bytes.Length && EndAt(_at) is null; _at++)
        {
            var first = isCell && bytes[_at] == Blank && dialect.Delimiter != Blank && IsQuote(_at + 1) ? _at + 1 : _at;
            if (isCell && IsQuote(first))
            {
                _at = Closing(first + 1) is >= 0 and var behind ? behind : bytes.Length;
                if (_at == bytes.Length || EndAt(_at) is not null) break;
            }
            isCell = bytes[_at] == dialect.Delimiter;
            if (isCell) cells++;
        }
        return cells;
    }

    /// <summary>Behind the next line end, which is what it gives.</summary>
    string? PassLine()
    {
        while (_at < bytes.Length && EndAt(_at) is null) _at++;
        var end = EndAt(_at);
        _at += end?.Length ?? 0;
        return end;
    }

    PlainRow Row()
    {
        (_flaw, _isOpen) = (null, false);
        var start = _at;
        var cells = new List<(int, int)>();
        var isComment = bytes[_at] == dialect.Comment;
        if (isComment) PassComment();
        else Cells(cells);
        var end = _at;
        if (_at < bytes.Length) Pass();
        // The file may end with the first half of a line end.
        else if (_lineEnd == "\r\n" && !_isOpen && end > start && bytes[end - 1] == Return) end--;
        if (cells.Count > 0 && cells[^1] is var last && last.Item2 > end) cells[^1] = (last.Item1, end);
        return new(start, end, cells, _flaw, _flawAt, _isOpen, isComment);

        void Pass()
        {
            if (bytes[_at] == Return && _lineEnd == "\r\n") _at++;
            else if (bytes[_at] == Feed && _lineEnd == "\r\n") Found("QN3108", _at);
            _at++;
        }
    }

    void PassComment()
    {
        var last = _lineEnd == "\r" ? Return : Feed;
        while (_at < bytes.Length && bytes[_at] != last) _at++;
        if (_lineEnd == "\r\n" && _at < bytes.Length && bytes[_at - 1] == Return) _at--;
    }

    void Cells(List<(int, int)> cells)
    {
        var start = _at;
        var isCell = true;
        while (true)
        {
            if (isCell) PassQuoted();
            isCell = false;
            if (_isOpen || _at == bytes.Length || IsEnd(_at)) break;
            if (bytes[_at] == dialect.Delimiter)
            {
                cells.Add((start, _at));
                start = _at + 1;
                isCell = true;
            }
            else if (bytes[_at] is Feed or Return)
            {
                // What follows may be in quotes again.
                if (_lineEnd != "\r\n") Found("QN3108", _at);
                else if (_at + 1 < bytes.Length) Found("QN3108", _at + 1);
                isCell = true;
            }
            _at++;
        }
        cells.Add((start, _at));
    }

    /// <summary>Passes over what is in quotes, if a cell begins with some, and the blanks behind.</summary>
    void PassQuoted()
    {
        var first = _at < bytes.Length && bytes[_at] == Blank && dialect.Delimiter != Blank ? _at + 1 : _at;
        if (!IsQuote(first)) return;
        var behind = Closing(first + 1);
        if (behind < 0)
        {
            (_at, _isOpen) = (bytes.Length, true);
            return;
        }
        _at = behind;
        if (dialect.Delimiter != Blank)
            while (_at < bytes.Length && bytes[_at] == Blank) _at++;
        if (_at < bytes.Length && bytes[_at] != dialect.Delimiter && bytes[_at] is not (Feed or Return)) Found("QN3107", _at);
    }

    /// <summary>Behind the quote that closes; -1 when none does.</summary>
    int Closing(int at)
    {
        for (; at < bytes.Length; at++)
        {
            var isDoubled = dialect.Escape == dialect.Quote && IsQuote(at) && IsQuote(at + 1);
            if (isDoubled || (dialect.Escape != dialect.Quote && bytes[at] == dialect.Escape)) at++;
            else if (IsQuote(at)) return at + 1;
        }
        return -1;
    }

    bool IsQuote(int at) => dialect.Quote is { } quote && at < bytes.Length && bytes[at] == quote;

    bool IsEnd(int at) => _lineEnd switch
    {
        "\n" => bytes[at] == Feed,
        "\r" => bytes[at] == Return,
        _ => bytes[at] == Feed || (bytes[at] == Return && at + 1 < bytes.Length && bytes[at + 1] == Feed),
    };

    string? EndAt(int at) =>
        at >= bytes.Length ? null
        : bytes[at] == Feed ? "\n"
        : bytes[at] != Return ? null
        : at + 1 < bytes.Length && bytes[at + 1] == Feed ? "\r\n" : "\r";

    void Found(string code, int at)
    {
        if (_flaw is null) (_flaw, _flawAt) = (code, at);
    }
}
