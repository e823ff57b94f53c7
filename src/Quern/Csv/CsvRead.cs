using Quern.Chunks;
using Quern.Csv.Blocks;
using Quern.Csv.Scanning;
using Quern.Csv.Values;

namespace Quern.Csv;

/// <summary>What is read: files of one layout, and how.</summary>
sealed record CsvRead
{
    const int DefaultBlockBytes = 1 << 20;

    /// <summary>The longest row where nobody says another, and where memory is not short: 2 MiB.</summary>
    public const int DefaultMaxRowBytes = 2 << 20;

    /// <summary>The largest block, and the longest row, that can be asked for: 256 MiB.</summary>
    public const int MostBytes = 1 << 28;

    /// <summary>Files with the same columns in the same order.</summary>
    public required IReadOnlyList<CsvFile> Files { get; init; }

    /// <summary>All columns of the files, by position; those that nobody asks for are not parsed.</summary>
    public required IReadOnlyList<CsvColumn> Columns { get; init; }

    /// <summary>Delimiter, quotes, header.</summary>
    public CsvDialect Dialect { get; init; } = new();

    /// <summary>Texts that stand for NULL in all columns, beside what <see cref="CsvColumn.Empty"/> says. Default: none.</summary>
    public IReadOnlyList<string> Nulls { get; init; } = [];

    /// <summary>Where rows that cannot be read are set aside. Default: null, the first one ends the read.</summary>
    public CsvRejects? Rejects { get; init; }

    /// <summary>Where rows, and bad cells of columns that go on with them, are counted. Default: null, nowhere.</summary>
    public CsvCounts? Counts { get; init; }

    /// <summary>Bytes that a thread reads at a time. Default: 1 MiB.</summary>
    public int BlockBytes { get; init; } = DefaultBlockBytes;

    /// <summary>The most bytes that a row may have. Default: 2 MiB.</summary>
    public int MaxRowBytes { get; init; } = DefaultMaxRowBytes;

    /// <summary>Told how many more bytes of the files have been read, of gzip the compressed ones; called by all threads. Over a read
    /// that goes to the end they add up to the sizes of the files.</summary>
    public Action<long>? BytesRead { get; init; }

    /// <summary>Makes what looks at the cells of a column in place of reading them, for each thread. Default: null, they are read.</summary>
    public Func<int, ColumnParser>? Observe { get; init; }

    /// <summary>Does without vector instructions; for tests. Default: false.</summary>
    public bool ForceScalar { get; init; }

    /// <summary>Makes the memory of a block of so many bytes; for tests, which put guards around it. Default: the process's heap.</summary>
    public Func<int, BlockMemory> Memory { get; init; } = bytes => new BlockMemory(bytes);

    /// <summary>Memory that a thread needs: its block, the beginning of the next one, where cells and rows end, and the texts of a
    /// column. A row that goes on beyond takes up to twice <see cref="MaxRowBytes"/> more; so does the thread's gzip file.</summary>
    public long BytesPerThread =>
        BlockBytes + Math.Min(BlockBytes, BlockSource.LookBytes) + RowIndex.Bytes(RowBatch.Capacity) + RowBatch.Bytes + ChunkSink.PieceBytes;

    /// <summary>Names and types of <see cref="Columns"/>.</summary>
    public Schema Schema => new([.. Columns.Select(c => new Column(c.Name, c.Type))]);
}
