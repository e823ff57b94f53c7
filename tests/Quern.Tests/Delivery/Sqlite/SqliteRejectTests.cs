using System.Globalization;
using Quern.Delivery;
using Quern.Delivery.Sqlite;
using Quern.Tests.Files;

namespace Quern.Tests.Delivery.Sqlite;

public sealed class SqliteRejectTests : IDisposable
{
    const string Strict =
        "create table goods (id integer, shop text, day text not null, good text unique, amount real check (amount < 100)) strict";

    readonly Cargo _cargo = new();

    public void Dispose() => _cargo.Dispose();

    [Fact]
    public void Rows_that_break_a_constraint_are_set_aside_and_the_others_are_loaded()
    {
        Shell(Strict);
        var rows = string.Join(", ", Enumerable.Range(1, 28).Select(d =>
            $"({d}, '{(d == 21 ? "good 3" : $"good {d}")}', {(d is 5 or 28 ? 500 : 1)})"));
        var aside = new Aside();
        Assert.Equal(25, Send(rows, LoadMode.Append, aside));
        Assert.Equal(
            [
                (4, null, "QN8203", "the table in the database does not take a row: CHECK constraint failed: amount < 100"),
                (20, "good", "QN8203", "the table in the database does not take a row: UNIQUE constraint failed: goods.good"),
                (27, null, "QN8203", "the table in the database does not take a row: CHECK constraint failed: amount < 100"),
            ],
            aside.All);
        Assert.Equal(["25|25"], Shell("select count(*), count(distinct good) from goods"));
        SqliteShell.AssertSound(Path);
    }

