using System.Globalization;
using System.Text;
using Quern.Chunks;
using Quern.Csv;
using Quern.Csv.Blocks;
using Quern.Duck;
using Quern.Fuzz.Csv;
using Quern.Tests.Files;

namespace Quern.Tests.Csv;

/// <summary>Blocks of a read are counted, with their bytes: their number does not depend on the files, and they grow for long rows only,
/// to a limit that is stated.</summary>
public sealed class CsvMemoryTests : IDisposable
{
    const int BlockBytes = 10_000;

    readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("plain", 1)]
    [InlineData("plain", 3)]
    [InlineData("in order", 3)]
    [InlineData("gzip", 1)]
    [InlineData("gzip", 3)]
    [InlineData("zstd", 1)]
    [InlineData("input", 1)]
    [InlineData("input", 3)]
    [InlineData("latin", 1)]
    public void A_file_of_a_hundred_times_the_size_takes_as_many_blocks(string way, int threads)
    {
        const int rows = 2_500;
        var (few, many) = (Read(way, threads, Text(rows), 4 * BlockBytes), Read(way, threads, Text(100 * rows), 4 * BlockBytes));
        Assert.Equal((rows, 100 * rows), (few.Rows, many.Rows));
        // A stream keeps the beginning of the next row in memory of its own; a thread that finds no work takes a block all the same.
        var most = threads + (way is "plain" or "in order" ? 0 : 1);
        Assert.Equal(most, few.Memory.Most);
        Assert.Equal(most, many.Memory.Most);
        // A block, and the look at the next one or at the beginning of the file.
        Assert.InRange(few.Memory.MostBytes, 1, (long)most * 4 * BlockBytes);
        Assert.InRange(many.Memory.MostBytes, 1, (long)most * 4 * BlockBytes);
        Assert.Equal(0, many.Memory.Count);
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("gzip")]
    [InlineData("zstd")]
    [InlineData("input")]
    [InlineData("in order")]
    public void A_line_longer_than_a_block_grows_it_to_the_limit_and_no_further(string way)
    {
        const int most = 200_000;
        // Two bytes of the line are those of the first cell.
        foreach (var (bytes, isTaken) in new[] { (most - 2, true), (most - 1, false), (20 * most, false) })
        {
            var text = Text(500) + "1," + new string('x', bytes) + "\n" + Text(500);
            var counting = new CountedMemory();
            if (isTaken)
            {
                Assert.Equal(1001, Read(way, 1, text, most, counting).Rows);
            }
            else
            {
                var fault = Assert.Throws<QuernException>(() => Read(way, 1, text, most, counting)).Fault;
                Assert.Equal(("QN2014", "a record is longer than 200,000 bytes"), (fault.Code, fault.What));
                Assert.Contains("line 668 (byte ", fault.Where, StringComparison.Ordinal);
            }
            // A reader that has a long row in a stream has its beginning twice for a while. Without a limit it would be many times as much.
            Assert.InRange(counting.MostBytes, most, 5L * most);
            Assert.Equal(0, counting.Count);
        }
    }

    [Fact]
    public void A_block_that_moves_while_it_grows_takes_no_place_in_it_along()
    {
        // Rows of three batches and more begin in the block; the last one goes on so far behind it that the block has to grow, which is
        // seen when texts of the rows before it were remembered by their places. Memory that is given back must not be read.
        var row = "1,a text that comes again and again\n";
        var rows = (BlockBytes * 5 / row.Length) - 1;
        var text = string.Concat(Enumerable.Repeat(row, rows)) + "1," + new string('x', 10 * BlockBytes) + "\n" + row;
        var read = Texts(text) with { BlockBytes = 5 * BlockBytes, Memory = bytes => new GuardedMemory(bytes) };
        var found = Reading.Rows(read);
        Assert.Equal(rows + 2, found.Count);
        Assert.Equal(rows + 1, found.Count(cells => cells[1] is "a text that comes again and again"));
    }

    CsvRead Texts(string text) => Reading.Texts(_folder.Write("a.csv", text), 2);

    static string Text(int rows) => string.Concat(Enumerable.Range(0, rows).Select(i =>
        string.Create(CultureInfo.InvariantCulture, $"{i},{(i % 3 == 0 ? "\"a quoted\ntext\"" : "some text of a row")}\n")));

    (int Rows, CountedMemory Memory) Read(string way, int threads, string text, int maxRowBytes, CountedMemory? memory = null)
    {
        memory ??= new CountedMemory();
        var bytes = Encoding.UTF8.GetBytes(text);
        using var input = new CsvInput(new MemoryStream(bytes), "a.csv");
        var file = way switch
        {
            "gzip" => new CsvFile(_folder.WriteGzip("a.csv.gz", bytes), "a.csv"),
            "zstd" => new CsvFile(_folder.Write("a.csv.zst", Zstandard(bytes)), "a.csv"),
            "input" => new CsvFile("-", "a.csv") { Input = input },
            _ => new CsvFile(_folder.Write("a.csv", bytes), "a.csv"),
        };
        var read = new CsvRead
        {
            Files = [file],
            Columns = [new("n", TypeKind.BigInt), new("t", TypeKind.Varchar)],
            Dialect = new CsvDialect { HasHeader = false, Encoding = way == "latin" ? CsvEncoding.Latin1 : CsvEncoding.Utf8 },
            BlockBytes = BlockBytes,
            MaxRowBytes = maxRowBytes,
            Memory = memory.Take,
        };
        return (way == "in order" ? InOrder(read, threads) : Free(read, threads), memory);
    }

    static int InOrder(CsvRead read, int threads)
    {
        using var ordered = new CsvOrdered(read, threads, bytes: 1);
        var rows = 0;
        while (ordered.Next() is { } chunk) rows += chunk.Rows;
        return rows;
    }

    static int Free(CsvRead read, int threads)
    {
        using var pass = new CsvPass(read);
        var rows = 0;
        // All blocks are there before the first is read.
        var chunks = Enumerable.Range(0, threads).Select(_ => new CsvChunks(pass)).ToArray();
        try
        {
            if (threads == 1) Drain(chunks[0]);
            else Task.WaitAll([.. chunks.Select(c => Task.Factory.StartNew(() => Drain(c), TaskCreationOptions.LongRunning))]);
        }
        finally
        {
            foreach (var one in chunks) one.Dispose();
        }
        return rows;

        void Drain(CsvChunks mine)
        {
            while (mine.Next() is { } chunk) Interlocked.Add(ref rows, chunk.Rows);
        }
    }

    static byte[] Zstandard(byte[] content)
    {
        using var zstd = new Zstd();
        var frame = new byte[Zstd.Bound(content.Length)];
        return frame[..zstd.Compress(content, frame, 3)];
    }

    /// <summary>Counts blocks that are alive, and their bytes.</summary>
    sealed class CountedMemory
    {
        readonly object _gate = new();

        public int Count { get; private set; }

        public int Most { get; private set; }

        public long MostBytes { get; private set; }

        long _bytes;

        public BlockMemory Take(int bytes)
        {
            lock (_gate)
            {
                Count++;
                Most = Math.Max(Most, Count);
            }
            return new Counted(this, bytes);
        }

        void Add(long bytes, bool isLast)
        {
            lock (_gate)
            {
                _bytes += bytes;
                MostBytes = Math.Max(MostBytes, _bytes);
                if (isLast) Count--;
            }
        }

        sealed unsafe class Counted : BlockMemory
        {
            readonly CountedMemory? _owner;

            public Counted(CountedMemory owner, int bytes) : base(bytes)
            {
                _owner = owner;
                owner.Add(bytes, isLast: false);
            }

            protected override byte* Enlarge(byte* memory, int had, int bytes)
            {
                _owner!.Add(bytes - had, isLast: false);
                return base.Enlarge(memory, had, bytes);
            }

            protected override void Free(byte* memory, int bytes)
            {
                if (memory is not null) _owner!.Add((2 * Margin) - bytes, isLast: true);
                base.Free(memory, bytes);
            }
        }
    }
}
