using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Quern.Chunks;

namespace Quern.Rollups.Store;

/// <summary>The file of a grain, for reading. Its directory is verified when it is first needed, each block when that is first touched.</summary>
/// <param name="file">The file.</param>
/// <param name="shape">What its directory must say.</param>
sealed class GrainFile(MappedStoreFile file, GrainShape shape) : IDisposable
{
    readonly Lock _lock = new();
    volatile Opened? _opened;

    /// <summary>Absolute.</summary>
    public string Path => file.Path;

    /// <summary>Sum of the rows of all groups.</summary>
    public long CountedRows => Open().Head.CountedRows;

    /// <summary>Checks directory and all blocks.</summary>
    /// <exception cref="QuernException">QN7504 to QN7506.</exception>
    public void Verify()
    {
        var opened = Open();
        for (var block = 0; block < opened.Head.Blocks; block++) opened.Verify(file.Path, block);
    }

    /// <summary>Columns of a block, as the directory says.</summary>
    public ReadOnlySpan<GrainFormat.Column> Entries(int block) => Open().Columns(block);

    public GrainBlock Block(StoredGrain grain, int block)
    {
        var opened = Open();
        var bytes = opened.Verified(file.Path, block);
        return new(grain, block, opened.Blocks[block].Rows, opened.Columns(block), bytes);
    }

    public void Dispose() => file.Dispose();

    Opened Open()
    {
        if (_opened is { } opened) return opened;
        lock (_lock) return _opened ??= new(file, shape);
    }

    sealed class Opened
    {
        readonly MappedBytes _bytes;
        readonly long _blocksAt;
        readonly long _columnsAt;
        readonly int[] _verified;

        public Opened(MappedStoreFile file, GrainShape shape)
        {
            _bytes = file.Bytes;
            var tailAt = _bytes.Length - Unsafe.SizeOf<GrainFormat.Tail>();
            Require(tailAt >= 0, "it is too short");
            var tail = _bytes.Span<GrainFormat.Tail>(tailAt, 1)[0];
            Require(tail.Magic == MemoryMarshal.Read<ulong>(GrainFormat.Magic), "its end is another");
            var at = tail.DirectoryOffset;
            Require(at >= 0 && tail.DirectoryBytes >= Unsafe.SizeOf<GrainFormat.Directory>() && at == tailAt - tail.DirectoryBytes, "it does not end where it should");
            var sum = Checksum.Of(_bytes.Span<byte>(at, tail.DirectoryBytes));
            Require(sum == tail.Checksum && sum == file.Checksum, StoreFaults.Sums(sum, file.Checksum));
            Head = _bytes.Span<GrainFormat.Directory>(at, 1)[0];
            _blocksAt = at + Unsafe.SizeOf<GrainFormat.Directory>();
            _columnsAt = _blocksAt + ((long)Head.Blocks * Unsafe.SizeOf<GrainFormat.Block>());
            var end = _columnsAt + ((long)Head.Blocks * Head.Columns * Unsafe.SizeOf<GrainFormat.Column>());
            var fits = Head.Rows == shape.Rows && Head.Keys == shape.Keys && Head.Columns == shape.Columns && Head.BlockRows == GrainFormat.BlockRows
                && Head.Blocks == (shape.Rows + GrainFormat.BlockRows - 1) / GrainFormat.BlockRows && end == tailAt;
            Require(fits, "it is not the grain that the manifest describes");
            _verified = new int[(Head.Blocks + 31) / 32];

            void Require(bool holds, string why)
            {
                if (!holds) throw StoreFaults.Damaged(file.Path, "directory", why);
            }
        }

        public GrainFormat.Directory Head { get; }

        public ReadOnlySpan<GrainFormat.Block> Blocks => _bytes.Span<GrainFormat.Block>(_blocksAt, Head.Blocks);

        public ReadOnlySpan<GrainFormat.Column> Columns(int block)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)block, (uint)Head.Blocks, nameof(block));
            return _bytes.Span<GrainFormat.Column>(_columnsAt + ((long)block * Head.Columns * Unsafe.SizeOf<GrainFormat.Column>()), Head.Columns);
        }

        /// <summary>The bytes of a block; two threads that meet it first both look.</summary>
        public ReadOnlySpan<byte> Verified(string path, int block)
        {
            if ((Volatile.Read(ref _verified[block >> 5]) & (1 << (block & 31))) == 0) Verify(path, block);
            return Bytes(block);
        }

        public void Verify(string path, int block)
        {
            var sum = Checksum.Of(Bytes(block));
            if (sum != Blocks[block].Checksum) throw StoreFaults.Damaged(path, StoreFaults.Block(block), StoreFaults.Sums(sum, Blocks[block].Checksum));
            Interlocked.Or(ref _verified[block >> 5], 1 << (block & 31));
        }

        ReadOnlySpan<byte> Bytes(int block) => _bytes.Span<byte>(Blocks[block].Offset, (int)Blocks[block].Bytes);
    }
}
