using System.Globalization;
using Quern.Delivery;
using Quern.Delivery.Sqlite;
using Quern.Duck;
using Quern.Tests.Files;

namespace Quern.Tests.Delivery.Sqlite;

public sealed class SqliteValueTests : IDisposable
{
    const int Rows = 5000;
    readonly Cargo _cargo = new();

    public void Dispose() => _cargo.Dispose();

    [Theory]
    [InlineData("true", "1")]
    [InlineData("(-128)::tinyint", "-128")]
    [InlineData("255::utinyint", "255")]
    [InlineData("4294967295::uinteger", "4294967295")]
    [InlineData("(-9223372036854775808)::bigint", "-9223372036854775808")]
    [InlineData("18446744073709551615::ubigint", "'18446744073709551615'")]
    [InlineData("(-170141183460469231731687303715884105728)::hugeint", "'-170141183460469231731687303715884105728'")]
    [InlineData("340282366920938463463374607431768211455::uhugeint", "'340282366920938463463374607431768211455'")]
    [InlineData("12.50::decimal(4,2)", "'12.50'")]
    [InlineData("-0.001::decimal(9,3)", "'-0.001'")]
    [InlineData("-12345678901234.5678::decimal(18,4)", "'-12345678901234.5678'")]
    [InlineData("99999999999999999999999999999999999.999::decimal(38,3)", "'99999999999999999999999999999999999.999'")]
    [InlineData("0.00000000000000000000000000000000000001::decimal(38,38)", "'.00000000000000000000000000000000000001'")]
    [InlineData("123::decimal(20,0)", "'123'")]
    [InlineData("0.1::float", "1.00000001490116119384e-01")]
    [InlineData("'infinity'::double", "Inf")]
    [InlineData("-0.0::double", "0.0")]
    [InlineData("date '2025-10-01'", "'2025-10-01'")]
    [InlineData("date '0044-03-15 (BC)'", "'0044-03-15 (BC)'")]
    [InlineData("date '10000-01-01'", "'10000-01-01'")]
    [InlineData("'-infinity'::date", "'-infinity'")]
    [InlineData("timestamp '2025-10-01 12:30:00.5'", "'2025-10-01 12:30:00.5'")]
    [InlineData("timestamptz '2025-10-01 12:30:00+02'", "'2025-10-01 10:30:00+00:00'")]
    [InlineData("'infinity'::timestamptz", "'infinity'")]
    [InlineData("timestamp_ns '2025-10-01 12:30:00.123456789'", "'2025-10-01 12:30:00.123456789'")]
    [InlineData("timestamp_s '1969-12-31 23:59:59'", "'1969-12-31 23:59:59'")]
    [InlineData("time '24:00:00'", "'24:00:00'")]
    [InlineData("interval '1 year 2 days 3 seconds'", "'1 year 2 days 00:00:03'")]
    [InlineData("uuid '6e212746-484a-40cd-bba0-09a19d132d64'", "'6e212746-484a-40cd-bba0-09a19d132d64'")]
    [InlineData("'a''b'", "'a''b'")]
    [InlineData("''", "''")]
    [InlineData("'twelve bytes'", "'twelve bytes'")]
    [InlineData("'thirteen byte'", "'thirteen byte'")]
    [InlineData("'\U0001F600 ü'", "'\U0001F600 ü'")]
    [InlineData("''::blob", "X''")]
    [InlineData(@"'\x00\xFF'::blob", "X'00FF'")]
    [InlineData("'0110'::bit", "'0110'")]
    [InlineData("'b'::enum('a', 'b')", "'b'")]
    [InlineData("""'{"a": [1, null]}'::json""", """'{"a": [1, null]}'""")]
    [InlineData("[1, NULL, 3]", "'[1,null,3]'")]
    [InlineData("[1.5::decimal(4,1), -0.25]::decimal(3,2)[]", "'[1.50,-0.25]'")]
    [InlineData("[0.25::decimal(2,2), -0.25]", "'[0.25,-0.25]'")]
    [InlineData("['nan'::double, 1]", """'["nan",1.0]'""")]
    [InlineData("[1, 2]::integer[2]", "'[1,2]'")]
    [InlineData("{'a': 'x\"y', 'b': [date '2025-10-01']}", """'{"a":"x\"y","b":["2025-10-01"]}'""")]
    [InlineData("map {1: 'x', 2: NULL}", """'{"1":"x","2":null}'""")]
    [InlineData("row(1, true)", "'[1,true]'")]
    [InlineData("union_value(n := 170141183460469231731687303715884105727::hugeint)", "'170141183460469231731687303715884105727'")]
    [InlineData("NULL", "NULL")]
    public void A_value_becomes(string sql, string quoted) => Assert.Equal([quoted], Quoted($"select {sql} as v"));

