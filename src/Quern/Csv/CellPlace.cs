using System.Text;

namespace Quern.Csv;

/// <summary>The cell in which a byte of a row stands, for messages; reads the file again from its beginning.</summary>
/// <param name="Column">Its position in the row, from 0.</param>
/// <param name="Before">The cell as it is written, up to the byte; its last bytes when it is long.</param>
/// <param name="Text">The cell as it is written; its first bytes when it is long.</param>
/// <param name="LineEnd">The line end that begins with the byte: CRLF, CR or LF; null when none does.</param>
sealed record CellPlace(int Column, string Before, string Text, string? LineEnd)
{
    /// <summary>Bytes of a cell that a message shows.</summary>
    const int MostBytes = 100;

    /// <summary>Finds the cell.</summary>
    /// <param name="read">The dialect, and the longest row.</param>
    /// <param name="file">The file.</param>
    /// <param name="row">Where the row begins in the (uncompressed) file.</param>
    /// <param name="at">Where the byte stands there.</param>
    public static CellPlace Find(CsvRead read, CsvFile file, long row, long at)
    {
        var bytes = Read(read, file, row, at);
        var offset = (int)Math.Min(at - row, bytes.Length);
        var (column, start, isQuoted) = (0, 0, false);
        for (var i = 0; i < offset; i++)
        {
            if (bytes[i] == read.Dialect.Quote) isQuoted = !isQuoted;
            else if (bytes[i] == read.Dialect.Delimiter && !isQuoted) (column, start) = (column + 1, i + 1);
        }
        var length = bytes.AsSpan(offset).IndexOfAny(read.Dialect.Delimiter, (byte)'\n', (byte)'\r');
        var end = length >= 0 ? offset + length : bytes.Length;
        return new(
            column,
            Encoding.UTF8.GetString(bytes, Math.Max(start, offset - MostBytes), offset - Math.Max(start, offset - MostBytes)),
            Encoding.UTF8.GetString(bytes, start, Math.Min(end - start, MostBytes)),
            EndAt(bytes.AsSpan(offset)));
    }

    static byte[] Read(CsvRead read, CsvFile file, long row, long at)
    {
        if (file.Once is { } input) return input.Live.Bytes(row, (int)Math.Min(read.MaxRowBytes, at - row) + MostBytes);
        using var source = new CsvContent(file);
        var content = source.Stream;
        var buffer = new byte[(int)Math.Min(read.MaxRowBytes, at - row) + MostBytes];
        for (var left = row; left > 0;)
        {
            var count = content.Read(buffer, 0, (int)Math.Min(buffer.Length, left));
            if (count == 0) return [];
            left -= count;
        }
        return buffer[..content.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false)];
    }

    static string? EndAt(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [(byte)'\r', (byte)'\n', ..] => "CRLF",
        [(byte)'\r', ..] => "CR",
        [(byte)'\n', ..] => "LF",
        _ => null,
    };
}
