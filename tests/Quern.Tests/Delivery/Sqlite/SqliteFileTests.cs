using Quern.Delivery;
using Quern.Delivery.Sqlite;
using Quern.Running;
using Quern.Tests.Files;

namespace Quern.Tests.Delivery.Sqlite;

public sealed class SqliteFileTests : IDisposable
{
    const string Goods = "select id, day, good, amount from goods order by shop, day, id";
    readonly Cargo _cargo = new();

    public void Dispose() => _cargo.Dispose();

    [Fact]
    public void A_database_is_made_with_a_strict_table_and_nothing_beside_it()
    {
        var output = Send(_cargo.Load("(2, 'pear', 1.5), (1, NULL, NULL)", [1, 2]));
        Assert.Equal(["2|2025-10-01||", "1|2025-10-02|pear|1.5"], Rows());
        Assert.Equal(
            ("goods.sqlite", "sqlite", 2, new FileInfo(Path).Length), (output!.Path, output.Kind, output.Rows, output.Bytes));
        Assert.Equal(["goods.sqlite", "spill/"], _cargo.Scratch.Names());
        Assert.Equal(
            ["""CREATE TABLE "goods" ("id" INTEGER, "shop" TEXT, "day" TEXT, "good" TEXT, "amount" REAL) strict"""],
            Shell("select sql from sqlite_master"));
        SqliteShell.AssertSound(Path);
    }

    [Fact]
    public void Rows_of_the_key_and_days_are_replaced_and_all_else_stays()
    {
        Send(_cargo.Load("(1, 'pear', 1), (2, 'fig', 2), (3, 'kiwi', 3)", [1, 2, 3]));
        Send(_cargo.Load("(2, 'plum', 4)", [2], Cargo.OtherShop));
        Shell("create table mine as select 42 as x; alter table goods add column note text; update goods set note = 'seen'");
        Assert.Equal(1, Send(_cargo.Load("(2, 'lime', 5)", [2, 3]))!.Rows);
        Assert.Equal(["1|2025-10-02|plum|4.0", "1|2025-10-01|pear|1.0", "1|2025-10-02|lime|5.0"], Rows());
        Assert.Equal(["42"], Shell("select x from mine"));
        Assert.Equal(["goods.sqlite", "spill/"], _cargo.Scratch.Names());
        SqliteShell.AssertSound(Path);
    }

    [Fact]
    public void Nothing_changes_before_the_commit_nor_without_it()
    {
        Send(_cargo.Load("(1, 'pear', 1)", [1]));
        using (File().Stage(_cargo.Database, _cargo.Load("(1, 'fig', 1)", [1]), CancellationToken.None))
            Assert.Equal(["1|2025-10-01|pear|1.0"], Rows());
        Assert.Equal(["1|2025-10-01|pear|1.0"], Rows());
        System.IO.File.Delete(Path);
        File().Stage(_cargo.Database, _cargo.Load("(1, 'fig', 1)", [1]), CancellationToken.None)!.Dispose();
        Assert.Equal(["spill/"], _cargo.Scratch.Names());
    }

    [Fact]
    public void A_database_that_appears_meanwhile_is_added_to()
    {
        using var staged = File().Stage(_cargo.Database, _cargo.Load("(1, 'fig', 1)", [1]), CancellationToken.None)!;
        Shell("create table mine as select 42 as x");
        staged.Commit();
        Assert.Equal(["1|2025-10-01|fig|1.0"], Rows());
        Assert.Equal(["42"], Shell("select x from mine"));
    }

    [Theory]
    [InlineData("alter table goods drop column amount; alter table goods drop column good", "good TEXT, amount REAL")]
    [InlineData("drop table goods; create table goods (id integer, shop text, day numeric, good int, amount real)", "day TEXT, good TEXT")]
    [InlineData("drop table goods; create table goods (id any, shop any, day any, good any, amount any)",
        "shop TEXT, day TEXT, good TEXT")]
    public void A_table_whose_columns_would_change_the_values_is_a_fault_and_stays_as_it_is(string change, string wanted)
    {
        Send(_cargo.Load("(1, 'pear', 1)", [1]));
        Shell(change);
        var before = Shell(".dump");
        Assert.Equal(
            $"""
            error QN8104: the table in the database has other columns
              where   goods.sqlite, table goods
              wanted  {wanted}
              try     --to another database
                      rename or drop the table goods there
            """,
            ScratchFolder.FaultOf(() => Send(_cargo.Load("(1, 'fig', 1)", [1]))).ToString());
        Assert.Equal(before, Shell(".dump"));
    }

