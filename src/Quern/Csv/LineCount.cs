namespace Quern.Csv;

/// <summary>Counts the lines of a file up to places further and further down, for messages; reads it from its beginning.</summary>
/// <param name="file">The file.</param>
sealed class LineCount(CsvFile file) : IDisposable
{
    const int BufferBytes = 1 << 16;

    readonly byte[] _buffer = new byte[BufferBytes];
    CsvContent? _content;
    long _line = 1;
    long _at;
    bool _afterReturn;

    /// <summary>The physical line, from 1, on which a byte of the (uncompressed) file stands.</summary>
    public static long At(CsvFile file, long offset)
    {
        if (file.Once is { } input) return input.Live.Line(offset);
        using var count = new LineCount(file);
        return count.At(offset);
    }

    /// <summary>The physical line, from 1, on which a byte stands: the one asked for before, or one behind it.</summary>
    public long At(long offset)
    {
        while (_at < offset)
        {
            _content ??= new(file);
            var count = _content.Stream.Read(_buffer, 0, (int)Math.Min(_buffer.Length, offset - _at));
            if (count == 0) return _line;
            _line += Ends(_buffer.AsSpan(0, count), ref _afterReturn);
            _at += count;
        }
        return _line;
    }

    /// <summary>Line ends among some bytes; fast where carriage returns stand in front of line feeds.</summary>
    public static long Ends(ReadOnlySpan<byte> bytes)
    {
        var feeds = bytes.Count((byte)'\n');
        var returns = bytes.Count((byte)'\r');
        return returns == 0 ? feeds : feeds + returns - bytes.Count("\r\n"u8);
    }

    /// <summary>Line ends among some bytes.</summary>
    /// <param name="bytes">Of a file.</param>
    /// <param name="afterReturn">The byte before is a carriage return; set to whether the last one is.</param>
    public static long Ends(ReadOnlySpan<byte> bytes, ref bool afterReturn)
    {
        if (!afterReturn && !bytes.Contains((byte)'\r')) return bytes.Count((byte)'\n');
        var lines = 0L;
        foreach (var b in bytes)
        {
            if (b == '\r' || (b == '\n' && !afterReturn)) lines++;
            afterReturn = b == '\r';
        }
        return lines;
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _content?.Dispose();
}
