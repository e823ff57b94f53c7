using Quern.Files;

namespace Quern.Csv.Blocks;

/// <summary>A file on a disk, whose blocks several threads read at once.</summary>
sealed class PlainSource : BlockSource
{
    readonly FileStream _stream;
    readonly long _length;
    readonly long _start;
    readonly int _blocks;
    readonly BorderChain _chain;
    int _taken;
    int _open;

    /// <summary>Opens a file and reads its head.</summary>
    /// <param name="read">What is read.</param>
    /// <param name="file">The file.</param>
    /// <param name="memory">Memory to read the head into.</param>
    public PlainSource(CsvRead read, CsvFile file, BlockMemory memory) : base(read, file)
    {
        _stream = FileBytes.Open(file.Path, file.Name);
        try
        {
            _length = _stream.Length;
            var head = Head(memory);
            (_start, LineEnd) = (head.Bytes, head.LineEnd);
        }
        catch
        {
            _stream.Dispose();
            throw;
        }
        read.BytesRead?.Invoke(_start);
        _blocks = checked((int)((_length - _start + read.BlockBytes - 1) / read.BlockBytes));
        _open = _blocks;
        _chain = new(_blocks, CountsLines ? FirstLine(memory) : 0);
        if (_blocks == 0) _stream.Dispose();
    }

    /// <summary>Takes the next block; false when all are taken. Who took it must <see cref="Load"/> it.</summary>
    public bool TryTake(out int block)
    {
        block = _taken;
        if (_taken == _blocks) return false;
        _taken++;
        return true;
    }

    /// <summary>Reads a block and finds out what its border is.</summary>
    public void Load(Block block, int index)
    {
        try
        {
            block.Offset = _start + ((long)index * Read.BlockBytes);
            var rest = _length - block.Offset;
            block.Own = (int)Math.Min(Read.BlockBytes, rest);
            block.Length = 0;
            Fetch(block, (int)Math.Min(block.Own + Math.Min(LookBytes, Read.BlockBytes), rest));
            var own = block.Memory.Span(0, block.Own);
            var isScanned = _chain.Knows(index + 1);
            var hasQuotes = !isScanned && BorderScan.HasQuotes(own, Read.Dialect);
            // What takes long is done before there is somebody to wait for.
            var (lines, lineFeed) = CountsLines && !isScanned ? (LineCount.Ends(own), own[0] == '\n') : default;
            block.Border = _chain.Before(index);
            block.Line = block.Border.Line;
            if (!isScanned) _chain.After(index, Behind(own, block.Border, hasQuotes, lines, lineFeed));
            Read.BytesRead?.Invoke(block.Own);
        }
        catch (Exception failure)
        {
            _chain.Break(failure);
            throw;
        }
    }

    /// <summary>Finds out ahead where the block behind another begins. Blocks are scanned in their order, each before it is
    /// loaded.</summary>
    /// <param name="index">The block.</param>
    /// <param name="memory">Used on the way.</param>
    /// <returns>Line ends in it.</returns>
    public long Scan(int index, BlockMemory memory)
    {
        try
        {
            var offset = _start + ((long)index * Read.BlockBytes);
            var length = (int)Math.Min(Read.BlockBytes, _length - offset);
            memory.Grow(length);
            Fetch(memory, offset, 0, length);
            var own = memory.Span(0, length);
            var lines = CountsLines ? LineCount.Ends(own) : own.Count((byte)(LineEnd == Scanning.LineEnd.Cr ? '\r' : '\n'));
            var hasQuotes = BorderScan.HasQuotes(own, Read.Dialect);
            _chain.After(index, Behind(own, _chain.Before(index), hasQuotes, lines, own[0] == '\n'));
            return lines;
        }
        catch (Exception failure)
        {
            _chain.Break(failure);
            throw;
        }
    }

    /// <summary>All blocks were taken, and are done.</summary>
    public bool IsDone => Volatile.Read(ref _open) == 0;

    /// <inheritdoc/>
    public override void Extend(Block block)
    {
        var more = Math.Max(block.Length - block.Own, Math.Min(LookBytes, Read.BlockBytes));
        Fetch(block, (int)Math.Min(block.Length + (long)more, _length - block.Offset));
    }

    /// <summary>Says that a block is done; the last one closes the file.</summary>
    public override void Release(Block block)
    {
        if (Interlocked.Decrement(ref _open) == 0) _stream.Dispose();
    }

    /// <inheritdoc/>
    public override void Dispose() => _stream.Dispose();

    Border Behind(ReadOnlySpan<byte> own, Border before, bool hasQuotes, long lines, bool lineFeed)
    {
        var behind = BorderScan.Behind(Machine(), own, before, hasQuotes);
        if (!CountsLines) return behind;
        var isHalf = lineFeed && before.IsBehindReturn;
        return behind with { Line = before.Line + lines - (isHalf ? 1 : 0), IsBehindReturn = own[^1] == '\r' };
    }

    void Fetch(Block block, int length)
    {
        block.Memory.Grow(length);
        Fetch(block.Memory, block.Offset, block.Length, length);
        block.Length = length;
        block.IsLast = block.Offset + length == _length;
    }

    void Fetch(BlockMemory memory, long offset, int have, int length)
    {
        while (have < length)
        {
            int count;
            try
            {
                count = RandomAccess.Read(_stream.SafeFileHandle, memory.Span(have, length - have), offset + have);
            }
            catch (IOException e)
            {
                throw InputFaults.FromException(e, File.Path, _ => File.Name);
            }
            if (count == 0) throw CsvFaults.Shrank(File, offset + have, _length);
            have += count;
        }
    }

    /// <summary>The line behind the head, which is in memory.</summary>
    long FirstLine(BlockMemory memory)
    {
        var afterReturn = false;
        return 1 + LineCount.Ends(memory.Span(0, (int)_start), ref afterReturn);
    }

    FileHead Head(BlockMemory memory)
    {
        var have = 0;
        var want = LookBytes;
        while (true)
        {
            var length = (int)Math.Min(want, _length);
            memory.Grow(length);
            Fetch(memory, 0, have, length);
            have = length;
            if (FileHead.IsUtf16(memory.Span(0, have))) throw CsvFaults.Utf16(File);
            var look = Math.Min(have, MostHeadBytes);
            if (FileHead.Find(memory.Span(0, look), look == _length, Read.Dialect) is { } head)
            {
                CsvFaults.CheckHeader(Read, File, head);
                return head;
            }
            if (have > look) throw CsvFaults.TooLong(Read, File, 0);
            want *= 2;
        }
    }
}
