using System.Buffers;
using Microsoft.Win32.SafeHandles;

namespace Quern.Rollups.Store;

/// <summary>The checksum of a file of a store that is neither a grain nor a key.</summary>
static class WholeFile
{
    const int PieceBytes = 1 << 20;

    /// <summary>The checksum of the checksums of its pieces of 1 MiB.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static ulong Checksum(SafeFileHandle handle, CancellationToken cancel = default)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(PieceBytes);
        try
        {
            var sum = 0UL;
            for (long at = 0; ;)
            {
                cancel.ThrowIfCancellationRequested();
                var read = Fill(handle, buffer.AsSpan(0, PieceBytes), at);
                if (read > 0) sum = Store.Checksum.Join(sum, Store.Checksum.Of(buffer.AsSpan(0, read)));
                if (read < PieceBytes) return sum;
                at += read;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    static int Fill(SafeFileHandle handle, Span<byte> piece, long at)
    {
        var filled = 0;
        while (filled < piece.Length)
        {
            var read = RandomAccess.Read(handle, piece[filled..], at + filled);
            if (read == 0) break;
            filled += read;
        }
        return filled;
    }
}
