namespace Quern.Files;

/// <summary>The bytes that files of a format begin with.</summary>
static class FormatMarks
{
    const int Bytes = 16;

    /// <summary>The first bytes of a file, as many as a mark may take; fewer of a shorter file.</summary>
    /// <exception cref="QuernException">QN2001, QN2004 or QN2009: it cannot be opened.</exception>
    public static ReadOnlySpan<byte> Head(InputFile file)
    {
        var head = new byte[Bytes];
        using var stream = FileBytes.Open(file.Path, file.Name);
        return head.AsSpan(0, stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false));
    }

    /// <summary>Apache Parquet.</summary>
    public static bool IsParquet(ReadOnlySpan<byte> head) => head.StartsWith("PAR1"u8);

    /// <summary>Apache Arrow IPC: a file, or a stream, which begins with the mark of a message.</summary>
    public static bool IsArrow(ReadOnlySpan<byte> head) =>
        head.StartsWith("ARROW1"u8) || head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFF, 0xFF, 0xFF]);

    /// <summary>A DuckDB database: 8 bytes of checksum, then the mark (DuckDB's storage format).</summary>
    public static bool IsDuckDb(ReadOnlySpan<byte> head) => head.Length >= 12 && head[8..12].SequenceEqual("DUCK"u8);

    /// <summary>A SQLite database (its file format, section 1.3.1).</summary>
    public static bool IsSqlite(ReadOnlySpan<byte> head) => head.StartsWith("SQLite format 3\0"u8);
}