    [Fact]
    public void A_table_of_another_program_takes_rows_where_its_columns_hold_them()
    {
        Shell("create table goods (amount double, good varchar(20), day text, shop, id bigint, note default 'x')");
        Send(_cargo.Load("(1, '0123', 1.5)", [1]));
        Assert.Equal(["1|'0123'|1.5|'x'"], Shell("select id, quote(good), amount, quote(note) from goods"));
    }

    [Fact]
    public void Without_a_scope_the_table_is_replaced_and_keeps_its_indexes_and_triggers()
    {
        Send(Whole("(1, 'pear', 1), (2, 'fig', 2)"));
        Shell("create index by_good on goods (good); create table seen (n); "
            + "create trigger t after insert on goods begin insert into seen values (new.id); end");
        Assert.Equal(1, Send(Whole("(3, 'kiwi', 3)"))!.Rows);
        Assert.Equal(["1|2025-10-03|kiwi|3.0"], Rows());
        Assert.Equal(["by_good", "t"], Shell("select name from sqlite_master where type in ('index', 'trigger') order by name"));
        Assert.Equal(["1"], Shell("select n from seen"));
    }

    [Fact]
    public void Without_a_scope_a_table_with_other_columns_is_made_anew_where_that_is_allowed()
    {
        Shell("create table goods (x); insert into goods values (1)");
        var strict = SqliteOptions.Default with { MayRemake = false };
        Assert.Equal("QN8104", ScratchFolder.FaultOf(() => Send(Whole("(1, 'pear', 1)"), strict)).Code);
        Send(Whole("(1, 'pear', 1)"));
        Assert.Equal(["1|2025-10-01|pear|1.0"], Rows());
    }

    [Fact]
    public void Nothing_never_empties_a_table_unless_that_is_allowed()
    {
        Send(Whole("(1, 'pear', 1)"));
        Assert.Null(Send(Whole("")));
        Assert.Equal(["1|2025-10-01|pear|1.0"], Rows());
        Assert.Equal(0, Send(Whole("") with { AllowEmpty = true })!.Rows);
        Assert.Empty(Rows());
    }

    [Fact]
    public void Append_adds_and_create_refuses_a_table_that_is_there()
    {
        Send(Whole("(1, 'pear', 1)"), Mode(LoadMode.Create));
        Send(Whole("(2, 'fig', 2)"), Mode(LoadMode.Append));
        Assert.Equal(["1|2025-10-01|pear|1.0", "1|2025-10-02|fig|2.0"], Rows());
        Assert.Equal(
            """
            error QN8209: the table exists already
              where   goods.sqlite, table goods
              try     --mode append
                      --mode replace
                      --table another name
            """,
            ScratchFolder.FaultOf(() => Send(Whole("(2, 'fig', 2)"), Mode(LoadMode.Create))).ToString());
    }

    [Fact]
    public void Replace_by_key_takes_the_place_of_all_rows_with_the_keys_that_come()
    {
        Send(Whole("(1, 'pear', 1), (1, 'pear', 2), (2, 'fig', 3), (3, NULL, 4)"));
        Assert.Equal(2, Send(Whole("(9, 'pear', 8), (9, 'pear', 9)"), Mode(LoadMode.Replace, "good"))!.Rows);
        Assert.Equal(["3|2025-10-02|fig|3.0", "4|2025-10-03||4.0", "1|2025-10-09|pear|8.0", "2|2025-10-09|pear|9.0"], Rows());
    }