    [Fact]
    public void A_geometry_becomes_well_known_text() =>
        Assert.Equal(["'POINT (1 2)'"], Quoted("select 'POINT (1 2)'::geometry as v"));

    [Fact]
    public void Decimals_become_doubles_when_they_may() => Assert.Equal(
        ["12.5", "0.1", "1.23456789012345689632e+34"],
        [
            .. Quoted("select 12.50::decimal(4,2) as v", Real), .. Quoted("select 0.1::decimal(38,37) as v", Real),
            .. Quoted("select 12345678901234567890123456789012345::decimal(38,0) as v", Real),
        ]);

    [Fact]
    public void Values_of_all_types_come_back_as_the_engine_spells_them()
    {
        var seed = Environment.ProcessId;
        using var session = _cargo.Database.Connect();
        session.Execute($"select setseed({(seed % 1000 / 1000.0).ToString(CultureInfo.InvariantCulture)})");
        (string Name, string Value, string Quoted)[] columns =
        [
            ("bool", "random() < 0.5", "v::int::varchar"),
            ("small", "(random() * 65535 - 32768)::smallint", "v::varchar"),
            ("big", "(hash(random())::hugeint - 9223372036854775808)::bigint", "v::varchar"),
            ("ubig", "hash(random())", "'''' || v || ''''"),
            ("huge", "hash(random())::hugeint * (hash(random()) // 3)::hugeint * if(random() < 0.5, 1, -1)", "'''' || v || ''''"),
            ("dec4", "(random() * 199 - 99.5)::decimal(4, 2)", "'''' || v || ''''"),
            ("dec9", "(random() * 1.9e5 - 9.5e4)::decimal(9, 4)", "'''' || v || ''''"),
            ("dec18", "((hash(random()) // 20)::bigint * if(random() < 0.5, 1, -1) / 1000)::decimal(18, 3)", "'''' || v || ''''"),
            ("dec38", "(hash(random())::varchar || left(hash(random())::varchar, 14) || chr(46) || (10 + (random() * 89)::int))::decimal(38, 2)", "'''' || v || ''''"),
            ("day", "date '1970-01-01' + (random() * 4e6 - 2e6)::int", "'''' || v || ''''"),
            ("moment", "make_timestamp((random() * 6e16 - 3e16)::bigint)", "'''' || v || ''''"),
            ("instant", "make_timestamp((random() * 6e16 - 3e16)::bigint)::timestamptz", "'''' || v || ':00'''"),
            ("span", "to_months((random() * 99 - 50)::int) + to_microseconds((random() * 1e12)::bigint)", "'''' || v || ''''"),
            ("id", "uuid()", "'''' || v || ''''"),
            ("word", "left(hash(random())::varchar || '''ü\U0001F600', (random() * 24)::int)", "'''' || replace(v, '''', '''''') || ''''"),
            ("long", "repeat(chr((random() * 90 + 33)::int), (random() * 9000)::int)", "'''' || replace(v, '''', '''''') || ''''"),
            ("bytes", "unhex(left(md5(random()::varchar) || md5(random()::varchar), 2 * (random() * 32)::int))", "'X''' || hex(v) || ''''"),
            ("list", "[hash(random()), NULL, 7][1:(random() * 3)::int]", "'''' || to_json(v) || ''''"),
        ];
        session.Execute($"create table v as select {string.Join(", ", columns.Select(c => $"if(random() < 0.1, NULL, {c.Value}) as \"{c.Name}\""))} from range({Rows})");
        session.Execute($"create table numbers as select if(random() < 0.1, NULL, (random() - 0.5) * power(10, (random() * 600 - 300)::int)) as v from range({Rows})");
        Send("v", [.. columns.Select(c => c.Name)]);
        SqliteShell.AssertSound(Path);
        foreach (var (name, _, quoted) in columns)
        {
            var wanted = _cargo.Read($"select coalesce({quoted}, 'NULL') as x from (select \"{name}\" as v from v)");
            var found = SqliteShell.Run(Path, $"select quote(\"{name}\") from t");
            if (!wanted.SequenceEqual(found)) Assert.Fail($"seed {seed}, column {name}: {First(wanted, found)}");
        }
        File.Delete(Path);
        Send("numbers", ["v"]);
        // SQLite's own printing of doubles is not exact, its storage is: the last of the bits are seen through a blob of the file.
        Assert.Equal(Doubles(session), Stored());
    }

    [Fact]
    public void A_chunk_of_any_number_of_rows_arrives_whole()
    {
        foreach (var rows in (int[])[0, 1, 15, 16, 17, 2047, 2048, 2049, 10_000])
        {
            File.Delete(Path);
            Assert.Equal(rows, Send($"(select i, 'row ' || i as s from range({rows}) r(i))", ["i", "s"]));
            Assert.Equal([$"{rows}|{(rows == 0 ? "" : (long)rows * (rows - 1) / 2)}|{rows}"],
                SqliteShell.Run(Path, "select count(*), sum(i), sum(s = 'row ' || i) from t").Select(r => rows == 0 ? r + "0" : r));
        }
    }

    [Theory]
    [InlineData("if(i = 3000, 'a' || chr(0) || 'b', 'x')", "QN8204", "column v, row 3,001")]
    [InlineData("if(i = 17, 'nan'::double, i)", "QN8207", "column v, row 18")]
    [InlineData("if(i = 5, 'nan'::float, i::float)", "QN8207", "column v, row 6")]
    public void A_value_that_SQLite_would_change_is_a_fault_that_names_it(string value, string code, string where)
    {
        var fault = ScratchFolder.FaultOf(() => Send($"(select {value} as v from range(4000) r(i))", ["v"]));
        Assert.Equal((code, $"t.sqlite, table t, {where}"), (fault.Code, fault.Where));
        Assert.Equal(["spill/"], _cargo.Scratch.Names());
    }

    [Fact]
    public void NUL_characters_are_taken_out_and_NaN_is_NULL_where_that_is_asked_for()
    {
        var options = SqliteOptions.Default with { StripNul = true, NanIsNull = true };
        Assert.Equal(["'ab'", "'a longer text than twelve'"],
            Quoted("select unnest(['a' || chr(0) || 'b' || chr(0), 'a longer text' || chr(0) || ' than twelve']) as v", options));
        Assert.Equal(["NULL", "1.0"], Quoted("select unnest(['nan'::double, 1]) as v", options));
    }

    [Fact]
    public void A_text_of_many_megabytes_arrives()
    {
        Send("(select repeat('0123456789', 5_000_000) as v)", ["v"]);
        Assert.Equal(["50000000|0123456789"], SqliteShell.Run(Path, "select length(v), substr(v, -10) from t"));
    }

    [Fact]
    public void Rows_are_bound_without_an_object_a_row()
    {
        const string Query = "(select i, 'name ' || i as s, i / 7.0 as d, (i / 3)::decimal(18, 3) as m, date '2025-01-01' + (i % 300)::int as day, "
            + "to_timestamp(i) as at, i % 2 = 0 as b, if(i % 5 = 0, NULL, [i]) as l from range({0}) r(i))";
        string[] columns = ["i", "s", "d", "m", "day", "at", "b", "l"];
        Send(string.Format(CultureInfo.InvariantCulture, Query, 3000), columns);
        File.Delete(Path);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Send(string.Format(CultureInfo.InvariantCulture, Query, 200_000), columns);
        var bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(bytes < 1_000_000, $"{bytes:N0} bytes were allocated for 200,000 rows");
    }

    static SqliteOptions Real => SqliteOptions.Default with { DecimalsAreReal = true };

    string Path => _cargo.Scratch["t.sqlite"];

    long Send(string relation, string[] columns, SqliteOptions? options = null)
    {
        var shipment = new Shipment { Relation = relation, Table = "t", Columns = columns };
        return _cargo.Send(new SqliteFile("t.sqlite", Path, options ?? SqliteOptions.Default), shipment)!.Rows;
    }

    IReadOnlyList<string> Quoted(string select, SqliteOptions? options = null)
    {
        File.Delete(Path);
        Send($"({select})", ["v"], options);
        return SqliteShell.Run(Path, "select quote(v) from t");
    }

    static List<long> Doubles(DuckSession session)
    {
        using var rows = session.Query("select v from numbers");
        var list = new List<long>();
        while (rows.Next() is { } chunk)
        {
            for (var i = 0; i < chunk.Rows; i++)
                list.Add(chunk[0].IsNull(i) ? -1 : BitConverter.DoubleToInt64Bits(chunk[0].Values<double>()[i]));
        }
        return list;
    }

    List<long> Stored()
    {
        using var connection = Quern.Delivery.Sqlite.Native.SqliteConnection.Open(Path, Quern.Delivery.Sqlite.Native.SqliteApi.OpenReadOnly);
        using var statement = connection.Prepare("select v from t");
        var list = new List<long>();
        while (statement.Step())
            list.Add(statement.Type(0) == Quern.Delivery.Sqlite.Native.SqliteApi.TypeNull ? -1 : BitConverter.DoubleToInt64Bits(statement.Real(0)));
        return list;
    }

    static string First(IReadOnlyList<string> wanted, IReadOnlyList<string> found)
    {
        if (wanted.Count != found.Count) return $"{found.Count} rows, not {wanted.Count}";
        var at = Enumerable.Range(0, wanted.Count).First(i => wanted[i] != found[i]);
        return $"row {at}: {found[at]}, not {wanted[at]}";
    }
}
