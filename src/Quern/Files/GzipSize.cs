using System.Buffers.Binary;

namespace Quern.Files;

/// <summary>
/// The size of the content of a gzip file without reading it: the last four bytes hold the size of the last member,
/// modulo 2^32 (RFC 1952, ISIZE). A file of several members (<c>cat a.gz b.gz</c>, bgzip) therefore states too little,
/// and is told apart as far as that is possible cheaply.
/// </summary>
static class GzipSize
{
    /// <summary>Below this a file is rather read than believed.</summary>
    const int SmallBytes = 1 << 16;

    /// <summary>Header, trailer and a long file name inside.</summary>
    const int FrameBytes = 1024;

    /// <summary>The stated size modulo 2^32; null when it is certainly or probably not the size of the whole.</summary>
    /// <exception cref="QuernException">QN2001, QN2004 or QN2009 when the file cannot be opened.</exception>
    internal static uint? Stated(InputFile file)
    {
        if (file.SizeBytes < SmallBytes) return null;
        using var stream = FileBytes.Open(file.Path, file.Name);
        Span<byte> head = stackalloc byte[14];
        Span<byte> tail = stackalloc byte[4];
        if (RandomAccess.Read(stream.SafeFileHandle, head, 0) < head.Length) return null;
        if (RandomAccess.Read(stream.SafeFileHandle, tail, file.SizeBytes - tail.Length) < tail.Length) return null;
        // bgzip marks each of its members with an extra field named BC.
        var isBlocked = (head[3] & 4) != 0 && head[12..14].SequenceEqual("BC"u8);
        var stated = BinaryPrimitives.ReadUInt32LittleEndian(tail);
        // Deflate adds at most 5 bytes to 16 KiB that do not compress.
        var largestCompressed = stated + (stated / 3000L) + FrameBytes;
        return isBlocked || file.SizeBytes > largestCompressed ? null : stated;
    }
}