    [Theory]
    [InlineData(LoadMode.Replace, true)]
    [InlineData(LoadMode.Replace, false)]
    [InlineData(LoadMode.Merge, true)]
    [InlineData(LoadMode.Merge, false)]
    public void A_key_that_is_NULL_is_refused_as_it_would_come_again_with_each_run(LoadMode mode, bool exists)
    {
        if (exists) Send(Whole("(1, 'pear', 1)"));
        Assert.Equal(
            """
            error QN8287: a key is NULL
              where   goods.sqlite, table goods
              value   1 row without good
              try     a query that leaves them out: where ... is not null
                      a key that all rows have
            """,
            ScratchFolder.FaultOf(() => Send(Whole("(9, 'pear', 8), (9, NULL, 9)"), Mode(mode, "good"))).ToString());
        Assert.Equal(exists, System.IO.File.Exists(_cargo.Scratch["goods.sqlite"]));
        if (exists) Assert.Equal(["1|2025-10-01|pear|1.0"], Rows());
    }

    [Theory]
    [InlineData(LoadMode.Replace)]
    [InlineData(LoadMode.Merge)]
    [InlineData(LoadMode.Append)]
    public void A_key_or_an_index_that_is_no_column_is_refused_and_deletes_nothing(LoadMode mode)
    {
        Send(Whole("(1, 'pear', 1), (2, 'fig', 2)"));
        var fault = ScratchFolder.FaultOf(() => Send(Whole("(9, 'kiwi', 8)"), Mode(mode, "god")));
        Assert.Equal(("QN8266", "\"god\"", ExitCode.Usage), (fault.Code, fault.Value, fault.ExitCode));
        Assert.Equal("QN8266", ScratchFolder.FaultOf(() => Send(Whole("(9, 'kiwi', 8)"), Mode(mode, "good") with { Indexes = [["god"]] })).Code);
        Assert.Equal(2, Rows().Count);
    }

    [Fact]
    public void Merge_wants_each_key_once_of_a_new_database_too()
    {
        Assert.Equal("QN8208", ScratchFolder.FaultOf(() => Send(Whole("(1, 'fig', 1), (2, 'fig', 2)"), Mode(LoadMode.Merge, "good"))).Code);
        Assert.False(System.IO.File.Exists(_cargo.Scratch["goods.sqlite"]));
    }

    [Fact]
    public void Merge_changes_rows_and_keeps_what_is_not_loaded_and_what_refers_to_them()
    {
        Send(Whole("(1, 'pear', 1), (2, 'fig', 3)"));
        Shell(
            """
            create unique index goods_good on goods (good);
            alter table goods add column note text default 'new';
            update goods set note = 'mine';
            create table sold (good text references goods (good) on delete cascade);
            insert into sold values ('pear'), ('fig')
            """);
        Assert.Equal(2, Send(Whole("(9, 'pear', 8), (9, 'kiwi', 9)"), Mode(LoadMode.Merge, "good"))!.Rows);
        Assert.Equal(["1|pear|8.0|mine", "2|fig|3.0|mine", "2|kiwi|9.0|new"], Shell("select id, good, amount, note from goods order by rowid"));
        Assert.Equal(["fig", "pear"], Shell("select good from sold order by 1"));
    }

    [Theory]
    [InlineData("cascade", "good")]
    [InlineData("cascade")]
    [InlineData("set null", "good")]
    public void Rows_that_refer_to_those_that_are_replaced_are_not_lost(string action, params string[] key)
    {
        Send(Whole("(1, 'pear', 1), (2, 'fig', 3)"));
        Shell(
            $"""
            create unique index goods_good on goods (good);
            create table sold (good text references goods (good) on delete {action});
            insert into sold values ('pear'), ('fig')
            """);
        var fault = ScratchFolder.FaultOf(() => Send(Whole("(9, 'pear', 8)"), Mode(LoadMode.Replace, key)));
        Assert.Equal(("QN7485", key.Length > 0 ? "sold: 1 rows" : "sold: 2 rows"), (fault.Code, fault.Value));
        Assert.Equal(["fig", "pear"], Shell("select good from sold order by 1"));
        Assert.Equal(2, Rows().Count);
        Shell("delete from sold where good = 'pear'");
        if (key.Length > 0) Assert.Equal(1, Send(Whole("(9, 'pear', 8)"), Mode(LoadMode.Replace, key))!.Rows);
    }

