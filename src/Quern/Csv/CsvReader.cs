using System.Numerics;
using Quern.Chunks;
using Quern.Csv.Blocks;
using Quern.Csv.Rejects;
using Quern.Csv.Scanning;
using Quern.Csv.Values;

namespace Quern.Csv;

/// <summary>What one thread reads of a <see cref="CsvPass"/>: blocks from its queue, rows out of them.</summary>
/// <remarks>For one thread at a time. Rows of a block come in their order; blocks go to whoever asks next.</remarks>
sealed unsafe class CsvReader : IDisposable
{
    /// <summary>Rows from which on a chunk is given out at the end of a block; with fewer it takes those of the next one too.</summary>
    const int LeastRows = Chunk.Capacity / 2;

    readonly CsvRead _read;
    readonly IReadOnlyList<int> _columns;
    readonly BlockQueue _queue;
    readonly bool _isOnly;
    readonly ColumnParser[] _parsers;
    readonly Block _block;
    readonly RowIndex _index = new(RowBatch.Capacity);
    readonly RowBatch _rows = new();
    readonly ConstantCells _constants;
    readonly RowRejects? _rejects;
    CellMachine _machine;
    bool _hasBlock;

    // The next byte that the machine takes, and the start of the row it is in.
    int _at;
    int _openStart;

    // The start of the next row of the index, and how many of its rows were given out.
    int _rowStart;
    int _used;

    // Cells of the file's rows; blank lines are rows.
    int _width;
    bool _hasBlankRows;
    // Rows of the batch, good and bad, and their bytes.
    long _found;
    long _foundBytes;

    // What is wrong behind the rows of the index.
    QuernException? _failure;

    // What is wrong behind the rows that were given out last.
    QuernException? _next;

    // A row of the index itself is wrong.
    bool _isRagged;

    // Rows of the batch were set aside: those that were given out are told by the rejects.
    bool _isCut;

    // The first row of the index began before the block.
    bool _isPartial;

    internal CsvReader(CsvRead read, IReadOnlyList<int> columns, BlockQueue queue, bool isOnly)
    {
        _columns = columns;
        _isOnly = isOnly;
        _read = read;
        _queue = queue;
        _parsers = [.. columns.Select((column, i) => ColumnParser.For(read, column, i))];
        _constants = new(read);
        _block = new(read.Memory(read.BlockBytes));
        if (read.Rejects is not null) _rejects = new(read);
        _rows.SetsAside = read.Rejects is not null;
    }

    /// <summary>Writes the next rows into a sink.</summary>
    /// <returns>How many, up to <see cref="Chunk.Capacity"/>; 0 when there are no more.</returns>
    /// <exception cref="QuernException">A file cannot be read, or holds what it must not.</exception>
    public int Fill(CellSink sink)
    {
        if (_next is not null) throw _next;
        var rows = 0;
        try
        {
            Restart();
            while (rows < LeastRows && (_hasBlock || Next())) rows = FillBlock(sink, rows);
            return rows;
        }
        catch (QuernException fault) when (rows > 0)
        {
            _next = First(fault);
            return rows;
        }
        catch (QuernException fault) when (First(fault) is var first && first != fault)
        {
            throw first;
        }
    }

    /// <summary>Takes the next block; false when there is none.</summary>
    public bool Next()
    {
        if (!_queue.Next(_block)) return false;
        Begin();
        return true;
    }

    /// <summary>Takes a block of a run.</summary>
    /// <param name="source">Its file.</param>
    /// <param name="file">Which of the files that is.</param>
    /// <param name="index">Which block of it.</param>
    public void Next(PlainSource source, int file, int index)
    {
        BlockQueue.Leave(_block);
        (_block.FileIndex, _block.Index, _block.Source) = (file, index, source);
        source.Load(_block, index);
        Begin();
    }

    /// <summary>The block that is read: which file, and which block of it; the file is -1 when there is none.</summary>
    public (int File, int Index) Block => (_block.FileIndex, _block.Index);

    /// <summary>Writes the next rows of the block into a sink; faults are those that stand in the block.</summary>
    /// <returns>How many; 0 when the block has no more.</returns>
    public int FillBlock(CellSink sink)
    {
        Restart();
        return FillBlock(sink, 0);
    }

