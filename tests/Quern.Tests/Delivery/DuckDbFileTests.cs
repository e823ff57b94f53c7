using Quern.Delivery;
using Quern.Delivery.DuckDb;
using Quern.Tests.Files;

namespace Quern.Tests.Delivery;

public sealed class DuckDbFileTests : IDisposable
{
    const string Goods = "select id, day, good, amount from file.goods order by shop, day, id";
    readonly Cargo _cargo = new();

    public void Dispose() => _cargo.Dispose();

    [Fact]
    public void A_database_is_made_with_the_table_and_no_log_beside_it()
    {
        var output = Send(_cargo.Load("(2, 'pear', 1.5), (1, NULL, NULL)", [1, 2]));
        Assert.Equal(["2 2025-10-01 - -", "1 2025-10-02 pear 1.5"], Rows());
        Assert.Equal(
            ("goods.duckdb", "duckdb", 2, new FileInfo(Path).Length),
            (output!.Path, output.Kind, output.Rows, output.Bytes));
        Assert.Equal(["goods.duckdb", "spill/"], _cargo.Scratch.Names());
        Assert.Equal(
            ["id BIGINT", "shop VARCHAR", "day DATE", "good VARCHAR", "amount DOUBLE"],
            _cargo.ReadFile(Path, "select column_name, column_type from (describe file.goods)"));
    }

    [Fact]
    public void Rows_of_the_key_and_days_are_replaced_and_all_else_stays()
    {
        Send(_cargo.Load("(1, 'pear', 1), (2, 'fig', 2), (3, 'kiwi', 3)", [1, 2, 3]));
        Send(_cargo.Load("(2, 'plum', 4)", [2], Cargo.OtherShop));
        Cargo.Change(Path, "create table mine as select 42 as x");
        Cargo.Change(Path, "alter table goods add column note varchar; update goods set note = 'seen'");
        Assert.Equal(1, Send(_cargo.Load("(2, 'lime', 5)", [2, 3]))!.Rows);
        Assert.Equal(["1 2025-10-02 plum 4.0", "1 2025-10-01 pear 1.0", "1 2025-10-02 lime 5.0"], Rows());
        Assert.Equal(
            ["seen", "-", "seen"], _cargo.ReadFile(Path, "select note from file.goods order by day, amount desc"));
        Assert.Equal(["42"], _cargo.ReadFile(Path, "select x from file.mine"));
        Assert.Equal(["goods.duckdb", "spill/"], _cargo.Scratch.Names());
    }

    [Fact]
    public void Nothing_changes_before_the_commit_nor_without_it()
    {
        Send(_cargo.Load("(1, 'pear', 1)", [1]));
        File.Stage(_cargo.Database, _cargo.Load("(1, 'fig', 1)", [1]), CancellationToken.None)!.Dispose();
        Assert.Equal(["1 2025-10-01 pear 1.0"], Rows());
        File.Stage(_cargo.Database, _cargo.Load("(1, 'fig', 1)", [1]), CancellationToken.None)!.Dispose();
        System.IO.File.Delete(Path);
        File.Stage(_cargo.Database, _cargo.Load("(1, 'fig', 1)", [1]), CancellationToken.None)!.Dispose();
        Assert.Equal(["spill/"], _cargo.Scratch.Names());
    }

    [Fact]
    public void A_database_that_appears_meanwhile_is_added_to()
    {
        using var staged = File.Stage(_cargo.Database, _cargo.Load("(1, 'fig', 1)", [1]), CancellationToken.None)!;
        Cargo.Change(Path, "create table mine as select 42 as x");
        staged.Commit();
        Assert.Equal(["1 2025-10-01 fig 1.0"], Rows());
        Assert.Equal(["42"], _cargo.ReadFile(Path, "select x from file.mine"));
    }

    [Fact]
    public void Without_days_a_database_stays_as_it_is()
    {
        Send(_cargo.Load("(1, 'pear', 1)", [1]));
        Assert.Null(Send(_cargo.Load("", [])));
        Assert.Equal(["1 2025-10-01 pear 1.0"], Rows());
    }

    [Theory]
    [InlineData("alter table goods drop column amount; alter table goods drop column good", "amount DOUBLE, good VARCHAR")]
    [InlineData("alter table goods alter amount type decimal(33, 15)", "amount DOUBLE")]
    [InlineData("drop table goods; create table goods (x integer)", "amount DOUBLE, day DATE, good VARCHAR")]
    public void A_table_with_other_columns_is_a_fault_and_stays_as_it_is(string change, string wanted)
    {
        Send(_cargo.Load("(1, 'pear', 1)", [1]));
        Cargo.Change(Path, change);
        var before = _cargo.ReadFile(Path, "select * from file.goods");
        Assert.Equal(
            $"""
            error QN8104: the table in the database has other columns
              where   goods.duckdb, table goods
              wanted  {wanted}
              try     --to another database
                      rename or drop the table goods there
            """,
            ScratchFolder.FaultOf(() => Send(_cargo.Load("(1, 'fig', 1)", [1]))).ToString());
        Assert.Equal(before, _cargo.ReadFile(Path, "select * from file.goods"));
    }

