using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Quern.Chunks;

namespace Quern.Rollups.Store;

/// <summary>The file of a grain, for reading. Its directory is verified when it is first needed, each block when it is first
/// touched.</summary>
/// <param name="file">The file.</param>
/// <param name="rows">Groups, as the manifest says.</param>
/// <param name="keys">How many keys.</param>
/// <param name="measures">Their states are in the file.</param>
sealed class GrainFile(MappedStoreFile file, long rows, int keys, IReadOnlyList<StoredMeasure> measures)
{
    readonly GrainShape _shape = GrainShape.Of(rows, keys, measures);
    readonly Lock _lock = new();
    volatile Opened? _opened;

    /// <summary>Absolute.</summary>
    public string Path => file.Path;

    /// <summary>Sum of the rows of all groups.</summary>
    public long CountedRows => Open().Head.CountedRows;

    /// <summary>Checks directory and all blocks, and counts.</summary>
    /// <param name="kept">What the counts of all groups must add up to.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="QuernException">QN7506 it is damaged.</exception>
    public void Verify(long kept, CancellationToken cancel)
    {
        var opened = Open();
        var counts = new long[GrainFormat.BlockRows];
        var (found, counted) = (0L, 0L);
        for (var block = 0; block < opened.Head.Blocks; block++)
        {
            cancel.ThrowIfCancellationRequested();
            opened.Verify(file.Path, block);
            var numbers = Block(opened, block).Counts;
            numbers.CopyTo(0, counts.AsSpan(0, numbers.Count));
            foreach (var count in counts.AsSpan(0, numbers.Count)) counted += count;
            found += numbers.Count;
        }
        if (found != rows || counted != kept || counted != opened.Head.CountedRows)
        {
            var why = string.Create(CultureInfo.InvariantCulture, $"{found:N0} groups of {counted:N0} rows, not {rows:N0} of {kept:N0}");
            throw StoreFaults.Damaged(file.Path, "all blocks", why);
        }
    }

    /// <summary>Columns of a block, as the directory says.</summary>
    public ReadOnlySpan<GrainFormat.Column> Entries(int block) => Open().Columns(block);

    public GrainBlock Block(int block)
    {
        var opened = Open();
        opened.VerifyOnce(file.Path, block);
        return Block(opened, block);
    }

    GrainBlock Block(Opened opened, int block) =>
        new(keys, measures, block, opened.Blocks[block].Rows, opened.Columns(block), opened.Bytes(block));

    Opened Open()
    {
        if (_opened is { } opened) return opened;
        lock (_lock) return _opened ??= new(file, _shape);
    }

    sealed class Opened
    {
        readonly MappedBytes _bytes;
        readonly long _blocksAt;
        readonly long _columnsAt;
        readonly int[] _verified;

        public Opened(MappedStoreFile file, GrainShape wanted)
        {
            _bytes = file.Bytes;
            var tailAt = _bytes.Length - Unsafe.SizeOf<GrainFormat.Tail>();
            Require(tailAt >= 0, "it is too short");
            var tail = _bytes.Span<GrainFormat.Tail>(tailAt, 1)[0];
            Require(tail.Magic == MemoryMarshal.Read<ulong>(GrainFormat.Magic), "its end is another");
            var at = tail.DirectoryOffset;
            var isLong = tail.DirectoryBytes >= Unsafe.SizeOf<GrainFormat.Directory>() && tail.DirectoryBytes <= int.MaxValue;
            Require(isLong && at >= 0 && at == tailAt - tail.DirectoryBytes, "it does not end where it should");
            Require(IsHead(_bytes.Span<byte>(0, (int)Math.Min(GrainFormat.Alignment, at))), "its beginning is another");
            var sum = Checksum.Of(_bytes.Span<byte>(at, (int)tail.DirectoryBytes));
            Require(sum == tail.Checksum && sum == file.Checksum, StoreFaults.Sums(sum, file.Checksum));
            Head = _bytes.Span<GrainFormat.Directory>(at, 1)[0];
            _blocksAt = at + Unsafe.SizeOf<GrainFormat.Directory>();
            _columnsAt = _blocksAt + ((long)Head.Blocks * Unsafe.SizeOf<GrainFormat.Block>());
            var end = _columnsAt + ((long)Head.Blocks * Head.Columns * Unsafe.SizeOf<GrainFormat.Column>());
            var fits = Head.Rows == wanted.Rows && Head.Keys == wanted.Keys && Head.Columns == wanted.Columns
                && Head.BlockRows == GrainFormat.BlockRows
                && Head.Blocks == (wanted.Rows + GrainFormat.BlockRows - 1) / GrainFormat.BlockRows && end == tailAt;
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
            var at = _columnsAt + ((long)block * Head.Columns * Unsafe.SizeOf<GrainFormat.Column>());
            return _bytes.Span<GrainFormat.Column>(at, Head.Columns);
        }

        /// <summary>Checks a block that was not checked before; two threads that meet it first both look.</summary>
        public void VerifyOnce(string path, int block)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)block, (uint)Head.Blocks, nameof(block));
            if ((Volatile.Read(ref _verified[block >> 5]) & (1 << (block & 31))) == 0) Verify(path, block);
        }

        public void Verify(string path, int block)
        {
            var (sum, wanted) = (Checksum.Of(Bytes(block)), Blocks[block].Checksum);
            if (sum != wanted) throw StoreFaults.Damaged(path, StoreFaults.Block(block), StoreFaults.Sums(sum, wanted));
            Interlocked.Or(ref _verified[block >> 5], 1 << (block & 31));
        }

        static bool IsHead(ReadOnlySpan<byte> head) =>
            head.Length == GrainFormat.Alignment && head.StartsWith(GrainFormat.Magic)
            && !head[GrainFormat.Magic.Length..].ContainsAnyExcept((byte)0);

        public ReadOnlySpan<byte> Bytes(int block) => _bytes.Span<byte>(Blocks[block].Offset, (int)Blocks[block].Bytes);
    }
}