    /// <summary>Appends rows of the block, a batch at a time.</summary>
    /// <param name="sink">Where they go.</param>
    /// <param name="rows">How many it has.</param>
    /// <param name="most">With so many it has enough.</param>
    /// <returns>How many there are now.</returns>
    int FillBlock(CellSink sink, int rows, int most = Chunk.Capacity)
    {
        var first = rows;
        while (_hasBlock && rows < most)
        {
            _index.Drop(_used);
            Look();
            Collect(rows);
            if (_rows.Count > 0)
            {
                Parse(sink);
                rows += Count();
                continue;
            }
            Count();
            if (_failure is not null && rows == first) throw _failure;
            if (_failure is not null) return rows;
            if (IsLooked) _hasBlock = false;
        }
        return rows;
    }

    /// <summary>Writes the rows of one batch into a sink, for <see cref="RowAt"/>.</summary>
    /// <returns>How many; 0 when there are no more.</returns>
    public int FillBatch(CellSink sink)
    {
        while (_hasBlock || Next())
        {
            Restart();
            if (FillBlock(sink, 0, 1) is > 0 and var rows) return rows;
        }
        return 0;
    }

    /// <summary>A row that <see cref="FillBatch"/> gave out last: its first byte in the (uncompressed) file, and its bytes without the line end.</summary>
    /// <param name="row">Which one, from 0.</param>
    public (long At, byte[] Raw) RowAt(int row)
    {
        var found = _isCut ? _rejects!.Kept(row) : row;
        return (_rows.Place(found), _rows.Raw(found, _width).ToArray());
    }

    /// <summary>Frees the memory.</summary>
    public void Dispose()
    {
        // Who asks where something stands must not find a block that is gone.
        _block.Source?.Release(_block);
        _block.Source = null;
        _block.Dispose();
        _index.Dispose();
        _rows.Dispose();
        _constants.Dispose();
    }

    /// <summary>Of the faults of a file that is read by several threads the first one is named.</summary>
    QuernException First(QuernException fault) =>
        !_isOnly && _rejects is null && _block.Source is { File.Once: null } && _block.Offset > 0
            ? FirstFault.Of(_read, _columns, File, fault)
            : fault;

    void Restart()
    {
        foreach (var parser in _parsers) parser.Begin();
    }

    /// <summary>Counts the rows that were looked at; how many of them stay.</summary>
    int Count()
    {
        var rejected = _rejects?.Take() ?? 0;
        if (_found > 0)
        {
            _read.Counts?.AddRows(_found, _rows.Count, rejected);
            _read.Rejects?.Found(_found, _foundBytes, rejected);
        }
        (_found, _foundBytes) = (0, 0);
        return _rows.Count;
    }

    /// <summary>Parses column by column. Of bad cells that of the first row is named.</summary>
    void Parse(CellSink sink)
    {
        QuernException? failure = null;
        foreach (var parser in _parsers)
        {
            try
            {
                if (_rows.Has(parser.Column)) parser.Parse(_rows, sink);
                else _constants.Fill(parser, _rows, sink);
            }
            catch (QuernException e)
            {
                // The parser has shortened the batch to the rows in front of the bad cell.
                failure = e;
            }
        }
        if (failure is not null) throw failure;
        if (_rows.Bad.Count == 0) return;
        var kept = _rejects!.Cells(_rows);
        sink.Keep(_rows.Base, kept);
        _rows.Cut(kept.Length);
        Restart();
        _isCut = true;
    }

    /// <summary>All rows of the block are in the index. What is left of a row that began before it is no row of it.</summary>
    bool IsLooked => _openStart >= _block.Own || (_isPartial && _index.RowCount == 0 && _at >= _block.Own);

    void Begin()
    {
        _hasBlock = true;
        _machine = _block.Source!.Machine();
        var border = _block.Border;
        (_machine.State, _machine.AfterReturn, _machine.IsRowStart) = (border.State, border.AfterReturn, border.IsRowStart);
        (_width, _hasBlankRows) = (_block.Source.Width, _block.Source.HasBlankRows);
        _isPartial = !border.IsRowStart;
        _rejects?.Begin(_block);
        (_at, _openStart, _rowStart, _used) = (0, 0, 0, 0);
        _index.Clear();
        Restart();
    }