    [Fact]
    public void The_rows_may_come_from_any_relation_of_any_catalog()
    {
        using var shelf = _cargo.Database.Connect();
        shelf.Execute("attach ':memory:' as shelf; create schema shelf.\"order\"");
        var shipment = _cargo.Load("(1, 'pear', 1)", [1]);
        shelf.Execute($"create view shelf.\"order\".\"select\" as select * from memory.main.{shipment.Relation}");
        Send(shipment with { Relation = "shelf.\"order\".\"select\"" });
        Send(shipment with { Relation = "shelf.\"order\".\"select\"" });
        Assert.Equal(["1 2025-10-01 pear 1.0"], Rows());
    }

    [Fact]
    public void Another_number_of_rows_than_promised_is_a_fault_and_the_database_stays_as_it_is()
    {
        Send(_cargo.Load("(1, 'pear', 1)", [1]));
        // A row of a day outside the scope is not among those that are replaced.
        var fault = ScratchFolder.FaultOf(() => Send(_cargo.Load("(1, 'fig', 1), (2, 'fig', 2)", [1])));
        Assert.Equal(("QN8101", "1 rows", "2 rows"), (fault.Code, fault.Value, fault.Wanted));
        Assert.Equal(["1 2025-10-01 pear 1.0"], Rows());
    }

    [Fact]
    public void A_database_that_another_process_has_open_is_a_fault()
    {
        Send(_cargo.Load("(1, 'pear', 1)", [1]));
        using (new RecordLock(Path))
        {
            var fault = ScratchFolder.FaultOf(() => Send(_cargo.Load("(1, 'fig', 1)", [1])));
            Assert.Equal(
                ("QN8103", "another process has the database open", "goods.duckdb", ExitCode.Unreachable),
                (fault.Code, fault.What, fault.Where, fault.ExitCode));
            Assert.Contains("Conflicting lock", fault.Value, StringComparison.Ordinal);
            Assert.Equal(["close the other process, then run again", "--to another name"], fault.Try);
        }
        Assert.Equal(["1 2025-10-01 pear 1.0"], Rows());
        Send(_cargo.Load("(1, 'fig', 1)", [1]));
        Assert.Equal(["1 2025-10-01 fig 1.0"], Rows());
    }

    [Theory]
    [InlineData("IO Error: Conflicting lock is held in /usr/bin/duckdb (PID 4711). See also ...", "process 4711, /usr/bin/duckdb")]
    [InlineData("IO Error: Conflicting lock is held somewhere", "IO Error: Conflicting lock is held somewhere")]
    [InlineData("IO Error: No such file", null)]
    public void The_holder_of_a_lock_is_named_as_far_as_it_is_known(string message, string? holder) =>
        Assert.Equal(holder, AttachedDatabase.LockHolder(message));

    [Theory]
    [InlineData("")]
    [InlineData("shop,day\n1,2\n and more than twelve bytes")]
    public void A_file_that_is_no_database_is_a_fault_before_any_work(string content)
    {
        _cargo.Scratch.Write("goods.duckdb", content);
        Assert.Equal(
            """
            error QN8102: the output exists and is no DuckDB database
              where   goods.duckdb
              try     --to another name
                      rm goods.duckdb
            """,
            ScratchFolder.FaultOf(File.Check).ToString());
        Assert.Equal(content, System.IO.File.ReadAllText(Path));
    }

    [Fact]
    public void A_database_of_another_format_is_a_fault()
    {
        var bytes = new byte[20_000];
        "DUCK"u8.CopyTo(bytes.AsSpan(8));
        bytes[12] = 255;
        _cargo.Scratch.Write("goods.duckdb", bytes);
        File.Check();
        var fault = ScratchFolder.FaultOf(() => Send(_cargo.Load("(1, 'fig', 1)", [1])));
        Assert.Equal(
            ("QN8106", "the database cannot be opened", "goods.duckdb"), (fault.Code, fault.What, fault.Where));
        Assert.Equal(bytes, System.IO.File.ReadAllBytes(Path));
    }

    string Path => _cargo.Scratch["goods.duckdb"];

    DuckDbFile File => new("goods.duckdb", Path);

    Quern.Running.RunOutput? Send(Shipment shipment) => _cargo.Send(File, shipment);

    IReadOnlyList<string> Rows() => _cargo.ReadFile(Path, Goods);
}
