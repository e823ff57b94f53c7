using Quern.Delivery;
using Quern.Delivery.Parquet;
using Quern.Duck;
using Quern.Tests.Files;

namespace Quern.Tests.Delivery;

public sealed class ParquetFileTests : IDisposable
{
    readonly Cargo _cargo = new();

    public void Dispose() => _cargo.Dispose();

    [Fact]
    public void Rows_are_in_their_order_with_their_types()
    {
        var output = Send(_cargo.Load("(2, 'pear', 1.5), (1, NULL, NULL), (2, '', -0.1)", [1, 2]));
        Assert.Equal(
            ("goods.parquet", "parquet", 3, new FileInfo(Path).Length),
            (output!.Path, output.Kind, output.Rows, output.Bytes));
        Assert.Equal(
            [$"{Cargo.Shop} 2025-10-02 pear 1.5", $"{Cargo.Shop} 2025-10-01 - -", $"{Cargo.Shop} 2025-10-02  -0.1"],
            Rows("*"));
        Assert.Equal(
            ["shop VARCHAR", "day DATE", "good VARCHAR", "amount DOUBLE"],
            _cargo.Read($"select column_name, column_type from (describe from read_parquet({Sql.Text(Path)}))"));
        Assert.Equal(["ZSTD"], _cargo.Read($"select distinct compression from parquet_metadata({Sql.Text(Path)})"));
    }

    [Fact]
    public void Row_groups_have_the_rows_asked_for()
    {
        var rows = string.Join(", ", Enumerable.Range(0, 5000).Select(i => $"(1, 'g', {i})"));
        Send(_cargo.Load(rows, [1]) with { RowGroupRows = 2048 });
        var groups = $"select row_group_num_rows from parquet_metadata({Sql.Text(Path)}) where column_id = 0";
        Assert.Equal(["2048", "2048", "904"], _cargo.Read($"{groups} order by row_group_id"));
        Assert.Equal("4999.0", Rows("amount")[^1]);
    }

    [Fact]
    public void The_file_is_replaced_whole_and_not_before_the_commit()
    {
        Send(_cargo.Load("(1, 'pear', 1), (2, 'fig', 2)", [1, 2]));
        using (var staged = File.Stage(_cargo.Database, _cargo.Load("(1, 'kiwi', 1)", [1]), CancellationToken.None))
        {
            Assert.Equal(["pear", "fig"], Rows("good"));
            staged!.Commit();
        }
        Assert.Equal(["kiwi"], Rows("good"));
        Assert.Equal(["goods.parquet", "spill/"], _cargo.Scratch.Names());
    }

    [Fact]
    public void No_rows_leave_a_file_as_it_is_unless_that_is_allowed()
    {
        Send(_cargo.Load("(1, 'pear', 1)", [1]));
        var nothing = _cargo.Load("", []);
        Assert.Null(Send(nothing));
        Assert.Equal(["pear"], Rows("good"));
        Assert.Equal(0, Send(nothing with { AllowEmpty = true })!.Rows);
        Assert.Empty(Rows("good"));
    }

    [Fact]
    public void A_write_that_fails_leaves_the_old_file_and_nothing_else()
    {
        Send(_cargo.Load("(1, 'pear', 1)", [1]));
        var fault = ScratchFolder.FaultOf(
            () => Send(_cargo.Load("(1, 'kiwi', 1)", [1]) with { Columns = ["no_such_column"] }));
        Assert.Equal(
            ("QN8105", "the output cannot be written", "goods.parquet"), (fault.Code, fault.What, fault.Where));
        Assert.Equal(["pear"], Rows("good"));
        Assert.Equal(["goods.parquet", "spill/"], _cargo.Scratch.Names());
    }

    string Path => _cargo.Scratch["goods.parquet"];

    ParquetFile File => new("goods.parquet", Path);

    Quern.Running.RunOutput? Send(Shipment shipment) => _cargo.Send(File, shipment);

    IReadOnlyList<string> Rows(string columns) => _cargo.Read($"select {columns} from read_parquet({Sql.Text(Path)})");
}
