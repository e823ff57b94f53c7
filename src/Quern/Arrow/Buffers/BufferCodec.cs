using System.Buffers.Binary;
using Quern.Duck;

namespace Quern.Arrow.Buffers;

/// <summary>Compresses and decompresses buffers of a batch, each for itself: 8 bytes with the size of the content, then a frame;
/// -1 for content that is stored as it is.</summary>
/// <remarks>Source: Arrow columnar format, "Compression". For one thread at a time.</remarks>
sealed unsafe class BufferCodec : IDisposable
{
    const long StoredAsIs = -1;

    readonly Zstd _zstd = new();
    readonly Lz4Frame _lz4 = new();

    /// <summary>Compresses one buffer. Content that would grow is stored as it is; none takes no bytes.</summary>
    /// <param name="codec">Not <see cref="ArrowCodec.None"/>.</param>
    /// <param name="level">Of zstd.</param>
    /// <param name="from">The content.</param>
    /// <param name="to">Gets the bytes, instead of those that it has.</param>
    public void Compress(ArrowCodec codec, int level, ReadOnlySpan<byte> from, NativeBuffer to)
    {
        to.Cut();
        if (from.IsEmpty) return;
        var bound = codec == ArrowCodec.Zstd ? Zstd.Bound(from.Length) : Lz4Frame.Bound(from.Length);
        var room = checked((int)Math.Max(bound, from.Length) + sizeof(long));
        var target = new Span<byte>(to.Reserve(room), room);
        var content = target[sizeof(long)..];
        var size = codec == ArrowCodec.Zstd ? _zstd.Compress(from, content, level) : _lz4.Compress(from, content);
        var isSmaller = size < from.Length;
        if (!isSmaller) from.CopyTo(content);
        BinaryPrimitives.WriteInt64LittleEndian(target, isSmaller ? from.Length : StoredAsIs);
        to.Advance(sizeof(long) + (isSmaller ? size : from.Length));
    }

    /// <summary>Decompresses one buffer.</summary>
    /// <param name="codec">Not <see cref="ArrowCodec.None"/>.</param>
    /// <param name="from">As it lies in the file.</param>
    /// <param name="to">Gets the content, instead of what it has.</param>
    /// <exception cref="InvalidDataException">It is damaged, or has more than 2 GiB.</exception>
    public void Decompress(ArrowCodec codec, ReadOnlySpan<byte> from, NativeBuffer to)
    {
        to.Cut();
        if (from.IsEmpty) return;
        if (from.Length < sizeof(long)) throw new InvalidDataException("a compressed buffer without its size");
        var size = BinaryPrimitives.ReadInt64LittleEndian(from);
        from = from[sizeof(long)..];
        if (size == StoredAsIs)
        {
            to.Append(from);
            return;
        }
        if (size is < 0 or > int.MaxValue - NativeBuffer.Alignment)
            throw new InvalidDataException($"a buffer of {size} bytes; Quern reads those of up to 2 GiB");
        var target = new Span<byte>(to.Reserve((int)size), (int)size);
        var written = codec == ArrowCodec.Zstd ? _zstd.Decompress(from, target) : Lz4Frame.Decompress(from, target);
        if (written != size) throw new InvalidDataException($"a buffer of {size} bytes has only {written}");
        to.Advance(written);
    }

    /// <summary>Frees the memory.</summary>
    public void Dispose()
    {
        _zstd.Dispose();
        _lz4.Dispose();
    }
}
