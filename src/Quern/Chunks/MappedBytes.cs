using System.Buffers;
using System.IO.MemoryMappedFiles;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Quern.Chunks;

/// <summary>A file in memory as the system maps it: pages come when they are touched, and can go again.</summary>
/// <remarks>What <see cref="Span"/> and <see cref="Memory"/> give is valid until <see cref="Dispose"/>: the owner makes sure that no
/// reader is left by then. The file keeps its bytes when its name is given to another one. It must never be made shorter: to touch a page
/// that is gone ends the process.</remarks>
sealed unsafe class MappedBytes : IDisposable
{
    readonly MemoryMappedFile? _file;
    readonly MemoryMappedViewAccessor? _view;
    readonly byte* _first;
    bool _isDisposed;

    MappedBytes(SafeFileHandle handle, long length)
    {
        Length = length;
        if (length == 0) return;
        using var stream = new FileStream(handle, FileAccess.Read, bufferSize: 0);
        _file = MemoryMappedFile.CreateFromFile(stream, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: false);
        _view = _file.CreateViewAccessor(0, length, MemoryMappedFileAccess.Read);
        byte* first = null;
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref first);
        _first = first + _view.PointerOffset;
    }

    /// <summary>Bytes of the file when it was mapped.</summary>
    public long Length { get; }

    /// <summary>Maps a file for reading.</summary>
    /// <param name="path">Path of the file.</param>
    /// <exception cref="IOException">It cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read, or is a folder.</exception>
    public static MappedBytes Open(string path)
    {
        var handle = File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete);
        try
        {
            var length = RandomAccess.GetLength(handle);
            if (length == 0) handle.Dispose();
            return new(handle, length);
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    /// <summary>Some of the bytes, as numbers.</summary>
    /// <param name="offset">Bytes from the beginning of the file; a multiple of the size of a number.</param>
    /// <param name="count">How many numbers.</param>
    /// <exception cref="ArgumentOutOfRangeException">They are not all inside the file.</exception>
    /// <exception cref="ObjectDisposedException">After <see cref="Dispose"/>.</exception>
    public ReadOnlySpan<T> Span<T>(long offset, int count)
        where T : unmanaged
    {
        Check<T>(offset, count);
        return new(_first + offset, count);
    }

    /// <summary>As <see cref="Span"/>, to be kept; still valid only until <see cref="Dispose"/>.</summary>
    public ReadOnlyMemory<T> Memory<T>(long offset, int count)
        where T : unmanaged
    {
        Check<T>(offset, count);
        return count == 0 ? default : new Pages<T>(this, offset, count).Memory;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_isDisposed) return;
        _isDisposed = true;
        _view?.SafeMemoryMappedViewHandle.ReleasePointer();
        _view?.Dispose();
        _file?.Dispose();
    }

    void Check<T>(long offset, int count)
        where T : unmanaged
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset, Length - ((long)count * sizeof(T)));
    }

    sealed class Pages<T>(MappedBytes owner, long offset, int count) : MemoryManager<T>
        where T : unmanaged
    {
        public override Memory<T> Memory => CreateMemory(count);

        // Read as ReadOnlyMemory only: nobody can write through it.
        public override Span<T> GetSpan()
        {
            var span = owner.Span<T>(offset, count);
            return MemoryMarshal.CreateSpan(ref MemoryMarshal.GetReference(span), count);
        }

        // Mapped pages do not move.
        public override MemoryHandle Pin(int elementIndex = 0) =>
            new(Unsafe.AsPointer(ref MemoryMarshal.GetReference(owner.Span<T>(offset, count)[elementIndex..])));

        public override void Unpin()
        {
        }

        protected override void Dispose(bool disposing)
        {
        }
    }
}
