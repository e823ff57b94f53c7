using System.Globalization;
using Quern.Delivery;
using Quern.Delivery.Sqlite;
using Quern.Tests.Files;

namespace Quern.Tests.Delivery.Sqlite;

public sealed class SqliteKeyTests : IDisposable
{
    const string Goods = "select id, day, good, amount from goods order by day, id";
    readonly Cargo _cargo = new();

    public void Dispose() => _cargo.Dispose();

    [Fact]
    public void The_first_row_of_each_key_is_taken_in_a_new_database_and_in_one_that_is_there()
    {
        Assert.Equal((2, 2), Send("(1, 'pear', 1), (2, 'pear', 3), (3, 'fig', 2), (4, 'pear', 2)", LoadMode.Merge, "amount desc"));
        Assert.Equal(["2|2025-10-02|pear|3.0", "3|2025-10-03|fig|2.0"], Rows());
        Assert.Equal((2, 1), Send("(5, 'pear', 7), (6, 'pear', 9), (7, 'kiwi', 1)", LoadMode.Merge, "amount desc"));
        Assert.Equal(["3|2025-10-03|fig|2.0", "2|2025-10-06|pear|9.0", "3|2025-10-07|kiwi|1.0"], Rows());
        Assert.Equal((1, 1), Send("(8, 'lime', 1), (9, 'lime', 1)", LoadMode.Append, "amount"));
        Assert.Equal("1|2025-10-08|lime|1.0", Rows()[^1]);
        SqliteShell.AssertSound(Path);
    }

    [Fact]
    public void The_order_is_that_of_the_engine_in_which_decimals_are_numbers()
    {
        using var session = _cargo.Database.Connect();
        session.Execute("create table prices as select * from (values (1, 9.5::decimal(9,2)), (1, 10.5), (1, 2.25)) v(id, price)");
        var shipment = new Shipment { Relation = "prices", Table = "prices", Columns = ["id", "price"] };
        _cargo.Send(File(SqliteOptions.Default with { Mode = LoadMode.Merge, Key = ["ID"], Dedupe = "price desc" }), shipment);
        Assert.Equal(["1|10.50"], Shell("select * from prices"));
    }

    [Fact]
    public void What_is_taken_of_random_rows_is_what_LINQ_takes()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        var rows = Enumerable.Range(0, 6000).Select(i => (Number: i, Key: random.Next(900), Rank: random.Next(5))).ToList();
        using var session = _cargo.Database.Connect();
        session.Execute("create table drawn (n integer, k integer, r integer)");
        foreach (var some in rows.Chunk(500))
            session.Execute($"insert into drawn values {string.Join(", ", some.Select(r => string.Create(CultureInfo.InvariantCulture, $"({r.Number}, {r.Key}, {r.Rank})")))}");
        var shipment = new Shipment { Relation = "drawn", Table = "drawn", Columns = ["n", "k", "r"] };
        var wanted = rows.GroupBy(r => r.Key).Select(g => g.OrderByDescending(r => r.Rank).ThenBy(r => r.Number).First().Number).Order().ToList();
        foreach (var _ in (int[])[1, 2])
        {
            _cargo.Send(File(SqliteOptions.Default with { Mode = LoadMode.Merge, Key = ["k"], Dedupe = "r desc" }), shipment);
            Assert.True(wanted.SequenceEqual(Shell("select n from drawn order by n").Select(n => int.Parse(n, CultureInfo.InvariantCulture))), $"seed {seed}");
        }
    }

    [Fact]
    public void Keys_that_come_twice_are_named_in_a_new_database_too()
    {
        var fault = ScratchFolder.FaultOf(() => Send("(1, 'pear', 1), (2, 'fig', 2), (3, 'pear', 3), (4, 'fig', 4)", LoadMode.Merge));
        Assert.Equal(("QN8208", "goods.sqlite, key good", "(fig), (pear)"), (fault.Code, fault.Where, fault.Value));
        Assert.Equal(["spill/"], _cargo.Scratch.Names());
    }

    [Fact]
    public void A_key_without_a_value_merges_nothing() => Assert.Equal(
        """
        error QN8287: a key is NULL
          where   goods.sqlite, table goods
          value   1 row without good
          try     a query that leaves them out: where ... is not null
                  a key that all rows have
        """,
        ScratchFolder.FaultOf(() => Send("(1, NULL, 1), (2, 'fig', 2)", LoadMode.Merge)).ToString());

    [Fact]
    public void A_key_that_is_no_column_and_an_order_that_is_none_are_faults()
    {
        Assert.Equal("QN8266", ScratchFolder.FaultOf(() => Send("(1, 'fig', 1)", LoadMode.Merge, key: "goods")).Code);
        var fault = ScratchFolder.FaultOf(() => Send("(1, 'fig', 1)", LoadMode.Merge, "weight desc"));
        Assert.Equal(("QN7450", "--dedupe", ExitCode.Usage), (fault.Code, fault.Where, fault.ExitCode));
        Assert.Contains("weight", fault.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Columns_that_a_table_lacks_are_added_where_that_is_asked_for()
    {
        Send("(1, 'pear', 1)", LoadMode.Append);
        Shell("alter table goods drop column amount; alter table goods add column note text");
        Assert.Equal("QN8104", ScratchFolder.FaultOf(() => Send("(2, 'fig', 2)", LoadMode.Append)).Code);
        _cargo.Send(File(SqliteOptions.Default with { Mode = LoadMode.Append, MayRemake = false, Evolves = true }), Whole("(2, 'fig', 2)"));
        Assert.Equal(["1|2025-10-01|pear|", "1|2025-10-02|fig|2.0"], Rows());
        Assert.Equal(["real"], Shell("select typeof(amount) from goods where amount is not null"));
        Shell("alter table goods drop column amount; alter table goods add column amount integer");
        Assert.Equal("QN8104", ScratchFolder.FaultOf(() => _cargo.Send(
            File(SqliteOptions.Default with { Mode = LoadMode.Append, MayRemake = false, Evolves = true }), Whole("(3, 'kiwi', 2)"))).Code);
    }

    string Path => _cargo.Scratch["goods.sqlite"];

    SqliteFile File(SqliteOptions options) => new("goods.sqlite", Path, options);

    Shipment Whole(string rows) => _cargo.Load(rows, []) with { Scope = null, Rows = null };

    (long Rows, long Repeated) Send(string rows, LoadMode mode, string? dedupe = null, string key = "good")
    {
        var options = SqliteOptions.Default with { Mode = mode, Key = [key], Dedupe = dedupe, MayRemake = false };
        using var staged = File(options).Stage(_cargo.Database, Whole(rows), CancellationToken.None)!;
        var repeated = staged.Repeated;
        return (staged.Commit().Rows, repeated);
    }

    IReadOnlyList<string> Rows() => Shell(Goods);

    IReadOnlyList<string> Shell(string sql) => SqliteShell.Run(Path, sql);
}
