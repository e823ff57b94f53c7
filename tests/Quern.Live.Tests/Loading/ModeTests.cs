using Quern.Delivery;
using Quern.Live.Tests.Postgres;

namespace Quern.Live.Tests.Loading;

public sealed class ModeTests(PostgresServer server) : IDisposable
{
    readonly Schema _db = new(server);

    public void Dispose() => _db.Dispose();

    [Fact]
    public void A_file_becomes_a_table()
    {
        _db.Write("goods.csv", "id,good,price,day\n1,pear,1.50,2026-01-01\n2,,2.25,2026-01-02\n");
        var report = Schema.Done(_db.Request("goods.csv", "goods", LoadMode.Create));
        Assert.Equal((2, 2, 2), (report.Read, report.Kept, report.Written));
        Assert.Equal(["1 pear 1.50 2026-01-01", "2 - 2.25 2026-01-02"], _db.Rows("select * from goods order by id"));
    }

    [Fact]
    public void A_table_that_is_there_is_not_made_again()
    {
        _db.Execute("create table goods (id bigint)");
        var fault = Schema.Fails(_db.Request("select 1 as id", "goods", LoadMode.Create));
        Assert.Equal(("QN8263", ExitCode.Usage), (fault.Code, fault.ExitCode));
    }

    [Fact]
    public void Rows_are_added()
    {
        _db.Execute("create table goods (id bigint primary key, note text default 'new'); insert into goods values (1, 'old')");
        var report = Schema.Done(_db.Request("select * from range(2, 5) t(id)", "goods"));
        Assert.Equal(3, report.Written);
        Assert.Equal(["1 old", "2 new", "3 new", "4 new"], _db.Rows("select * from goods order by id"));
    }

    [Fact]
    public void A_missing_table_is_not_added_to()
    {
        var fault = Schema.Fails(_db.Request("select 1 as id", "goods"));
        Assert.Equal(("QN8264", "there is no such table"), (fault.Code, fault.What));
    }

    [Fact]
    public void All_rows_are_replaced()
    {
        _db.Execute("create table goods (id bigint primary key); insert into goods values (1), (2)");
        Schema.Done(_db.Request("select * from range(2, 5) t(id)", "goods", LoadMode.Replace));
        Assert.Equal(["2", "3", "4"], _db.Rows("select * from goods order by id"));
        Assert.Empty(_db.Leftovers());
    }

