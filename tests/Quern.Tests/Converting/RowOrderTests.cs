namespace Quern.Tests.Converting;

public sealed class RowOrderTests : IDisposable
{
    const int Rows = 60_000;

    readonly Desk _desk = new();

    public RowOrderTests() => _desk.WriteOrders("o.csv", Rows);

    public void Dispose() => _desk.Dispose();

    [Theory]
    [InlineData("out.parquet")]
    [InlineData("out.arrow")]
    [InlineData("out.csv")]
    public void The_same_input_gives_the_same_bytes_whatever_the_threads_and_the_memory(string output)
    {
        var all = new List<byte[]>();
        foreach (var (threads, memory) in new[] { (1, 1_000_000_000L), (2, 600_000_000), (7, 2_000_000_000), (3, 300_000_000) })
        {
            _desk.Convert("o.csv", output, r => r with { Threads = threads, RowGroupRows = output.EndsWith(".csv", StringComparison.Ordinal) ? null : 20_480 }, memory);
            all.Add(_desk.Bytes(output));
        }
        Assert.All(all, bytes => Assert.Equal(all[0], bytes));
    }

    [Fact]
    public void Rows_keep_the_order_of_the_files_and_their_rows()
    {
        _desk.WriteOrders("p.csv", 5_000);
        _desk.Convert("o.csv p.csv", "out.parquet");
        Assert.Equal([$"{Rows + 5_000}"], _desk.Rows("select count(*) from '@/out.parquet'"));
        Assert.Equal(["0"], _desk.Rows($"select count(*) from '@/out.parquet' where id <> if(file_row_number < {Rows}, file_row_number, file_row_number - {Rows})"));
    }

    [Fact]
    public void Without_an_order_the_same_rows_are_there()
    {
        _desk.Convert("o.csv", "out.parquet", r => r with { Unordered = true, Verify = true });
        const string csv = "select * from read_csv('@/o.csv', quote = '\"', escape = '\"')";
        Assert.Equal(["0|0"], _desk.Rows($"select (select count(*) from ({csv} except all from '@/out.parquet')), (select count(*) from (from '@/out.parquet' except all {csv}))"));
    }

    [Fact]
    public void Ties_of_a_sort_are_broken_by_all_columns()
    {
        _desk.Convert("o.csv", "a.csv", r => r with { Sort = ["shop", "amount desc"], Threads = 1 });
        _desk.Convert("o.csv", "b.csv", r => r with { Sort = ["shop", "amount desc"], Threads = 4, Unordered = true });
        Assert.Equal(_desk.Bytes("a.csv"), _desk.Bytes("b.csv"));
        Assert.Equal(
            _desk.Rows("select id from read_csv('@/o.csv', quote = '\"', escape = '\"') order by shop, amount desc, id"),
            _desk.Rows("select id from read_csv('@/a.csv', quote = '\"', escape = '\"', parallel = false)"));
    }

    [Fact]
    public void Columns_and_conditions_choose_what_is_written()
    {
        var report = _desk.Convert("o.csv", "out.csv", r => r with { Columns = ["Shop", "id"], Where = "id < 3 -- few", Verify = true });
        Assert.Equal(["shop|id", .. _desk.Rows("select shop, id from '@/out.csv'")], File.ReadAllText(_desk.Folder["out.csv"]).Replace(',', '|').TrimEnd('\n').Split('\n'));
        Assert.Equal((Rows, 3L, Rows - 3L, 0L, 3L), (report.Read, report.Kept, report.Filtered, report.Rejected, report.Written));
    }
}
