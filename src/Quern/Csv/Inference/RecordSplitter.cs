namespace Quern.Csv.Inference;

/// <summary>Splits bytes into records and cells, a byte at a time and in any dialect: for heads and samples of files, and for texts of
/// a few lines. Rows that are read come from the reader.</summary>
/// <remarks>Blank lines and comments are no records. Line ends of all three kinds end a record.</remarks>
sealed class RecordSplitter(CsvDialect dialect)
{
    readonly int _quote = dialect.Quote ?? -1;
    readonly byte _escape = dialect.Escape;
    readonly int _comment = dialect.Comment ?? -1;
    readonly List<(int Start, int Length, bool Quoted)> _cells = [];
    byte[] _bytes = [];
    byte[] _plain = new byte[256];
    int _at;
    int _end;
    bool _isAll;

    /// <summary>How many cells the record has.</summary>
    public int Count => _cells.Count;

    /// <summary>Where the record begins.</summary>
    public int Start { get; private set; }

    /// <summary>Where the next record, or what stands before it, begins.</summary>
    public int Next => _at;

    /// <summary>Something stands between a closing quote and the end of a cell.</summary>
    public bool HasFlaw { get; private set; }

    /// <summary>The bytes end between quotes.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>Where the quote stands that the bytes end behind; -1 when they do not.</summary>
    public int OpenAt => IsOpen ? _cells[^1].Start - 1 : -1;

    /// <summary>Cells of the record that are quoted.</summary>
    public int Quoted { get; private set; }

    /// <summary>Begins with bytes.</summary>
    /// <param name="bytes">Where they are.</param>
    /// <param name="start">The first one, which begins a line.</param>
    /// <param name="end">Behind the last one.</param>
    /// <param name="isAll">No more follow: a last record without a line end is one.</param>
    public void Begin(byte[] bytes, int start, int end, bool isAll) => (_bytes, _at, _end, _isAll) = (bytes, start, end, isAll);

    /// <summary>Passes over physical lines.</summary>
    public void Skip(int lines)
    {
        for (; lines > 0 && _at < _end; lines--) _at = BehindLine(_at);
    }

    /// <summary>Finds the next record; false when there is none that is whole.</summary>
    public bool Read()
    {
        while (_at < _end && (_bytes[_at] is (byte)'\n' or (byte)'\r' || _bytes[_at] == _comment))
            _at = _bytes[_at] == _comment ? BehindLine(_at) : _at + 1;
        if (_at >= _end) return false;
        _cells.Clear();
        (Start, HasFlaw, IsOpen, Quoted) = (_at, false, false, 0);
        var at = _at;
        while (true)
        {
            at = Cell(at);
            if (at >= _end)
            {
                _at = _end;
                return _isAll;
            }
            var b = _bytes[at];
            at++;
            if (b == dialect.Delimiter) continue;
            // A carriage return that ends the bytes may be half of a line end.
            if (b == '\r' && at < _end && _bytes[at] == '\n') at++;
            _at = at;
            return true;
        }
    }

    /// <summary>The text of a cell without its quotes; valid until the next call.</summary>
    public ReadOnlySpan<byte> Text(int cell)
    {
        var (start, length, quoted) = _cells[cell];
        var raw = _bytes.AsSpan(start, length);
        if (!quoted || !raw.Contains(_escape)) return raw;
        if (_plain.Length < length) _plain = new byte[length * 2];
        var count = 0;
        for (var i = 0; i < raw.Length; i++)
        {
            if (raw[i] == _escape && i + 1 < raw.Length && (raw[i + 1] == _quote || raw[i + 1] == _escape)) i++;
            _plain[count++] = raw[i];
        }
        return _plain.AsSpan(0, count);
    }

    /// <summary>Reads a cell; gives where its delimiter or line end stands.</summary>
    int Cell(int start)
    {
        var open = start;
        if (open + 1 < _end && _bytes[open] == ' ' && _bytes[open + 1] == _quote) open++;
        if (_quote < 0 || open >= _end || _bytes[open] != _quote) return Bare(start);
        var at = open + 1;
        for (; at < _end; at++)
        {
            var b = _bytes[at];
            if (b == _escape && at + 1 < _end && _escape != _quote) at++;
            else if (b == _quote && _escape == _quote && at + 1 < _end && _bytes[at + 1] == _quote) at++;
            else if (b == _quote) break;
        }
        if (at >= _end)
        {
            IsOpen = true;
            _cells.Add((open + 1, Math.Max(0, _end - open - 1), true));
            return _end;
        }
        _cells.Add((open + 1, at - open - 1, true));
        Quoted++;
        at++;
        while (at < _end && _bytes[at] == ' ') at++;
        if (at >= _end || IsBreak(_bytes[at])) return at;
        HasFlaw = true;
        while (at < _end && !IsBreak(_bytes[at])) at++;
        return at;
    }

    int Bare(int start)
    {
        var at = start;
        while (at < _end && !IsBreak(_bytes[at])) at++;
        _cells.Add((start, at - start, false));
        return at;
    }

    bool IsBreak(byte b) => b == dialect.Delimiter || b is (byte)'\n' or (byte)'\r';

    int BehindLine(int at)
    {
        var length = _bytes.AsSpan(at, _end - at).IndexOfAny((byte)'\n', (byte)'\r');
        if (length < 0) return _end;
        at += length;
        return _bytes[at] == '\r' && at + 1 < _end && _bytes[at + 1] == '\n' ? at + 2 : at + 1;
    }
}