    [Fact]
    public void Rows_with_a_key_of_the_load_are_replaced_and_others_stay()
    {
        _db.Execute("create table goods (dataset text, id bigint); insert into goods values ('a', 1), ('a', 2), ('b', 3)");
        var request = _db.Request("select 'a' as dataset, 9 as id", "goods", LoadMode.Replace) with { Keys = ["dataset"] };
        Schema.Done(request);
        Assert.Equal(["a 9", "b 3"], _db.Rows("select * from goods order by id desc"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("primary key")]
    public void Rows_with_a_key_of_the_load_are_changed_and_new_ones_added(string key)
    {
        _db.Execute($"create table goods (id bigint {key}, good text, note text default 'n'); insert into goods values (1, 'pear', 'x'), (2, 'fig', 'y')");
        var request = _db.Request("select unnest([2, 3]) as id, unnest(['kiwi', 'lime']) as good", "goods", LoadMode.Merge) with { Keys = ["id"] };
        Assert.Equal(2, Schema.Done(request).Written);
        Assert.Equal(["1 pear x", "2 kiwi y", "3 lime n"], _db.Rows("select * from goods order by id"));
    }

    [Fact]
    public void A_source_without_rows_leaves_the_table_as_it_is_unless_told()
    {
        _db.Execute("create table goods (id bigint); insert into goods values (1)");
        var request = _db.Request("select 1::bigint as id where false", "goods", LoadMode.Replace);
        Assert.Contains(Schema.Done(request).Warnings, w => w.Code == "QN3212");
        Assert.Equal("1", _db.One("select * from goods"));
        Schema.Done(request with { AllowEmpty = true });
        Assert.Equal("0", _db.One("select count(*) from goods"));
        Assert.Empty(_db.Leftovers());
    }

    [Theory]
    [InlineData(LoadMode.Merge, false)]
    [InlineData(LoadMode.Replace, false)]
    [InlineData(LoadMode.Append, true)]
    public void A_load_of_nothing_leaves_no_staging_table(LoadMode mode, bool areAllRefused)
    {
        _db.Execute("create table goods (id smallint); insert into goods values (1)");
        var request = _db.Request(areAllRefused ? "select 99999 as id" : "select 1 as id where false", "goods", mode) with
        {
            Keys = mode == LoadMode.Append ? [] : ["id"],
            Connections = areAllRefused ? 2 : null,
            Rejects = areAllRefused ? "bad.csv" : null,
        };
        Schema.Done(request);
        Assert.Equal("1", _db.One("select * from goods"));
        Assert.Empty(_db.Leftovers());
    }

    [Fact]
    public void A_leftover_that_somebody_looks_at_is_left_to_the_next_load()
    {
        _db.Execute("create table goods (id int); create unlogged table quern_load_123 (id int); create unlogged table quern_load_5 (id int)");
        _db.Execute("comment on table quern_load_123 is 'rows on their way into x'");
        using var other = server.Open();
        PostgresServer.Execute(other, $"begin; lock table {_db.Name}.quern_load_123 in access share mode");
        var began = TimeProvider.System.GetTimestamp();
        Schema.Done(_db.Request("select 1 as id", "goods", LoadMode.Replace));
        Assert.True(TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(20));
        Assert.Equal(["quern_load_123", "quern_load_5"], _db.Leftovers().Order());
        PostgresServer.Execute(other, "rollback");
        Schema.Done(_db.Request("select 2 as id", "goods", LoadMode.Replace));
        // A table of the user's own that happens to be called so stays.
        Assert.Equal(["quern_load_5"], _db.Leftovers());
    }

    [Theory]
    [InlineData("cascade", false)]
    [InlineData("cascade", true)]
    [InlineData("set null", true)]
    public void Rows_that_refer_to_those_that_are_replaced_are_not_lost(string action, bool byKey)
    {
        _db.Execute($"create table goods (id int primary key, n int); create table sold (id int references goods on delete {action})");
        _db.Execute("insert into goods values (1, 1), (2, 2); insert into sold values (1), (2)");
        var request = _db.Request("select unnest([1, 2]) as id, 9 as n", "goods", LoadMode.Replace) with { Keys = byKey ? ["id"] : [] };
        var fault = Schema.Fails(request);
        Assert.Equal(("QN7485", "sold: 2 rows"), (fault.Code, fault.Value?.Split('.')[^1]));
        Assert.Equal(["1 1", "2 2"], _db.Rows("select * from goods order by 1"));
        Assert.Equal(["1", "2"], _db.Rows("select * from sold order by 1"));
        // Where nothing refers to a row that goes, nothing is in the way.
        _db.Execute("delete from sold");
        Schema.Done(request);
        Schema.Done(request with { Mode = LoadMode.Merge, Keys = ["id"] });
        Assert.Equal("9", _db.One("select distinct n from goods"));
        Assert.Empty(_db.Leftovers());
    }

    [Fact]
    public void Rows_of_tables_that_inherit_are_not_lost()
    {
        _db.Execute("create table goods (id int); create table more (extra int) inherits (goods); insert into more values (7, 8)");
        var request = _db.Request("select 1 as id", "goods", LoadMode.Replace);
        Assert.Equal("QN7485", Schema.Fails(request).Code);
        Assert.Equal("7 8", _db.One("select * from more"));
    }

    [Fact]
    public void A_schema_that_is_not_there_is_named()
    {
        var fault = Schema.Fails(_db.Request("select 1 as id", "goods", LoadMode.Create) with { Table = "nowhere.goods" });
        Assert.Equal(("QN7483", "there is no such schema in the database", "schema \"nowhere\" does not exist"), (fault.Code, fault.What, fault.Value));
    }

    [Theory]
    [InlineData("create table goods (id int unique deferrable initially deferred, n int)", "id")]
    [InlineData("create table goods (\"a,b\" int unique, n int)", "a,b")]
    public void Merge_goes_by_the_key_whatever_its_index_is_like(string table, string key)
    {
        _db.Execute($"{table}; insert into goods values (1, 1), (2, 2)");
        var request = _db.Request($"select unnest([2, 3]) as \"{key}\", unnest([20, 30]) as n", "goods", LoadMode.Merge) with { Keys = [key] };
        Assert.Equal(2, Schema.Done(request).Written);
        Assert.Equal(["1 1", "2 20", "3 30"], _db.Rows("select * from goods order by 1"));
    }

    [Fact]
    public void Keys_that_come_twice_are_named()
    {
        var request = _db.Request("select unnest([7, 8, 7]) as id, unnest([1, 2, 3]) as n", "goods", LoadMode.Merge) with { Keys = ["id"] };
        _db.Execute("create table goods (id bigint, n int); insert into goods values (7, 0)");
        var fault = Schema.Fails(request);
        Assert.Equal(("QN8286", "1 keys are there more than once: 7"), (fault.Code, fault.Value));
        Assert.Equal("7 0", _db.One("select * from goods"));
        var report = Schema.Done(request with { Dedupe = "n desc" });
        Assert.Equal((3, 2, 1, 2), (report.Read, report.Kept, report.Filtered, report.Written));
        Assert.Equal(["7 3", "8 2"], _db.Rows("select * from goods order by id"));
    }

    [Fact]
    public async Task Loads_of_the_same_key_at_once_take_turns()
    {
        var cancel = TestContext.Current.CancellationToken;
        var loads = Enumerable.Range(1, 4).Select(n => Task.Run(
            () => Schema.Done(_db.Request($"select 'a' as dataset, {n} as n from range(2000)", "goods", LoadMode.Replace) with { Keys = ["dataset"] }), cancel));
        await Task.WhenAll(loads);
        Assert.Equal("2000 1", _db.One("select count(*), count(distinct n) from goods"));
        Assert.Empty(_db.Leftovers());
    }

    [Fact]
    public void A_key_that_is_NULL_is_refused()
    {
        _db.Execute("create table goods (id bigint); insert into goods values (7)");
        var fault = Schema.Fails(_db.Request("select null::bigint as id", "goods", LoadMode.Replace) with { Keys = ["id"] });
        Assert.Equal(("QN8287", "1 rows without id"), (fault.Code, fault.Value));
        Assert.Equal("7", _db.One("select * from goods"));
    }

    [Fact]
    public void Several_connections_load_the_same_rows()
    {
        _db.Execute("create table goods (id bigint primary key)");
        var request = _db.Request("select * from range(200000) t(id)", "goods") with { Method = LoadMethod.Async, Connections = 3 };
        Assert.Equal(200_000, Schema.Done(request).Written);
        Assert.Equal("200000 19999900000", _db.One("select count(*), sum(id) from goods"));
        Assert.Empty(_db.Leftovers());
    }

    [Fact]
    public void Partitions_are_made_as_rows_need_them()
    {
        var request = _db.Request("select unnest([date '2025-10-30', date '2025-11-02', date '2025-10-01']) as day", "usage", LoadMode.Create)
            with
        { PartitionBy = "day:month" };
        Schema.Done(request);
        Assert.Equal(["usage_2025_10 2", "usage_2025_11 1"], _db.Rows("select tableoid::regclass, count(*) from usage group by 1 order by 1"));
        Schema.Done(_db.Request("select date '2025-12-24' as day", "usage") with { PartitionBy = "day:month" });
        Assert.Equal("1", _db.One("select count(*) from usage_2025_12"));
    }

    [Fact]
    public void What_is_in_the_way_of_partitions_is_named()
    {
        _db.Execute("create table usage_2025_11 (day date)");
        var request = _db.Request("select date '2025-11-02' as day, 'x' as v, 7 as n", "usage", LoadMode.Create);
        var fault = Schema.Fails(request with { PartitionBy = "day:month" });
        Assert.Equal(("QN7486", $"{_db.Name}.usage_2025_11"), (fault.Code, fault.Value));
        fault = Schema.Fails(request with { PartitionBy = "v:month" });
        Assert.Equal(("QN7487", "\"v\" text", ExitCode.Usage), (fault.Code, fault.Value, fault.ExitCode));
        Schema.Done(_db.Request("select unnest([date '0044-03-15 (BC)', date '0044-03-15']) as day", "years", LoadMode.Create) with { PartitionBy = "day:year" });
        Assert.Equal(["years_0044 1", "years_0044_bc 1"], _db.Rows("select tableoid::regclass, count(*) from years group by 1 order by tableoid::regclass::text"));
    }

    [Fact]
    public void Columns_that_the_table_lacks_are_refused_or_added()
    {
        _db.Execute("create table goods (id bigint)");
        var request = _db.Request("select 1 as id, 2.5::decimal(4,1) as price", "goods");
        var fault = Schema.Fails(request);
        Assert.Equal(("QN8265", "the table has no such column", "\"price\""), (fault.Code, fault.What, fault.Value));
        Schema.Done(request with { Evolves = true });
        Assert.Equal("1 2.5", _db.One("select * from goods"));
    }

    [Fact]
    public void A_column_that_the_table_needs_is_missed()
    {
        _db.Execute("create table goods (id bigint, good text not null)");
        var fault = Schema.Fails(_db.Request("select 1 as id", "goods"));
        Assert.Equal(("QN8265", "\"good\" text not null"), (fault.Code, fault.Value));
    }

    [Fact]
    public void Indexes_are_made_for_a_new_table()
    {
        Schema.Done(_db.Request("select 1 as id, 2 as shop", "goods", LoadMode.Merge) with { Keys = ["id"], Indexes = ["shop,id"] });
        Assert.Equal(
            ["CREATE INDEX goods_shop_id_idx", "CREATE UNIQUE INDEX goods_id_idx"],
            _db.Rows("select split_part(indexdef, ' ON ', 1) from pg_indexes where tablename = 'goods' and schemaname = current_schema() order by 1"));
    }
}
