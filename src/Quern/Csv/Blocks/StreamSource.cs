using System.Numerics;
using Quern.Csv.Scanning;

namespace Quern.Csv.Blocks;

/// <summary>A file that can only be read from its beginning to its end, such as gzip, standard input or text of another encoding: one
/// thread at a time fills a block with whole rows.</summary>
sealed unsafe class StreamSource : BlockSource
{
    readonly CsvContent _content;
    readonly BlockMemory _tail;
    int _tailBytes;
    long _offset;
    long _reported;
    long _line = 1;
    bool _afterReturn;
    bool _started;
    bool _ended;

    /// <summary>Opens a file.</summary>
    public StreamSource(CsvRead read, CsvFile file) : base(read, file)
    {
        _content = new(file);
        _tail = read.Memory(0);
    }

    /// <summary>Reads the next rows; false at the end of the file. Not for two threads at once.</summary>
    public bool Load(Block block)
    {
        if (_ended) return false;
        block.Memory.Grow(Math.Max(Read.BlockBytes, _tailBytes));
        _tail.Span(0, _tailBytes).CopyTo(block.Memory.Span(0, _tailBytes));
        (block.Offset, block.Length, block.Border) = (_offset, _tailBytes, Border.First);
        _tailBytes = 0;
        File.Once?.Live.Add(block);
        block.Line = CountsLines ? _line : 0;
        if (!_started) Head(block);
        block.Border = Border.First with { Line = block.Line, IsBehindReturn = _afterReturn };
        var rows = WholeRows(block);
        block.Own = rows;
        var rest = block.Length - rows;
        _tail.Grow(rest);
        block.Memory.Span(rows, rest).CopyTo(_tail.Span(0, rest));
        _tailBytes = rest;
        block.Length = rows;
        block.IsLast = true;
        _offset += rows;
        if (CountsLines) _line += LineCount.Ends(block.Memory.Span(0, rows), ref _afterReturn);
        Report();
        if (rows == 0) Release(block);
        return rows > 0;
    }

    /// <inheritdoc/>
    public override void Extend(Block block) => throw new InvalidOperationException("a block of a stream has whole rows");

    /// <inheritdoc/>
    public override void Release(Block block) => File.Once?.Live.Remove(block);

    /// <inheritdoc/>
    public override void Dispose()
    {
        _content.Dispose();
        _tail.Dispose();
    }

    /// <summary>Fills the block and finds the end of its last whole row; at the end of the file all bytes are rows.</summary>
    int WholeRows(Block block)
    {
        var machine = Machine();
        var (at, rows) = (0, 0);
        while (true)
        {
            Fill(block);
            for (; at + ByteMasks.Width <= block.Length; at += ByteMasks.Width)
            {
                machine.Step(block.Memory.First + at, ByteMasks.Width);
                if (machine.Ends != 0) rows = at + ByteMasks.Width - BitOperations.LeadingZeroCount(machine.Ends);
            }
            if (_ended) return block.Length;
            if (rows > 0) return rows;
            // The reader finds what is wrong with it.
            if (at > Read.MaxRowBytes + 1) return block.Length;
            block.Memory.Grow(block.Memory.Bytes * 2);
        }
    }

    void Head(Block block)
    {
        while (true)
        {
            Fill(block);
            if (FileHead.IsUtf16(block.Memory.Span(0, block.Length))) throw CsvFaults.Utf16(File);
            var look = Math.Min(block.Length, MostHeadBytes);
            if (FileHead.Find(block.Memory.Span(0, look), _ended && look == block.Length, Read.Dialect) is { } head)
            {
                CsvFaults.CheckHeader(Read, File, head);
                LineEnd = head.LineEnd;
                _started = true;
                _offset = block.Offset = head.Bytes;
                if (CountsLines) block.Line = _line += LineCount.Ends(block.Memory.Span(0, head.Bytes), ref _afterReturn);
                block.Length -= head.Bytes;
                block.Memory.Span(head.Bytes, block.Length).CopyTo(block.Memory.Span(0, block.Length));
                return;
            }
            if (block.Length > look) throw CsvFaults.TooLong(Read, File, 0);
            block.Memory.Grow(block.Memory.Bytes * 2);
        }
    }

    void Fill(Block block)
    {
        while (!_ended && block.Length < block.Memory.Bytes)
        {
            var count = _content.Stream.Read(block.Memory.Span(block.Length, block.Memory.Bytes - block.Length));
            if (count == 0) _ended = true;
            block.Length += count;
        }
    }

    void Report()
    {
        var bytes = _content.BytesTaken;
        Read.BytesRead?.Invoke(bytes - _reported);
        _reported = bytes;
    }
}
