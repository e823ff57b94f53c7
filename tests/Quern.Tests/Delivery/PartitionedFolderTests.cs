using Quern.Delivery.Folder;
using Quern.Duck;
using Quern.Files;
using Quern.Tests.Files;

namespace Quern.Tests.Delivery;

public sealed class PartitionedFolderTests : IDisposable
{
    readonly Cargo _cargo = new();

    public void Dispose() => _cargo.Dispose();

    [Fact]
    public void Each_day_with_rows_has_a_file_and_no_number_is_padded()
    {
        var output = _cargo.Send(Folder, _cargo.Load("(12, 'fig', 2), (1, 'pear', 1), (1, 'kiwi', 3)", [1, 2, 12]));
        Assert.Equal(
            [
                $"shop={Cargo.Shop}/year=2025/month=10/day=1/data.parquet",
                $"shop={Cargo.Shop}/year=2025/month=10/day=12/data.parquet",
            ],
            Files());
        Assert.Equal(["2025-10-01 pear 1.0", "2025-10-01 kiwi 3.0"], Day(1));
        Assert.Equal(("out/", "folder", 3), (output!.Path, output.Kind, output.Rows));
        Assert.Equal(Files().Sum(f => new FileInfo(_cargo.Scratch[$"out/{f}"]).Length), output.Bytes);
    }

    [Fact]
    public void Days_of_the_delivery_are_replaced_and_all_else_stays()
    {
        _cargo.Send(Folder, _cargo.Load("(1, 'pear', 1), (2, 'fig', 2), (3, 'kiwi', 3)", [1, 2, 3]));
        _cargo.Send(Folder, _cargo.Load("(2, 'plum', 4)", [2], Cargo.OtherShop));
        _cargo.Scratch.Write("out/notes.txt", "mine");
        // Day 2 has other rows now, day 3 none any more.
        _cargo.Send(Folder, _cargo.Load("(2, 'lime', 5)", [2, 3]));
        Assert.Equal(
            [
                "notes.txt",
                $"shop={Cargo.OtherShop}/year=2025/month=10/day=2/data.parquet",
                $"shop={Cargo.Shop}/year=2025/month=10/day=1/data.parquet",
                $"shop={Cargo.Shop}/year=2025/month=10/day=2/data.parquet",
            ],
            Files());
        Assert.Equal(["2025-10-01 pear 1.0"], Day(1));
        Assert.Equal(["2025-10-02 lime 5.0"], Day(2));
        Assert.Equal(["2025-10-02 plum 4.0"], Day(2, Cargo.OtherShop));
    }

    [Fact]
    public void The_folder_of_the_key_may_have_another_name_than_its_column_and_holds_any_key()
    {
        var shipment = _cargo.Load("(1, 'pear', 1)", [1], "a/../b=ä");
        _cargo.Send(Folder, shipment with { Scope = shipment.Scope! with { KeyFolder = "source" } });
        var file = Assert.Single(Files());
        Assert.Equal("source=a%2F..%2Fb%3D%C3%A4/year=2025/month=10/day=1/data.parquet", file);
        var all = Sql.Text(_cargo.Scratch["out/**/*.parquet"]);
        Assert.Equal(["a/../b=ä pear"], _cargo.Read($"select source, good from read_parquet({all}, hive_partitioning = true)"));
        Assert.Equal("a/../b=ä", HivePartitions.Of(file)["source"]);
    }

    [Fact]
    public void Nothing_changes_before_the_commit_nor_without_it()
    {
        _cargo.Send(Folder, _cargo.Load("(1, 'pear', 1)", [1]));
        var shipment = _cargo.Load("(1, 'fig', 1), (2, 'fig', 2)", [1, 2]);
        using (Folder.Stage(_cargo.Database, shipment, CancellationToken.None))
            Assert.Equal(["2025-10-01 pear 1.0"], Day(1));
        Assert.Equal(["2025-10-01 pear 1.0"], Day(1));
        Assert.Single(Files());
        Assert.Equal(["out/", "spill/"], _cargo.Scratch.Names().Where(n => n.IndexOf('/') == n.Length - 1));
    }

    [Fact]
    public void Without_days_there_is_nothing_to_write()
    {
        Assert.Null(_cargo.Send(Folder, _cargo.Load("", [])));
        Assert.False(Directory.Exists(_cargo.Scratch["out"]));
    }

    [Fact]
    public void A_row_of_a_day_that_is_not_delivered_is_a_fault()
    {
        var fault = ScratchFolder.FaultOf(() => _cargo.Send(Folder, _cargo.Load("(1, 'pear', 1), (2, 'fig', 2)", [1])));
        Assert.Equal(
            """
            error QN8101: the destination does not have the rows that were sent
              where   out/
              value   1 rows
              wanted  2 rows
              try     run again: the destination is as it was
            """,
            fault.ToString());
        Assert.False(Directory.Exists(_cargo.Scratch["out"]));
    }

    PartitionedFolder Folder => new("out/", _cargo.Scratch["out"]);

    IReadOnlyList<string> Files() => [.. _cargo.Scratch.Names("out").Where(n => !n.EndsWith('/'))];

    IReadOnlyList<string> Day(int day, string shop = Cargo.Shop)
    {
        var file = _cargo.Scratch[$"out/shop={shop}/year=2025/month=10/day={day}/data.parquet"];
        return _cargo.Read($"select day, good, amount from read_parquet({Sql.Text(file)}, hive_partitioning = false)");
    }
}