    /// <summary>Puts the next rows of the block into the index.</summary>
    void Look()
    {
        while (!_index.IsFull && !IsLooked && _failure is null)
        {
            if (_block.Length - _at >= ByteMasks.Width && Quick()) continue;
            var count = Math.Min(ByteMasks.Width, _block.Length - _at);
            if (count < ByteMasks.Width && !_block.IsLast)
            {
                // The bytes that were looked at, not those that are loaded: where a file is cut must not matter.
                if (_at - _openStart <= _read.MaxRowBytes + 1) Extend();
                else _failure = TooLong(_openStart);
                continue;
            }
            if (count == 0)
            {
                EndOfFile();
                return;
            }
            var (state, afterReturn) = (_machine.State, _machine.AfterReturn);
            _machine.Step(_block.Memory.First + _at, count);
            if (_machine.Flaw != Flaw.None) Check(state, afterReturn, count);
            _index.Add(_machine.Delimiters, _machine.Ends, _at, _machine.LineEndBytes - 1);
            if (_machine.Ends != 0) _openStart = _at + ByteMasks.Width - BitOperations.LeadingZeroCount(_machine.Ends);
            _at += count;
        }
    }

    /// <summary>Loads more of the last row. The block may lie elsewhere then, so what is known by its place there is forgotten.</summary>
    void Extend()
    {
        var first = _block.Memory.First;
        _block.Source!.Extend(_block);
        if (_block.Memory.First != first) Restart();
    }

    /// <summary>Takes whole steps for as long as nothing but cells and rows is found.</summary>
    bool Quick()
    {
        // A copy, which the compiler can keep where it is fast.
        var machine = _machine;
        var (at, own, most) = (_at, _block.Own, _block.Length - ByteMasks.Width);
        if (_isPartial) most = Math.Min(most, own - 1);
        var start = at;
        var first = _block.Memory.First;
        for (; at <= most && _openStart < own && !_index.IsFull && _failure is null; at += ByteMasks.Width)
        {
            var run = machine.Run(first, at, most, own, _index, ref _openStart);
            if (run > at)
            {
                at = run - ByteMasks.Width;
                continue;
            }
            var (state, afterReturn) = (machine.State, machine.AfterReturn);
            machine.Step(first + at, ByteMasks.Width);
            if (machine.Flaw != Flaw.None)
            {
                (_machine, _at) = (machine, at);
                Check(state, afterReturn, ByteMasks.Width);
                machine = _machine;
            }
            _index.Add(machine.Delimiters, machine.Ends, at, machine.LineEndBytes - 1);
            if (machine.Ends != 0) _openStart = at + ByteMasks.Width - BitOperations.LeadingZeroCount(machine.Ends);
        }
        _machine = machine;
        _at = at;
        return at > start;
    }

    /// <summary>The last row may end without a line end, or with half of one.</summary>
    void EndOfFile()
    {
        if (_machine.IsOpen)
        {
            if (IsTooLong(_openStart, _block.Length)) _failure = TooLong(_openStart);
            else if (_rejects is null) _failure = CsvFaults.Open(File, Place(_openStart), OpenQuotePlace(_openStart, _block.Length) ?? Place(_openStart));
            else RejectRest();
            return;
        }
        var half = _machine.AfterReturn && _machine.LineEnd == LineEnd.CrLf ? 1 : 0;
        _index.AddLast(_block.Length - half);
        _openStart = _block.Length;
    }

    void RejectRest()
    {
        _found++;
        _foundBytes += _block.Length - _openStart;
        _rejects!.Open(_openStart);
        _openStart = _block.Length;
    }

    /// <summary>Makes the rows of the index the batch to be parsed.</summary>
    /// <param name="filled">Rows of the sink that are in front of them.</param>
    void Collect(int filled)
    {
        var cells = _index.Cells;
        var ends = _index.Rows;
        var columns = _width;
        var lineEnd = _machine.LineEndBytes;
        var (row, first) = (0, 0);
        var most = Math.Min(RowBatch.Capacity, Chunk.Capacity - filled);
        _rows.Begin(_block, cells, filled);
        _isCut = false;
        var from = _rowStart;
        for (; row < _index.RowCount && _rows.Count < most && !_isRagged; row++)
        {
            var (start, next) = (_rowStart, ends[row]);
            var end = cells[next - 1];
            _rowStart = end + lineEnd;
            var isOurs = !_isPartial && start < _block.Own;
            _isPartial = false;
            if (isOurs) _found++;
            if (isOurs && IsTooLong(start, end))
            {
                Refuse(TooLong(start));
            }
            else if (isOurs && (_rejects is null || !_rejects.Structure(start, end, lineEnd)))
            {
                if ((next - first == columns && columns > 1) || IsRow(start, first, next)) _rows.Add(start, first);
            }
            first = next;
        }
        _used = row;
        _foundBytes += _rowStart - from;
        _rows.HasNonAscii = _machine.NonAscii != 0;
    }

