using Quern.Files;

namespace Quern.Csv;

/// <summary>Counts the lines of a file up to a place, for messages; reads it from its beginning.</summary>
static class LineCount
{
    const int BufferBytes = 1 << 16;

    /// <summary>The physical line, from 1, on which a byte of the (uncompressed) file stands.</summary>
    public static long At(CsvFile file, long offset)
    {
        using var content = FileBytes.OpenContent(file.Path, file.Name);
        var buffer = new byte[BufferBytes];
        var (line, at, afterReturn) = (1L, 0L, false);
        while (at < offset)
        {
            var count = content.Read(buffer, 0, (int)Math.Min(buffer.Length, offset - at));
            if (count == 0) return line;
            var bytes = buffer.AsSpan(0, count);
            if (!afterReturn && !bytes.Contains((byte)'\r'))
            {
                line += bytes.Count((byte)'\n');
            }
            else
            {
                foreach (var b in bytes)
                {
                    if (b == '\r' || (b == '\n' && !afterReturn)) line++;
                    afterReturn = b == '\r';
                }
            }
            at += count;
        }
        return line;
    }
}
