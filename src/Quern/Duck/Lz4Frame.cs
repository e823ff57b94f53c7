using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Quern.Duck.Native;

namespace Quern.Duck;

/// <summary>LZ4 frames around the block functions inside the DuckDB library, which has none of its own for
/// frames.</summary>
/// <remarks>Source: LZ4 Frame Format Description 1.6.4. Written: independent blocks of up to 4 MiB, no checksum of the content,
/// the checksum of the header that the format demands. Read: all frames without a dictionary; checksums are checked.
/// For one thread at a time.</remarks>
sealed unsafe class Lz4Frame : IDisposable
{
    const uint Magic = 0x184D2204;
    const uint SkippableMagic = 0x184D2A50;
    const int MagicBytes = 4;
    const int SizeBytes = 4;

    // Flags of the header's first byte; the two top bits are the version, 01.
    const byte Version = 0x40;
    const byte VersionMask = 0xC0;
    const byte Independent = 0x20;
    const byte BlockChecksum = 0x10;
    const byte ContentSize = 0x08;
    const byte ContentChecksum = 0x04;
    const byte DictionaryId = 0x01;

    // Blocks of up to 4 MiB, in the header's second byte.
    const byte LargestBlocks = 0x70;
    const int LargestBlockBytes = 4 << 20;

    /// <summary>Marks the size of a block that is not compressed.</summary>
    const uint Stored = 0x8000_0000;

    /// <summary>How far a block may refer to the one before.</summary>
    const int WindowBytes = 64 << 10;

    const int HeaderBytes = MagicBytes + 3;

    void* _state;

    ~Lz4Frame() => NativeMemory.Free(_state);

    /// <summary>Bytes that always suffice for one frame with this much content.</summary>
    public static long Bound(long length) =>
        HeaderBytes + length + (SizeBytes * ((length / LargestBlockBytes) + 1)) + SizeBytes;

    /// <summary>Compresses into one frame.</summary>
    /// <param name="from">The content.</param>
    /// <param name="to">Room for <see cref="Bound"/> bytes.</param>
    /// <returns>Bytes of the frame.</returns>
    public int Compress(ReadOnlySpan<byte> from, Span<byte> to)
    {
        DuckLibrary.Load();
        if (_state is null) _state = NativeMemory.Alloc((nuint)Codecs.Lz4StateBytes());
        BinaryPrimitives.WriteUInt32LittleEndian(to, Magic);
        to[MagicBytes] = Version | Independent;
        to[MagicBytes + 1] = LargestBlocks;
        to[MagicBytes + 2] = HeaderChecksum(to.Slice(MagicBytes, 2));
        var written = HeaderBytes;
        while (!from.IsEmpty)
        {
            var block = from[..Math.Min(from.Length, LargestBlockBytes)];
            var target = to[(written + SizeBytes)..];
            var size = CompressBlock(block, target[..Math.Min(target.Length, block.Length - 1)]);
            if (size == 0) block.CopyTo(target);
            BinaryPrimitives.WriteUInt32LittleEndian(to[written..], size == 0 ? (uint)block.Length | Stored : (uint)size);
            written += SizeBytes + (size == 0 ? block.Length : size);
            from = from[block.Length..];
        }
        BinaryPrimitives.WriteUInt32LittleEndian(to[written..], 0);
        return written + SizeBytes;
    }

    /// <summary>Decompresses whole frames.</summary>
    /// <param name="from">One frame or several.</param>
    /// <param name="to">Room for all their content.</param>
    /// <returns>Bytes of the content.</returns>
    /// <exception cref="InvalidDataException">Damaged, cut short, not LZ4, or more content than room.</exception>
    public static int Decompress(ReadOnlySpan<byte> from, Span<byte> to)
    {
        DuckLibrary.Load();
        var written = 0;
        while (!from.IsEmpty)
        {
            var magic = UInt32(ref from);
            if ((magic & ~0xFu) == SkippableMagic)
            {
                var size = UInt32(ref from);
                Take(ref from, size > int.MaxValue ? int.MaxValue : (int)size);
                continue;
            }
            if (magic != Magic) throw new InvalidDataException("no LZ4 frame");
            written += Frame(ref from, to, written);
        }
        return written;
    }

    /// <summary>Frees the memory.</summary>
    public void Dispose()
    {
        NativeMemory.Free(_state);
        _state = null;
        GC.SuppressFinalize(this);
    }

    int CompressBlock(ReadOnlySpan<byte> from, Span<byte> to)
    {
        fixed (byte* source = from, target = to)
            return target is null ? 0 : Codecs.Lz4Compress(_state, source, target, from.Length, to.Length, 1);
    }

    static int Frame(ref ReadOnlySpan<byte> from, Span<byte> to, int written)
    {
        var header = from;
        var flags = Take(ref from, 2)[0];
        if ((flags & VersionMask) != Version) throw new InvalidDataException("an LZ4 frame of an unknown version");
        if ((flags & DictionaryId) != 0) throw new InvalidDataException("an LZ4 frame with a dictionary");
        if ((flags & ContentSize) != 0) Take(ref from, sizeof(long));
        var checkedBytes = header.Length - from.Length;
        if (Take(ref from, 1)[0] != HeaderChecksum(header[..checkedBytes])) throw Damaged();
        var start = written;
        while (UInt32(ref from) is not 0 and var size)
        {
            var length = (int)(size & ~Stored);
            var block = Take(ref from, length);
            if ((flags & BlockChecksum) != 0 && UInt32(ref from) != Hash(block)) throw Damaged();
            if ((size & Stored) == 0)
            {
                var window = (flags & Independent) != 0 ? 0 : Math.Min(written - start, WindowBytes);
                written += DecompressBlock(block, to, written, window);
            }
            else
            {
                if (!block.TryCopyTo(to[written..])) throw Damaged();
                written += length;
            }
        }
        if ((flags & ContentChecksum) != 0 && UInt32(ref from) != Hash(to[start..written])) throw Damaged();
        return written - start;
    }

    static int DecompressBlock(ReadOnlySpan<byte> block, Span<byte> to, int at, int window)
    {
        fixed (byte* source = block, target = to)
        {
            var room = Math.Min(to.Length - at, LargestBlockBytes);
            var size = source is null || target is null
                ? -1
                : Codecs.Lz4Decompress(source, target + at, block.Length, room, target + at - window, window);
            return size >= 0 ? size : throw Damaged();
        }
    }

    static byte HeaderChecksum(ReadOnlySpan<byte> header) => (byte)(Hash(header) >> 8);

    static uint Hash(ReadOnlySpan<byte> bytes)
    {
        fixed (byte* first = bytes) return Codecs.XxHash32(first, (nuint)bytes.Length, 0);
    }

    static uint UInt32(ref ReadOnlySpan<byte> from) => BinaryPrimitives.ReadUInt32LittleEndian(Take(ref from, SizeBytes));

    static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> from, int count)
    {
        if (count > from.Length) throw new InvalidDataException("an LZ4 frame that is cut short");
        var taken = from[..count];
        from = from[count..];
        return taken;
    }

    static InvalidDataException Damaged() => new("a damaged LZ4 frame");
}