    /// <summary>A blank line is no row, unless the file says so, and neither is a comment. Empty cells behind the last column are
    /// passed over, as DuckDB does; any other row of another width is an error.</summary>
    bool IsRow(int start, int first, int next)
    {
        var cells = _index.Cells;
        var data = _block.Memory.First;
        var quote = _read.Dialect.Quote;
        var isBlank = next - first == 1 && cells[first] == start;
        if (isBlank && _hasBlankRows) return true;
        if (isBlank || (next - first == 1 && data[start] == _read.Dialect.Comment))
        {
            _found--;
            return false;
        }
        var isEmpty = next - first >= _width;
        for (var cell = first + _width; cell < next && isEmpty; cell++)
        {
            var text = new ReadOnlySpan<byte>(data + cells[cell - 1] + 1, cells[cell] - cells[cell - 1] - 1);
            isEmpty = text.IsEmpty || (text.Length == 2 && text[0] == quote && text[1] == quote);
        }
        if (!isEmpty && _rejects is not null) _rejects.Ragged(start, cells[next - 1], next - first);
        else if (!isEmpty) Refuse(CsvFaults.Ragged(_read, File, Place(start), next - first));
        return isEmpty;
    }

    /// <summary>Nothing behind this row is looked at: the rows in front of it go out first.</summary>
    void Refuse(QuernException fault)
    {
        _failure = fault;
        _isRagged = true;
    }

    /// <summary>A flaw in a row of another block is that one's to report.</summary>
    /// <param name="state">Where the bytes began.</param>
    /// <param name="afterReturn">The byte before them is a carriage return.</param>
    /// <param name="count">How many bytes.</param>
    void Check(CellState state, bool afterReturn, int count)
    {
        if (_rejects is not null)
        {
            var machine = _machine;
            (machine.State, machine.AfterReturn, machine.IsRowStart) = (state, afterReturn, _openStart == _at);
            _rejects.Look(machine, _at, count);
            return;
        }
        var right = (1UL << _machine.FlawAt) - 1;
        var before = _machine.Ends & right;
        var start = before == 0 ? _openStart : _at + ByteMasks.Width - BitOperations.LeadingZeroCount(before);
        if (start >= _block.Own) return;
        if (_isPartial && _index.RowCount == 0 && before == 0)
        {
            // The step may hold more flaws than its first one, so nothing behind it can be relied on; the file is refused in any case.
            (_machine.Ends, _machine.Delimiters, _openStart) = (0, 0, _block.Own);
            return;
        }
        (_machine.Ends, _machine.Delimiters) = (before, _machine.Delimiters & right);
        var flaw = _at + _machine.FlawAt;
        _failure = IsTooLong(start, flaw)
            ? TooLong(start)
            : CsvFaults.Structure(_machine.Flaw, Place(start), Place(flaw), _block.Source!);
    }

    /// <summary>Of a row that is too long nothing else is said: whatever is wrong behind its first bytes, not every block holds it.</summary>
    bool IsTooLong(int start, int at) => at - start > _read.MaxRowBytes;

    /// <summary>Where the quote stands that is open behind the bytes of a row; null when none is.</summary>
    long? OpenQuotePlace(int start, int end)
    {
        var row = new ReadOnlySpan<byte>(_block.Memory.First + start, end - start);
        return OpenQuote.In(row, _read.Dialect) is >= 0 and var at ? Place(start + at) : null;
    }

    /// <summary>Only the bytes that a row may have are looked at: of those behind them not every block holds as many.</summary>
    QuernException TooLong(int start) =>
        CsvFaults.TooLong(_read, File, Place(start), OpenQuotePlace(start, start + _read.MaxRowBytes + 1));

    CsvFile File => _block.Source!.File;

    long Place(int at) => _block.Offset + at;
}
