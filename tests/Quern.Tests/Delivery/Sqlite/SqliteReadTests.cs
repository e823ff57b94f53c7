using Quern.Delivery;
using Quern.Delivery.Sqlite;
using Quern.Delivery.Sqlite.Reading;
using Quern.Tests.Files;

namespace Quern.Tests.Delivery.Sqlite;

public sealed class SqliteReadTests : IDisposable
{
    readonly Cargo _cargo = new();

    public SqliteReadTests()
    {
        using var session = _cargo.Database.Connect();
        session.Register(new SqliteFunction());
    }

    public void Dispose() => _cargo.Dispose();

    [Fact]
    public void Columns_have_the_types_that_were_declared()
    {
        Shell("""
            create table t (a integer, b varchar(20), c double, d blob, e, f numeric, g boolean, h datetime, i bigint);
            insert into t values (1, 'x', 1.5, x'00FF', 7, 8, 1, '2025-10-01', 9007199254740993);
            insert into t values (NULL, NULL, NULL, NULL, 'y', 2.5, 0, 1700000000, NULL)
            """);
        Assert.Equal(["BIGINT VARCHAR DOUBLE BLOB VARCHAR DOUBLE BOOLEAN VARCHAR BIGINT"],
            Read("select concat_ws(' ', typeof(a), typeof(b), typeof(c), typeof(d), typeof(e), typeof(f), typeof(g), typeof(h), typeof(i)) as types from t limit 1"));
        Assert.Equal([@"1 x 1.5 \x00\xFF 7 8.0 true 2025-10-01 9007199254740993", "- - - - y 2.5 false 1700000000 -"], Read("select * from t"));
    }

    [Theory]
    [InlineData("a integer", "'abc'", "the text \"abc\"", "INTEGER, which is read as BIGINT")]
    [InlineData("a int", "1.5", "the number 1.5", "INT, which is read as BIGINT")]
    [InlineData("a text", "x'00'", "a blob of 1 bytes", "TEXT, which is read as VARCHAR")]
    [InlineData("a text", "cast(x'ff' as text)", "a text that is not UTF-8: FF", "TEXT, which is read as VARCHAR")]
    [InlineData("a blob", "'abc'", "the text \"abc\"", "BLOB, which is read as BLOB")]
    [InlineData("a numeric", "9007199254740993", "the whole number 9007199254740993", "numeric, which is read as DOUBLE")]
    [InlineData("a boolean", "2", "the whole number 2", "boolean, which is read as BOOLEAN")]
    public void A_value_that_does_not_fit_its_column_is_named_with_its_row(string column, string value, string shown, string wanted)
    {
        Shell($"create table t ({column}); insert into t (rowid, a) values (5, NULL), (42, {value})");
        var fault = ScratchFolder.FaultOf(() => Read("select a from t"));
        Assert.Equal(("QN7451", "shop.sqlite, table t, column a, rowid 42", shown, wanted), (fault.Code, fault.Where, fault.Value, fault.Wanted));
    }

    [Fact]
    public void Rows_without_a_number_are_counted()
    {
        Shell("create table t (k text primary key, a int) without rowid; insert into t values ('x', 1), ('y', 'z')");
        Assert.Equal("shop.sqlite, table t, column a, row 2", ScratchFolder.FaultOf(() => Read("select a from t")).Where);
    }

    [Fact]
    public void Views_generated_columns_and_odd_names_are_read()
    {
        Shell(""""
            create table "a ""b""" (x integer, "rowid" text, y integer generated always as (x * 2));
            insert into "a ""b""" values (1, 'r'), (2, 's');
            create view v as select x + y as z, "rowid" from "a ""b"""
            """");
        Assert.Equal(["1 r 2", "2 s 4"], Read("select * from t", "a \"b\""));
        Assert.Equal(["3", "6"], Read("select z from t", "v"));
        Assert.Equal(["2"], Read("select count(*) as n from t", "v"));
    }

    [Fact]
    public void Many_rows_come_in_their_order_each_once()
    {
        Shell("create table t (a integer, b text); with recursive r(i) as (select 1 union all select i + 1 from r where i < 10000) insert into t select i, 'n' || i from r");
        Assert.Equal(["10000 50005000 true"], Read(
            "select count(*) as n, sum(a) as s, bool_and(b = 'n' || a and a = r) as same from (select *, row_number() over () as r from t)"));
    }

    [Fact]
    public void What_was_written_is_read_again()
    {
        using var session = _cargo.Database.Connect();
        session.Execute("""
            create table all_types as select i, i * 1.5 as d, (i || '.25')::decimal(12,2) as m, 'text ' || i as s, i % 2 = 0 as b,
                date '2025-10-01' + i::integer as day, ('x' || i)::blob as bytes, if(i % 3 = 0, NULL, i) as n from range(5000) r(i)
            """);
        var shipment = new Shipment { Relation = "all_types", Table = "t", Columns = ["i", "d", "m", "s", "b", "day", "bytes", "n"] };
        _cargo.Send(new SqliteFile("shop.sqlite", Path, SqliteOptions.Default), shipment);
        var columns = "i, d, m::varchar, s, b::bigint, day::varchar, bytes, n";
        Assert.Equal(["0 0"], Read($"select (select count(*) from (select {columns} from all_types except all from t)) as a, "
            + $"(select count(*) from (from t except all select {columns} from all_types)) as b"));
    }

    [Fact]
    public void A_file_that_cannot_be_read_and_a_table_that_is_not_there_are_faults()
    {
        Assert.Equal("QN7452", ScratchFolder.FaultOf(() => Read("from t")).Code);
        _cargo.Scratch.Write("shop.sqlite", "no database, and longer than the sixteen bytes of a mark");
        Assert.Equal("QN8201", ScratchFolder.FaultOf(() => Read("from t")).Code);
        File.Delete(Path);
        Shell("create table orders (x)");
        var fault = ScratchFolder.FaultOf(() => Read("from t", "order"));
        Assert.Equal(("QN7453", "\"order\"", "orders"), (fault.Code, fault.Value, fault.Try[0]));
    }

    string Path => _cargo.Scratch["shop.sqlite"];

    /// <summary>The rows of a query in which <c>t</c> is the table.</summary>
    IReadOnlyList<string> Read(string sql, string table = "t")
    {
        using var session = _cargo.Database.Connect();
        var call = $"quern_sqlite({Quern.Duck.Sql.Text(Path)}, {Quern.Duck.Sql.Text(table)})";
        try
        {
            return _cargo.Read(System.Text.RegularExpressions.Regex.Replace(sql, @"\bfrom t\b", $"from {call}"));
        }
        catch (QuernException e)
        {
            throw new QuernException(e.Fault with { Where = e.Fault.Where?.Replace(Path, "shop.sqlite", StringComparison.Ordinal) }, e);
        }
    }

    IReadOnlyList<string> Shell(string sql) => SqliteShell.Run(Path, sql);
}
