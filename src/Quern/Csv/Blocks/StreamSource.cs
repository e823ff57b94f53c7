using System.Numerics;
using Quern.Csv.Scanning;
using Quern.Files;

namespace Quern.Csv.Blocks;

/// <summary>A file that can only be read from its beginning to its end, such as gzip: one thread at a time fills a block
/// with whole rows.</summary>
sealed unsafe class StreamSource : CsvSource
{
    readonly GzipInput _stream;
    readonly BlockMemory _tail;
    int _tailBytes;
    long _offset;
    long _reported;
    bool _started;
    bool _ended;

    /// <summary>Opens a file.</summary>
    public StreamSource(CsvRead read, CsvFile file) : base(read, file)
    {
        _stream = new(file.Path, file.Name);
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
        if (!_started) Head(block);
        var rows = WholeRows(block);
        block.Own = rows;
        var rest = block.Length - rows;
        _tail.Grow(rest);
        block.Memory.Span(rows, rest).CopyTo(_tail.Span(0, rest));
        _tailBytes = rest;
        block.Length = rows;
        block.IsLast = true;
        _offset += rows;
        Report();
        return rows > 0;
    }

    /// <inheritdoc/>
    public override void Extend(Block block) => throw new InvalidOperationException("a block of a stream has whole rows");

    /// <inheritdoc/>
    public override void Dispose()
    {
        _stream.Dispose();
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
            var look = Math.Min(block.Length, MostHeadBytes);
            if (FileHead.Find(block.Memory.Span(0, look), _ended && look == block.Length, Read.Dialect) is { } head)
            {
                CsvFaults.CheckHeader(Read, File, head);
                LineEnd = head.LineEnd;
                _started = true;
                _offset = block.Offset = head.Bytes;
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
            var count = _stream.Read(block.Memory.Span(block.Length, block.Memory.Bytes - block.Length));
            if (count == 0) _ended = true;
            block.Length += count;
        }
    }

    void Report()
    {
        var bytes = _stream.CompressedBytes;
        Read.BytesRead?.Invoke(bytes - _reported);
        _reported = bytes;
    }
}
