using System.Globalization;
using System.Text;
using Quern.Chunks;
using Quern.Csv;
using Quern.Delivery;
using Quern.Delivery.Parquet;
using Quern.Delivery.Parquet.Feeding;
using Quern.Tests.Csv;

namespace Quern.Tests.Delivery.Parquet;

public sealed class CsvWorkTests : IDisposable
{
    const long Limit = 1_000_000_000;

    readonly ParquetDesk _desk = new();

    public void Dispose() => _desk.Dispose();

    [Fact]
    public void Rows_keep_their_order_whoever_reads_them_and_give_the_same_bytes()
    {
        for (var seed = 0; seed < 12; seed++)
        {
            var random = new Random(seed);
            var read = Reading.Texts("", 2, blockBytes: random.Next(1, 3) == 1 ? random.Next(1, 60) : random.Next(60, 5000)) with { Files = Files(random) };
            var wanted = Reading.Rows(read).Select(row => $"{row[0]}|{row[1]}").ToList();
            var options = new ParquetOptions { RowGroupRows = random.Next(1, 60) };
            byte[]? first = null;
            foreach (var threads in new[] { 1, 2, 3 })
            {
                Assert.Equal(wanted.Count, Write(read, inOrder: true, threads, options));
                if (threads == 1) Assert.Equal(wanted, _desk.Rows("from read_parquet(@)"));
                var bytes = File.ReadAllBytes(_desk.Path);
                Assert.Equal(first ??= bytes, bytes);
            }
            Assert.Equal(wanted.Count, Write(read, inOrder: false, threads: 3, options));
            Assert.Equal(wanted.Order(StringComparer.Ordinal), _desk.Rows("from read_parquet(@)").Order(StringComparer.Ordinal));
            var groups = _desk.Rows("select row_group_num_rows from parquet_metadata(@) where column_id = 0");
            Assert.All(groups, rows => Assert.InRange(long.Parse(rows, CultureInfo.InvariantCulture), 1, options.RowGroupRows));
        }
    }

