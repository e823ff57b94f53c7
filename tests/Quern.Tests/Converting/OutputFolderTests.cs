using System.Globalization;

namespace Quern.Tests.Converting;

public sealed class OutputFolderTests : IDisposable
{
    const int Rows = 30_000;

    readonly Desk _desk = new();

    public OutputFolderTests() => _desk.WriteOrders("o.csv", Rows);

    public void Dispose() => _desk.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(12)]
    public void Parts_have_equal_rows_in_order(int parts)
    {
        _desk.Convert("o.csv", "out/", r => r with { Parts = parts, Verify = true });
        var counts = _desk.Rows("select count(*) from read_parquet('@/out/*.parquet', filename = true) group by filename order by filename")
            .Select(text => int.Parse(text, CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(parts, counts.Count);
        Assert.InRange(counts.Max() - counts.Min(), 0, 1);
        Assert.Equal(
            Enumerable.Range(0, Rows).Select(i => $"{i}"),
            _desk.Rows("select id from read_parquet('@/out/*.parquet', filename = true, file_row_number = true) order by filename, file_row_number"));
    }

    [Fact]
    public void Parts_are_the_same_bytes_whatever_the_threads_and_more_parts_than_rows_are_empty()
    {
        _desk.Convert("o.csv", "a", r => r with { Parts = 3, Threads = 1 });
        _desk.Convert("o.csv", "b", r => r with { Parts = 3, Threads = 4 });
        Assert.Equal(["part-1.parquet", "part-2.parquet", "part-3.parquet"], _desk.Folder.Names("a"));
        foreach (var name in _desk.Folder.Names("a")) Assert.Equal(_desk.Bytes($"a/{name}"), _desk.Bytes($"b/{name}"));
        _desk.Convert("o.csv", "c", r => r with { Parts = 3, Where = "id = 5", Verify = true });
        Assert.Equal(["5"], _desk.Rows("select id from '@/c/*.parquet'"));
        Assert.Equal(3, _desk.Folder.Names("c").Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Partitions_are_folders_whose_rows_keep_their_order(bool unordered)
    {
        _desk.Convert("o.csv", "out", r => r with { PartitionBy = ["shop", "day"], Unordered = unordered, Verify = true });
        Assert.Equal(5 * 4, Directory.GetDirectories(_desk.Folder["out"], "day=*", SearchOption.AllDirectories).Length);
        const string csv = "read_csv('@/o.csv', quote = '\"', escape = '\"')";
        const string back = "read_parquet('@/out/**/*.parquet', hive_partitioning = true, filename = true, file_row_number = true)";
        Assert.Equal(
            _desk.Rows($"select id, day::varchar, shop, amount, note from {csv} order by id"),
            _desk.Rows($"select id, day::varchar, shop, amount, note from {back} order by id"));
        if (!unordered)
            Assert.Equal(["0"], _desk.Rows($"select count(*) from (select id < lag(id) over (partition by shop, day order by filename, file_row_number) as wrong from {back}) where wrong"));
    }

    [Fact]
    public void Folders_of_NULL_and_of_odd_values_hold_all_rows()
    {
        _desk.Folder.Write("k.csv", "k,v\n,1\n\"\",2\n.,3\n..,4\n../../x,5\na=b,6\nnul%00,7\n\"new\nline\",8\n\u00e9,9\n");
        _desk.Convert("k.csv", "out/", r => r with { PartitionBy = ["k"], Hints = new() { Nulls = ["-"], HasHeader = true } });
        Assert.Equal(8, Directory.GetDirectories(_desk.Folder["out"]).Length);
        _desk.Folder.Write("n.csv", "k,v\n-,1\nNULL,2\n");
        _desk.Convert("n.csv", "nulls/", r => r with { PartitionBy = ["k"], Hints = new() { Nulls = ["-"], HasHeader = true } });
        Assert.Equal(2, Directory.GetDirectories(_desk.Folder["nulls"]).Length);
        Assert.True(Directory.Exists(_desk.Folder["nulls/k=NULL"]));
        Assert.True(Directory.Exists(_desk.Folder["nulls/k=__HIVE_DEFAULT_PARTITION__"]));
    }

    [Theory]
    [InlineData("-,1\n__HIVE_DEFAULT_PARTITION__,2\n", "one is NULL")]
    [InlineData("LONG,1\n", "longer than 255 bytes")]
    public void A_value_that_cannot_name_a_folder_is_an_error(string rows, string why)
    {
        _desk.Folder.Write("k.csv", "k,v\n" + rows.Replace("LONG", new string('z', 300), StringComparison.Ordinal));
        var fault = _desk.Fault("k.csv", "out/", r => r with { PartitionBy = ["k"], Hints = new() { Nulls = ["-"], HasHeader = true } });
        Assert.StartsWith("error QN8109: ", fault, StringComparison.Ordinal);
        Assert.Contains(why, fault, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_desk.Folder["out"]));
    }

    [Fact]
    public void Many_partitions_under_little_memory_are_all_there()
    {
        _desk.Convert("o.csv", "out", r => r with { PartitionBy = ["shop", "amount"], Columns = ["id", "shop", "amount"], Verify = true }, 256_000_000);
        Assert.Equal([$"{Rows}|{Rows}"], _desk.Rows("select count(*), count(distinct id) from '@/out/**/*.parquet'"));
    }

    [Fact]
    public void The_folder_is_replaced_whole_and_stays_when_the_run_fails()
    {
        _desk.Convert("o.csv", "out", r => r with { Parts = 3 });
        _desk.Convert("o.csv", "out", r => r with { Parts = 2 });
        Assert.Equal(2, _desk.Folder.Names("out").Count);
        Assert.StartsWith("error QN8107: ", _desk.Fault("o.csv", "out", r => r with { Parts = 4, Verify = true, Where = "random() < 0.5" }), StringComparison.Ordinal);
        Assert.Equal(["o.csv", "out/", "out/part-1.parquet", "out/part-2.parquet"], _desk.Folder.Names());
    }

    [Fact]
    public void A_folder_with_other_files_is_not_replaced()
    {
        _desk.Folder.Write("out/letter.txt", "dear");
        Assert.Equal(
            """
            error QN1115: the folder would be replaced, and holds other files than Parquet
              where   out
              value   letter.txt
              try     a folder of its own
                      ls out
            """, _desk.Fault("o.csv", "out", r => r with { Parts = 2 }));
        Assert.StartsWith("error QN1112: ", _desk.Fault("o.csv", ".", r => r with { Parts = 2 }), StringComparison.Ordinal);
        Assert.StartsWith("error QN1112: ", _desk.Fault("o.csv", "../", r => r with { Parts = 2 }), StringComparison.Ordinal);
    }

    [Fact]
    public void What_does_not_go_together_is_refused()
    {
        Assert.StartsWith("error QN1146: ", _desk.Fault("o.csv", "out.parquet", r => r with { Parts = 2 }), StringComparison.Ordinal);
        Assert.StartsWith("error QN1146: ", _desk.Fault("o.csv", "out", r => r with { Parts = 2, PartitionBy = ["day"] }), StringComparison.Ordinal);
        Assert.StartsWith("error QN1005: ", _desk.Fault("o.csv", "out", r => r with { Parts = 0 }), StringComparison.Ordinal);
        Assert.StartsWith("error QN1148: the input has no such column\n  where   --partition-by\n", _desk.Fault("o.csv", "out", r => r with { PartitionBy = ["dya"] }), StringComparison.Ordinal);
        Assert.StartsWith("error QN1116: ", _desk.Fault("o.csv", "out", r => r with { Columns = ["day"], PartitionBy = ["day"] }), StringComparison.Ordinal);
    }
}