    [Fact]
    public void What_is_taken_of_random_rows_is_what_a_model_takes()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        Shell(Strict);
        Shell("create table twin as select * from goods");
        var taken = new List<string>();
        var seen = new HashSet<string>();
        for (var load = 0; load < 4; load++)
        {
            var rows = Enumerable.Range(0, 400).Select(i => (Good: $"g{random.Next(900)}", Amount: random.Next(110))).ToList();
            var refused = new List<long>();
            foreach (var ((good, amount), i) in rows.Select((r, i) => (r, i)))
            {
                if (amount < 100 && seen.Add(good)) taken.Add(good);
                else refused.Add(i);
            }
            var aside = new Aside();
            var sql = string.Join(", ", rows.Select(r => string.Create(CultureInfo.InvariantCulture, $"(1, '{r.Good}', {r.Amount})")));
            Assert.Equal(400 - refused.Count, Send(sql, LoadMode.Append, aside));
            Assert.True(refused.SequenceEqual(aside.All.Select(r => r.Number)), $"seed {seed}");
            Assert.True(taken.SequenceEqual(Shell("select good from goods order by rowid")), $"seed {seed}");
        }
    }

    [Theory]
    [InlineData(LoadMode.Merge)]
    [InlineData(LoadMode.Replace)]
    public void A_row_that_is_set_aside_replaces_nothing(LoadMode mode)
    {
        Shell(Strict + "; insert into goods values (7, 's', '2025-09-30', 'pear', 1), (8, 's', '2025-09-30', 'fig', 2)");
        var aside = new Aside();
        Assert.Equal(2, Send("(1, 'pear', 500), (2, 'fig', 3), (3, 'kiwi', 4)", mode, aside, "good"));
        Assert.Equal([0L], aside.All.Select(r => r.Number));
        Assert.Equal(["fig|3.0", "kiwi|4.0", "pear|1.0"], Shell("select good, amount from goods order by good"));
    }

    [Fact]
    public void A_row_whose_place_is_held_by_one_that_stays_is_set_aside_too()
    {
        Shell("create table goods (id integer, shop text, day text unique, good text, amount real check (amount < 100))");
        Shell("insert into goods values (7, 's', '2025-10-01', 'pear', 1), (8, 's', '2025-10-02', 'fig', 2)");
        var aside = new Aside();
        // The first is refused, so the pear of the first day stays, and the day is taken.
        Assert.Equal(1, Send("(9, 'pear', 500), (1, 'fig', 3), (4, 'kiwi', 4)", LoadMode.Merge, aside, "good"));
        Assert.Equal([0L, 1L], aside.All.Select(r => r.Number).Order());
        Assert.Equal(["fig|2.0", "kiwi|4.0", "pear|1.0"], Shell("select good, amount from goods order by good"));
    }

    [Fact]
    public void Values_that_SQLite_does_not_hold_are_set_aside_in_a_new_database_too()
    {
        using var session = _cargo.Database.Connect();
        session.Execute("create table odd as select i, if(i = 20, 'a' || chr(0), 'b') as s, if(i = 30, 'nan'::double, 1.5) as d from range(40) r(i)");
        var shipment = new Shipment { Relation = "odd", Table = "odd", Columns = ["i", "s", "d"] };
        foreach (var name in (string[])["first.sqlite", "first.sqlite"])
        {
            var aside = new Aside();
            var to = new SqliteFile(name, _cargo.Scratch[name], SqliteOptions.Default with { Mode = LoadMode.Append });
            _cargo.Send(to, shipment with { Refused = aside });
            Assert.Equal([(20, "s", "QN8204"), (30, "d", "QN8207")], aside.All.Select(r => (r.Number, r.Column, r.Code)));
        }
        Assert.Equal(["76|0"], SqliteShell.Run(_cargo.Scratch["first.sqlite"], "select count(*), sum(i in (20, 30)) from odd"));
    }

    [Fact]
    public void What_a_table_asks_for_on_conflict_does_not_hide_rows_and_a_trigger_may_end_the_load()
    {
        Shell("create table goods (id integer, shop text, day text, good text unique on conflict replace, amount real unique on conflict rollback); "
            + "create trigger t before insert on goods when new.amount > 100 begin select raise(rollback, 'too dear'); end");
        var aside = new Aside();
        Assert.Equal(1, Send("(1, 'fig', 1), (2, 'fig', 2), (3, 'kiwi', 1)", LoadMode.Append, aside));
        Assert.Equal([1L, 2L], aside.All.Select(r => r.Number));
        Assert.Equal("QN8203", ScratchFolder.FaultOf(() => Send("(1, 'a', 5), (2, 'b', 500), (3, 'c', 6)", LoadMode.Append, new Aside())).Code);
        Assert.Equal(["fig|1.0"], Shell("select good, amount from goods"));
    }

    [Fact]
    public void More_than_the_limit_leave_the_table_as_it_is()
    {
        Shell(Strict);
        Assert.Equal("QN3005", ScratchFolder.FaultOf(() => Send("(1, 'a', 1), (2, 'b', 200), (3, 'c', 200)", LoadMode.Append, new Aside(1))).Code);
        Assert.Empty(Shell("select * from goods"));
    }

    [Fact]
    public void A_row_that_ends_the_load_is_named_with_its_place_in_the_source()
    {
        Shell(Strict);
        var shipment = Whole("(1, 'a', 1), (2, 'b', 200)") with { Locate = n => new RowPlace("/o.csv", "o.csv", $"o.csv line {n + 2}") };
        var options = SqliteOptions.Default with { Mode = LoadMode.Append };
        Assert.Equal(
            """
            error QN8203: the table in the database does not take a row
              where   o.csv line 3, on its way into goods.sqlite, table goods
              value   CHECK constraint failed: amount < 100
              try     sqlite3 goods.sqlite '.schema goods'     shows what it asks for
                      --rejects FILE     sets such rows aside, and loads the others
            """,
            ScratchFolder.FaultOf(() => _cargo.Send(new SqliteFile("goods.sqlite", Path, options), shipment)).ToString());
    }

    string Path => _cargo.Scratch["goods.sqlite"];

    Shipment Whole(string rows) => _cargo.Load(rows, []) with { Scope = null };

    long Send(string rows, LoadMode mode, Aside aside, params string[] key)
    {
        var options = SqliteOptions.Default with { Mode = mode, Key = key, MayRemake = false };
        return _cargo.Send(new SqliteFile("goods.sqlite", Path, options), Whole(rows) with { Refused = aside })!.Rows;
    }

    IReadOnlyList<string> Shell(string sql) => SqliteShell.Run(Path, sql);
}