    [Fact]
    public void Two_thousand_columns_are_written_and_one_more_is_refused()
    {
        var columns = Enumerable.Range(1, 2001).Select(i => $"c{i}").ToList();
        using var session = _cargo.Database.Connect();
        session.Execute($"create table wide as select {string.Join(", ", columns.Select((c, i) => $"r + {i} as {c}"))} from range(20) t(r)");
        var shipment = new Shipment { Relation = "wide", Table = "goods", Columns = [.. columns.Take(2000)] };
        Assert.Equal(20, Send(shipment)!.Rows);
        Assert.Equal(["20|190|40170"], Shell("select count(*), sum(c1), sum(c2000) from goods"));
        System.IO.File.Delete(Path);
        Assert.Equal("QN8206", ScratchFolder.FaultOf(() => Send(shipment with { Columns = columns })).Code);
        Assert.False(System.IO.File.Exists(Path));
    }

    [Fact]
    public void The_number_of_a_row_that_is_a_column_is_kept_made_or_refused()
    {
        Shell("create table goods (id integer primary key, v text)");
        using var session = _cargo.Database.Connect();
        session.Execute("create table numbered as select * from (values (7, 'a'), (null, 'b')) t(id, v)");
        var shipment = new Shipment { Relation = "numbered", Table = "goods", Columns = ["id", "v"] };
        Assert.Equal(2, Send(shipment, Mode(LoadMode.Append))!.Rows);
        // SQLite makes a number where there is none.
        Assert.Equal(["7|a", "8|b"], Shell("select * from goods order by id"));
        Assert.Equal("QN8203", ScratchFolder.FaultOf(() => Send(shipment, Mode(LoadMode.Append))).Code);
        Assert.Equal(["7|a", "8|b"], Shell("select * from goods order by id"));
    }

    [Fact]
    public void Merge_changes_all_rows_of_a_key_and_takes_keys_alone()
    {
        Send(Whole("(1, 'pear', 1), (2, 'pear', 2), (3, 'fig', 3)"));
        Assert.Equal(1, Send(Whole("(9, 'pear', 8)"), Mode(LoadMode.Merge, "good"))!.Rows);
        Assert.Equal(["3|2025-10-03|fig|3.0", "1|2025-10-09|pear|8.0", "1|2025-10-09|pear|8.0"], Rows());
        Assert.Equal(1, Send(Whole("(9, 'pear', 8)"), Mode(LoadMode.Merge, "id", "shop", "day", "good", "amount"))!.Rows);
        Assert.Equal(3, Rows().Count);
    }

    [Fact]
    public void A_database_that_appears_meanwhile_keeps_its_rows_and_gets_these()
    {
        var times = 0;
        using (var staged = Stage(Whole("(1, 'pear', 1)") with { Restart = () => times++ }, Mode(LoadMode.Append)))
        {
            Send(Whole("(2, 'fig', 2)"));
            staged!.Commit();
        }
        Assert.Equal((1, 2), (times, Rows().Count));
        System.IO.File.Delete(_cargo.Scratch["goods.sqlite"]);
        using (var staged = Stage(Whole("(1, 'pear', 1)") with { IsReadOnce = true }, Mode(LoadMode.Append)))
        {
            Send(Whole("(2, 'fig', 2)"));
            Assert.Equal("QN7482", ScratchFolder.FaultOf(() => staged!.Commit()).Code);
        }
        Assert.Single(Rows());
        System.IO.File.Delete(_cargo.Scratch["goods.sqlite"]);
        using (var staged = Stage(Whole(""), Mode(LoadMode.Replace)))
        {
            Send(Whole("(2, 'fig', 2)"));
            Assert.Equal(0, staged!.Commit().Rows);
        }
        Assert.Single(Rows());
    }

