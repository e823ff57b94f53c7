using System.Runtime.InteropServices;
using Quern.Duck.Native;

namespace Quern.Duck;

/// <summary>Zstandard, with the code inside the DuckDB library: whole buffers both ways, and frames piece by
/// piece.</summary>
/// <remarks>For one thread at a time. A context of each kind is made when it is first needed and used again: about 1 MB to
/// compress at level 1, 160 KB to decompress, and the window of a frame that is decompressed piece by piece (at most 128
/// MiB; a frame that wants more is refused).</remarks>
sealed unsafe class Zstd : IDisposable
{
    ZstdHandle? _compressor;
    ZstdHandle? _decompressor;

    /// <summary>True before the first frame and after each whole one.</summary>
    public bool IsBetweenFrames { get; private set; } = true;

    /// <summary>Bytes that always suffice for one frame with this much content.</summary>
    public static long Bound(long length)
    {
        DuckLibrary.Load();
        return (long)Codecs.ZstdBound((nuint)length);
    }

    /// <summary>Compresses into one frame that tells its content's size.</summary>
    /// <param name="from">The content.</param>
    /// <param name="to">Room for <see cref="Bound"/> bytes.</param>
    /// <param name="level">1 (fast) to 22; 3 is zstd's own default.</param>
    /// <returns>Bytes of the frame.</returns>
    /// <exception cref="ArgumentException">It does not fit.</exception>
    public int Compress(ReadOnlySpan<byte> from, Span<byte> to, int level)
    {
        _compressor ??= new ZstdHandle(compresses: true);
        fixed (byte* source = &MemoryMarshal.GetReference(from), target = &MemoryMarshal.GetReference(to))
        {
            var size = Codecs.ZstdCompress(
                _compressor.Pointer, target, (nuint)to.Length, source, (nuint)from.Length, level);
            GC.KeepAlive(_compressor);
            return Codecs.ZstdIsError(size) == 0 ? (int)size : throw new ArgumentException(ErrorName(size), nameof(to));
        }
    }

    /// <summary>Decompresses whole frames.</summary>
    /// <param name="from">One frame or several.</param>
    /// <param name="to">Room for all their content.</param>
    /// <returns>Bytes of the content.</returns>
    /// <exception cref="InvalidDataException">Damaged, cut short, not zstd, or more content than room.</exception>
    public int Decompress(ReadOnlySpan<byte> from, Span<byte> to)
    {
        _decompressor ??= new ZstdHandle(compresses: false);
        fixed (byte* source = &MemoryMarshal.GetReference(from), target = &MemoryMarshal.GetReference(to))
        {
            var size = Codecs.ZstdDecompress(
                _decompressor.Pointer, target, (nuint)to.Length, source, (nuint)from.Length);
            GC.KeepAlive(_decompressor);
            return Codecs.ZstdIsError(size) == 0 ? (int)size : throw new InvalidDataException(ErrorName(size));
        }
    }

    /// <summary>Decompresses as much as fits, going on where the last call stopped; stops behind each frame.</summary>
    /// <param name="from">The next compressed bytes; may be empty to get content that is kept back.</param>
    /// <param name="to">Room for content.</param>
    /// <param name="taken">Bytes taken from <paramref name="from"/>; hand in the others again.</param>
    /// <returns>Bytes of content put out.</returns>
    /// <exception cref="InvalidDataException">Damaged or not zstd; the message is zstd's own.</exception>
    public int Step(ReadOnlySpan<byte> from, Span<byte> to, out int taken)
    {
        _decompressor ??= new ZstdHandle(compresses: false);
        fixed (byte* source = &MemoryMarshal.GetReference(from), target = &MemoryMarshal.GetReference(to))
        {
            var input = new Codecs.ZstdBuffer { First = source, Length = (nuint)from.Length };
            var output = new Codecs.ZstdBuffer { First = target, Length = (nuint)to.Length };
            var left = Codecs.ZstdDecompressStep(_decompressor.Pointer, &output, &input);
            GC.KeepAlive(_decompressor);
            if (Codecs.ZstdIsError(left) != 0) throw new InvalidDataException(ErrorName(left));
            IsBetweenFrames = left == 0;
            taken = (int)input.Used;
            return (int)output.Used;
        }
    }

    /// <summary>Frees the memory.</summary>
    public void Dispose()
    {
        _compressor?.Dispose();
        _decompressor?.Dispose();
    }

    static string ErrorName(nuint result) => NativeText.Read(Codecs.ZstdErrorName(result));
}
