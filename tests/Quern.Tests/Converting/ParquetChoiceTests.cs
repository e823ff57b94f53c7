using Quern.Budget;
using Quern.Converting;
using Quern.Running;

namespace Quern.Tests.Converting;

public sealed class ParquetChoiceTests : IDisposable
{
    const string Own = "   by our own writer: 2 threads read and write";

    readonly Desk _desk = new();

    public ParquetChoiceTests() => _desk.WriteOrders("o.csv", 5000);

    public void Dispose() => _desk.Dispose();

    [Fact]
    public void Csv_goes_through_our_own_writer()
    {
        Assert.Equal(Own, Line(r => r));
        Assert.Equal(Own, Line(r => r with { Unordered = true, Columns = ["note", "id"], Compression = "none" }));
        _desk.Convert("o.csv", "out.parquet", r => r with { Columns = ["note", "id"], Verify = true });
        Assert.Equal(["note|id"], _desk.Rows("select string_agg(name, '|') from parquet_schema('@/out.parquet') where num_children is null"));
        Assert.Equal(["Quern version 1.0.0"], _desk.Rows("select created_by from parquet_file_metadata('@/out.parquet')"));
        Assert.Equal(["0"], _desk.Rows("select count(*) from '@/out.parquet' where id <> file_row_number"));
    }

    [Fact]
    public void What_it_cannot_do_is_left_to_the_engine_and_said()
    {
        Assert.Equal("   by the engine's writer: rows are filtered", Line(r => r with { Where = "id > 3" }));
        Assert.Equal("   by the engine's writer: rows are sorted", Line(r => r with { Sort = ["id"] }));
        Assert.Equal("   by the engine's writer: compression snappy", Line(r => r with { Compression = "snappy" }));
        Assert.Equal("   by the engine's writer: several files are written", Line(r => r with { Output = "out/", Parts = 2 }));
        File.WriteAllText(_desk.Folder["u.csv"], "id,big\n00000000-0000-0000-0000-000000000000,123456789012345678901234567890\n");
        Assert.Equal("   by the engine's writer: column \"id\" becomes VARCHAR", Line(r => r with { Inputs = ["u.csv"], UuidAsText = true }));
        _desk.Convert("o.csv", "o.parquet");
        Assert.Equal("   by the engine's writer: only CSV is read without the engine", Line(r => r with { Inputs = ["o.parquet"] }));
    }

    [Fact]
    public void Little_memory_is_for_fewer_threads()
    {
        Assert.Equal("   by our own writer: 1 thread reads and writes", Line(r => r with { RowGroupRows = 10_000_000 }));
    }

    [Fact]
    public void A_run_that_is_ended_leaves_no_file()
    {
        _desk.WriteOrders("big.csv", 60_000);
        using var cancel = new CancellationTokenSource();
        var run = new Run("convert", new MemoryLedger(new MemorySize(1_000_000_000)), TimeProvider.System, cancel.Token);
        cancel.CancelAfter(TimeSpan.FromMilliseconds(150));
        var report = run.Execute(() =>
        {
            while (true) new Conversion(run, _desk.Request("big.csv", "out.parquet")).Make();
        });
        Assert.NotNull(report.Cause);
        Assert.DoesNotContain(Directory.EnumerateFiles(_desk.Folder.Path), path => Path.GetFileName(path) is not ("o.csv" or "big.csv" or "out.parquet"));
    }

    string Line(Func<ConvertRequest, ConvertRequest> more)
    {
        var run = new Run("convert", new MemoryLedger(new MemorySize(1_000_000_000)), TimeProvider.System, TestContext.Current.CancellationToken);
        return new Conversion(run, more(_desk.Request("o.csv", "out.parquet"))).Explain().Single(line => line.Contains("writer", StringComparison.Ordinal));
    }
}