    [Fact]
    public void Merge_wants_each_key_once()
    {
        Send(Whole("(1, 'pear', 1), (2, 'fig', 3)"));
        Send(Whole("(9, 'pear', 8), (9, 'kiwi', 9)"), Mode(LoadMode.Merge, "shop", "good"));
        Assert.Equal(["2|2025-10-02|fig|3.0", "1|2025-10-09|pear|8.0", "2|2025-10-09|kiwi|9.0"], Rows());
        var before = Shell(".dump");
        Assert.Equal(
            $"""
            error QN8208: keys come more than once
              where   goods.sqlite, key shop, good
              value   ({Cargo.Shop}, fig)
              wanted  each key once
              try     --dedupe "order by ..."     keeps the first of each key
                      more columns in --key
            """,
            ScratchFolder.FaultOf(() => Send(Whole("(1, 'fig', 1), (2, 'fig', 2), (3, 'lime', 3)"), Mode(LoadMode.Merge, "shop", "good"))).ToString());
        Assert.Equal(before, Shell(".dump"));
    }

    [Fact]
    public void Indexes_are_made_once_the_rows_are_in()
    {
        var options = SqliteOptions.Default with { Indexes = [["good"], ["shop", "day"]] };
        Send(Whole("(1, 'pear', 1)"), options);
        Send(Whole("(1, 'pear', 1)"), options);
        Assert.Equal(
            ["""CREATE INDEX "idx_goods_good" on "goods" ("good")""", """CREATE INDEX "idx_goods_shop_day" on "goods" ("shop", "day")"""],
            Shell("select replace(sql, ' if not exists', '') from sqlite_master where type = 'index'"));
    }

    [Fact]
    public void A_row_that_the_table_refuses_is_named_and_the_table_stays_as_it_is()
    {
        Shell("create table goods (id integer, shop text, day text, good text unique, amount real)");
        Send(Whole("(1, 'pear', 1)"), Mode(LoadMode.Append));
        var rows = string.Join(", ", Enumerable.Range(1, 28).Select(d => $"({d}, '{(d == 21 ? "pear" : $"good {d}")}', 1)"));
        var fault = ScratchFolder.FaultOf(() => Send(Whole(rows), Mode(LoadMode.Append)));
        Assert.Equal(
            ("QN8203", "goods.sqlite, table goods, row 21", "UNIQUE constraint failed: goods.good"), (fault.Code, fault.Where, fault.Value));
        Assert.Equal(["1|2025-10-01|pear|1.0"], Rows());
    }

    [Fact]
    public void A_database_that_another_program_has_locked_is_a_fault()
    {
        Send(_cargo.Load("(1, 'pear', 1)", [1]));
        using (var other = Quern.Delivery.Sqlite.Native.SqliteConnection.Open(Path, Quern.Delivery.Sqlite.Native.SqliteApi.OpenReadWrite))
        {
            other.Execute("begin immediate");
            Assert.Equal(
                """
                error QN8200: another program has locked the database
                  where   goods.sqlite
                  value   database is locked
                  try     close the other program, or wait until it is done, then run again
                          --to another name
                """,
                ScratchFolder.FaultOf(() => Send(_cargo.Load("(1, 'fig', 1)", [1]), Impatient)).ToString());
            Assert.Equal(ExitCode.Unreachable, ScratchFolder.FaultOf(() => Send(_cargo.Load("(1, 'fig', 1)", [1]), Impatient)).ExitCode);
        }
        Send(_cargo.Load("(1, 'fig', 1)", [1]));
        Assert.Equal(["1|2025-10-01|fig|1.0"], Rows());
    }

    [Fact]
    public void A_reader_sees_the_old_rows_until_the_commit_and_the_new_ones_after_it()
    {
        Send(Whole("(1, 'pear', 1)"));
        Shell("pragma journal_mode = wal");
        using (var staged = File().Stage(_cargo.Database, Whole("(1, 'fig', 1)"), CancellationToken.None)!)
        {
            Assert.Equal(["1|2025-10-01|pear|1.0"], Rows());
            staged.Commit();
        }
        Assert.Equal(["1|2025-10-01|fig|1.0"], Rows());
        Assert.Equal(["wal"], Shell("pragma journal_mode"));
    }

    [Theory]
    [InlineData("shop,day\n1,2\n")]
    [InlineData("SQLite format 4 and more than sixteen bytes")]
    public void A_file_that_is_no_database_is_a_fault_before_any_work(string content)
    {
        _cargo.Scratch.Write("goods.sqlite", content);
        Assert.Equal(
            """
            error QN8108: the output exists and is no SQLite database
              where   goods.sqlite
              try     --to another name
                      rm goods.sqlite
            """,
            ScratchFolder.FaultOf(() => File().Check()).ToString());
        Assert.Equal(content, System.IO.File.ReadAllText(Path));
    }