    [Fact]
    public void What_is_compressed_keeps_its_order_too()
    {
        var text = string.Concat(Enumerable.Range(0, 5000).Select(i => $"{i},\"a\n{i}\"\n"));
        using (var file = File.Create(_desk.Folder["a.csv.gz"]))
        using (var gzip = new System.IO.Compression.GZipStream(file, System.IO.Compression.CompressionMode.Compress))
            gzip.Write(Encoding.UTF8.GetBytes(text));
        var read = Reading.Texts(_desk.Folder["a.csv.gz"], 2, blockBytes: 700);
        Assert.Equal(5000, Write(read, inOrder: true, threads: 2, new ParquetOptions { RowGroupRows = 999 }));
        Assert.Equal(["0"], _desk.Rows("select count(*) from read_parquet(@, file_row_number = true) where c0 <> file_row_number or c1 <> e'a\\n' || c0"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Of_faults_the_first_one_in_the_files_is_thrown(bool inOrder)
    {
        var text = new StringBuilder();
        for (var i = 0; i < 3000; i++) text.Append(CultureInfo.InvariantCulture, $"{i},x{(i is 1500 or 2900 ? ",too many" : "")}\n");
        var read = Reading.Texts(_desk.Folder.Write("a.csv", text.ToString()), 2, blockBytes: 300);
        for (var threads = 1; threads <= 3; threads++)
        {
            var fault = Assert.Throws<QuernException>(() => Write(read, inOrder, threads, new ParquetOptions { RowGroupRows = 50 })).Fault;
            Assert.Contains("line 1,501", fault.Where, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_file_that_is_gone_ends_the_work()
    {
        var there = _desk.Folder.Write("a.csv", "1,2\n");
        var read = Reading.Texts(there, 2) with { Files = [new CsvFile(there, "a.csv"), new CsvFile(_desk.Folder["b.csv"], "b.csv")] };
        Assert.Equal("QN2001", Assert.Throws<QuernException>(() => Write(read, inOrder: true, 2, new ParquetOptions())).Fault.Code);
        Assert.Equal("QN2001", Assert.Throws<QuernException>(() => Write(read, inOrder: false, 2, new ParquetOptions())).Fault.Code);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void It_can_be_ended_at_any_time(bool inOrder)
    {
        var read = Reading.Texts(_desk.Folder.Write("a.csv", string.Concat(Enumerable.Repeat("abc,def\n", 50_000))), 2, blockBytes: 1000);
        using var cancel = new CancellationTokenSource();
        var blocks = 0;
        read = read with { BytesRead = _ => { if (Interlocked.Increment(ref blocks) == 20) cancel.Cancel(); } };
        Assert.ThrowsAny<OperationCanceledException>(() => Write(read, inOrder, 3, new ParquetOptions { RowGroupRows = 500 }, cancel.Token));
    }

    [Fact]
    public void Rows_that_are_set_aside_leave_the_others_in_their_order()
    {
        var text = new StringBuilder();
        for (var i = 0; i < 4000; i++) text.Append(CultureInfo.InvariantCulture, $"{(i % 7 == 2 ? "x" : i)},{(i % 5 == 0 ? "" : $"text number {i} of many")},{i / 4.0}\n");
        var read = new CsvRead
        {
            Files = [new CsvFile(_desk.Folder.Write("a.csv", text.ToString()), "a.csv")],
            Columns = [new("n", TypeKind.BigInt), new("t", TypeKind.Varchar) { Empty = OnEmpty.Null }, new("x", TypeKind.Double)],
            Dialect = new CsvDialect { HasHeader = false },
            BlockBytes = 500,
        };
        foreach (var inOrder in new[] { true, false })
        {
            using var rejects = new CsvRejects();
            var counts = new CsvCounts(3);
            var rows = Write(read with { Rejects = rejects, Counts = counts }, inOrder, 3, new ParquetOptions { RowGroupRows = 100 });
            Assert.Equal((4000, counts.Kept, counts.Rejected), (counts.Read, rows, rejects.Rows));
            var wanted = Enumerable.Range(0, 4000).Where(i => i % 7 != 2)
                .Select(i => string.Create(CultureInfo.InvariantCulture, $"{i}|{(i % 5 == 0 ? "NULL" : $"text number {i} of many")}|{i / 4.0:0.0##}"));
            Assert.Equal(wanted, _desk.Rows($"from read_parquet(@){(inOrder ? "" : " order by n")}"));
        }
    }

    [Fact]
    public void Nothing_is_allocated_for_a_row()
    {
        const int Rows = 200_000;
        var path = _desk.Folder.Write("a.csv", string.Concat(Enumerable.Range(0, Rows).Select(i => $"{i},some text that is long {i % 100},{i}.5\n")));
        var read = new CsvRead
        {
            Files = [new CsvFile(path, "a.csv")],
            Columns = [new("n", TypeKind.BigInt), new("t", TypeKind.Varchar), new("x", TypeKind.Double)],
            Dialect = new CsvDialect { HasHeader = false },
        };
        using var pass = new CsvPass(read);
        using var reader = pass.OpenReader(isOnly: true);
        using var sink = new OwnSink(pass.Schema);
        using var writer = new ParquetWriter(_desk.Path, pass.Schema, new ParquetOptions { RowGroupRows = 20_000 });
        using var builder = writer.Builder();
        var (all, before) = (0L, 0L);
        while (reader.Fill(sink) is > 0 and var rows)
        {
            ParquetDesk.Append(writer, builder, sink.Read(rows));
            sink.Clear();
            all += rows;
            // The first row groups have made all that is used again.
            if (all < Rows / 2) before = GC.GetAllocatedBytesForCurrentThread();
        }
        Assert.Equal(Rows, all);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, Rows / 2);
    }

    long Write(CsvRead read, bool inOrder, int threads, ParquetOptions options, CancellationToken cancel = default)
    {
        File.Delete(_desk.Path);
        var columns = Enumerable.Range(0, read.Columns.Count).ToList();
        using var writer = new ParquetWriter(_desk.Path, read.Schema, options);
        new CsvWork(new CsvFeed(read, columns, inOrder, threads, Limit), writer, cancel).Run();
        return writer.Complete();
    }

    /// <summary>Files of rows, some without any, with quotes and line ends in cells.</summary>
    List<CsvFile> Files(Random random)
    {
        var files = new List<CsvFile>();
        var row = 0;
        for (var f = 0; f < random.Next(1, 90); f++)
        {
            var text = new StringBuilder();
            for (var rows = random.Next(5) == 0 ? 0 : random.Next(1, f == 0 ? 2000 : 40); rows > 0; rows--, row++)
            {
                var cell = random.Next(4) switch { 0 => $"\"a\n\"\"{row}\r\n\"", 1 => "", 2 => new string('z', random.Next(60)), _ => $"b{row % 7}" };
                text.Append(CultureInfo.InvariantCulture, $"{row},{cell}{(rows == 1 && random.Next(2) == 0 ? "" : "\n")}");
            }
            var name = string.Create(CultureInfo.InvariantCulture, $"{f}.csv");
            files.Add(new CsvFile(_desk.Folder.Write(name, text.ToString()), name));
        }
        return files;
    }
}