    [Fact]
    public void A_damaged_database_is_a_fault_and_stays_as_it_is()
    {
        Send(Whole("(1, 'pear', 1)"));
        var bytes = System.IO.File.ReadAllBytes(Path);
        bytes.AsSpan(100, 400).Fill(0xFF);
        System.IO.File.WriteAllBytes(Path, bytes);
        Assert.Equal("QN8201", ScratchFolder.FaultOf(() => Send(Whole("(1, 'fig', 1)"))).Code);
        Assert.Equal(bytes, System.IO.File.ReadAllBytes(Path));
    }

    [Fact]
    public void An_empty_file_is_an_empty_database()
    {
        _cargo.Scratch.Write("goods.sqlite");
        File().Check();
        Send(Whole("(1, 'fig', 1)"));
        Assert.Equal(["1|2025-10-01|fig|1.0"], Rows());
    }

    [Fact]
    public void A_folder_in_the_place_of_the_database_is_a_fault()
    {
        Directory.CreateDirectory(Path);
        Assert.Equal("QN8003", ScratchFolder.FaultOf(() => File().Check()).Code);
    }

    [Theory]
    [InlineData("\"; drop table x; --", "a \"b\" [c] `d` 'e'")]
    [InlineData("order", "group")]
    [InlineData("tàble ✓", "rowid")]
    public void Names_are_only_names(string table, string column)
    {
        using var session = _cargo.Database.Connect();
        session.Execute($"create table named (\"{column.Replace("\"", "\"\"", StringComparison.Ordinal)}\" integer); insert into named values (7)");
        var shipment = new Shipment { Relation = "named", Table = table, Columns = [column] };
        Assert.Equal(1, Send(shipment)!.Rows);
        Assert.Equal(1, Send(shipment)!.Rows);
        Assert.Equal([table], Shell("select name from sqlite_master"));
        Assert.Equal([column], Shell("select c.name from sqlite_master m, pragma_table_info(m.name) c"));
    }

    [Theory]
    [InlineData("sqlite_mine", "x", "object name reserved for internal use: sqlite_mine")]
    [InlineData("t", "a\0b", "a name holds a NUL character")]
    public void What_SQLite_does_not_take_is_said_in_its_words(string table, string column, string value)
    {
        using var session = _cargo.Database.Connect();
        session.Execute("create table plain as select 1 as x");
        var shipment = new Shipment { Relation = "plain", Table = table, Columns = ["x"] };
        if (column != "x") value = Assert.Throws<QuernException>(() => SqliteName.Of(column)).Fault.Value!;
        else Assert.Equal(("QN8206", value), Code(ScratchFolder.FaultOf(() => Send(shipment))));
        Assert.Equal(["spill/"], _cargo.Scratch.Names());
    }

    static (string Code, string? Value) Code(Fault fault) => (fault.Code, fault.Value);

    string Path => _cargo.Scratch["goods.sqlite"];

    static SqliteOptions Impatient => SqliteOptions.Default with { LockWait = TimeSpan.FromMilliseconds(20) };

    static SqliteOptions Mode(LoadMode mode, params string[] key) => SqliteOptions.Default with { Mode = mode, Key = key };

    SqliteFile File(SqliteOptions? options = null) => new("goods.sqlite", Path, options ?? SqliteOptions.Default);

    Shipment Whole(string rows) => _cargo.Load(rows, []) with { Scope = null, Rows = null };

    RunOutput? Send(Shipment shipment, SqliteOptions? options = null) => _cargo.Send(File(options), shipment);

    StagedOutput? Stage(Shipment shipment, SqliteOptions options) =>
        File(options).Stage(_cargo.Database, shipment, TestContext.Current.CancellationToken);

    IReadOnlyList<string> Rows() => Shell(Goods);

    IReadOnlyList<string> Shell(string sql) => SqliteShell.Run(Path, sql);
}
