using Quern.Delivery;
using Quern.Live.Tests.Postgres;

namespace Quern.Live.Tests.Loading;

/// <summary>Values of each type, as the server writes them back.</summary>
public sealed class TypeTests(PostgresServer server) : IDisposable
{
    readonly Schema _db = new(server);

    public void Dispose() => _db.Dispose();

    [Theory]
    [InlineData("true", "boolean", "t")]
    [InlineData("(-128)::tinyint", "smallint", "-128")]
    [InlineData("255::utinyint", "smallint", "255")]
    [InlineData("(-32768)::smallint", "smallint", "-32768")]
    [InlineData("65535::usmallint", "integer", "65535")]
    [InlineData("(-2147483648)::integer", "integer", "-2147483648")]
    [InlineData("4294967295::uinteger", "bigint", "4294967295")]
    [InlineData("(-9223372036854775808)::bigint", "bigint", "-9223372036854775808")]
    [InlineData("18446744073709551615::ubigint", "numeric(20,0)", "18446744073709551615")]
    [InlineData("(-170141183460469231731687303715884105727)::hugeint - 1", "numeric(39,0)", "-170141183460469231731687303715884105728")]
    [InlineData("340282366920938463463374607431768211455::uhugeint", "numeric(39,0)", "340282366920938463463374607431768211455")]
    [InlineData("'123456789012345678901234567890123456789012345'::bignum", "numeric", "123456789012345678901234567890123456789012345")]
    [InlineData("1.1::float", "real", "1.1")]
    [InlineData("'-inf'::float", "real", "-Infinity")]
    [InlineData("5e-324::double", "double precision", "5e-324")]
    [InlineData("'nan'::double", "double precision", "NaN")]
    [InlineData("0::decimal(4,1)", "numeric(4,1)", "0.0")]
    [InlineData("(-0.0001)::decimal(9,4)", "numeric(9,4)", "-0.0001")]
    [InlineData("12345.6::decimal(9,1)", "numeric(9,1)", "12345.6")]
    [InlineData("100000000.00::decimal(18,2)", "numeric(18,2)", "100000000.00")]
    [InlineData("99999999999999999999999.999999999999999::decimal(38,15)", "numeric(38,15)", "99999999999999999999999.999999999999999")]
    [InlineData("(-0.00000000000000000000000000000000000001)::decimal(38,38)", "numeric(38,38)", "-0.00000000000000000000000000000000000001")]
    [InlineData("'größe \"\\'", "text", "größe \"\\")]
    [InlineData("''", "text", "")]
    [InlineData("'{\"a\": 1.50, \"a\": 2}'::json", "jsonb", "{\"a\": 2}")]
    [InlineData("'\\x00\\xFF\\x5C'::blob", "bytea", "\\x00ff5c")]
    [InlineData("date '0044-03-15 (BC)'", "date", "0044-03-15 BC")]
    [InlineData("date '10000-01-01'", "date", "10000-01-01")]
    [InlineData("'infinity'::date", "date", "infinity")]
    [InlineData("'-infinity'::date", "date", "-infinity")]
    [InlineData("time '23:59:59.999999'", "time without time zone", "23:59:59.999999")]
    [InlineData("'24:00:00'::time", "time without time zone", "24:00:00")]
    [InlineData("'12:30:00-05:30:01'::timetz", "time with time zone", "12:30:00-05:30:01")]
    [InlineData("timestamp '1969-12-31 23:59:59.999999'", "timestamp without time zone", "1969-12-31 23:59:59.999999")]
    [InlineData("timestamp '0001-01-01 (BC) 00:00:00'", "timestamp without time zone", "0001-01-01 00:00:00 BC")]
    [InlineData("timestamp 'infinity'", "timestamp without time zone", "infinity")]
    [InlineData("timestamp_s '2026-01-02 03:04:05'", "timestamp without time zone", "2026-01-02 03:04:05")]
    [InlineData("timestamp_ms '2026-01-02 03:04:05.678'", "timestamp without time zone", "2026-01-02 03:04:05.678")]
    [InlineData("timestamp_ns '2026-01-02 03:04:05.678901'", "timestamp without time zone", "2026-01-02 03:04:05.678901")]
    [InlineData("timestamptz '2026-07-02 03:04:05+02'", "timestamp with time zone", "2026-07-02 01:04:05+00")]
    [InlineData("timestamptz '-infinity'", "timestamp with time zone", "-infinity")]
    [InlineData("interval '-14 months 3 days -4 hours'", "interval", "-1 years -2 mons +3 days -04:00:00")]
    [InlineData("'00112233-4455-6677-8899-aabbccddeeff'::uuid", "uuid", "00112233-4455-6677-8899-aabbccddeeff")]
    [InlineData("'b'::enum('a', 'b')", "text", "b")]
    [InlineData("'10110'::bit", "bit varying", "10110")]
    [InlineData("[1, null, 3]", "integer[]", "{1,NULL,3}")]
    [InlineData("[]::varchar[]", "text[]", "{}")]
    [InlineData("['a b', '', 'NULL', '\"']", "text[]", "{\"a b\",\"\",\"NULL\",\"\\\"\"}")]
    [InlineData("[1.5, 2.25]::decimal(4,2)[2]", "numeric(4,2)[]", "{1.50,2.25}")]
    [InlineData("[[1, 2], [3]]", "jsonb", "[[1, 2], [3]]")]
    [InlineData("{'a': 1, 'b c': [true, null], 'd': 'x\"\\', 'e': 'nan'::double, 'f': date '2026-01-02', 'g': {'h': 2.50::decimal(4,2)}}", "jsonb",
        "{\"a\": 1, \"d\": \"x\\\"\\\\\", \"e\": \"NaN\", \"f\": \"2026-01-02\", \"g\": {\"h\": 2.50}, \"b c\": [true, null]}")]
    [InlineData("map {'k': 1, 'l': null}", "jsonb", "{\"k\": 1, \"l\": null}")]
    [InlineData("row(1, true)", "jsonb", "[1, true]")]
    [InlineData("{'a': row('x', row(2)), 'b': [row(3, 4)]}", "jsonb", "{\"a\": [\"x\", [2]], \"b\": [[3, 4]]}")]
    [InlineData("{'a': 0.25::decimal(2,2), 'b': (-0.25)::decimal(2,2), 'c': 0::decimal(2,2), 'd': 1.5::decimal(2,1)}", "jsonb",
        "{\"a\": 0.25, \"b\": -0.25, \"c\": 0.00, \"d\": 1.5}")]
    [InlineData("null", "integer", "-")]
    public void A_value_becomes_the_same_value(string expression, string type, string text)
    {
        Schema.Done(_db.Request($"select {expression} as v", "t", LoadMode.Create));
        Assert.Equal($"{type}|{text}", string.Join('|', _db.One("select format_type(atttypid, atttypmod) from pg_attribute where attrelid = 't'::regclass and attname = 'v'"), _db.One("select v from t")));
    }

    [Fact]
    public void Cells_of_CSV_arrive_as_they_stand_where_the_column_keeps_texts_or_more_digits()
    {
        _db.Execute("create table t (a numeric, b text, c varchar(30), d jsonb, e text, n int, day date, s numeric(30,20))");
        _db.Write("t.csv", "a,b,c,d,e,n,day,s\n12345678901234567.89,1.10,2025/01/02,1.10,2026-01-01T00:00:00+02:00,7,2025-01-02,0.12345678901234567890\n0.1,1e5,2025/01/03,2,2026-01-02T00:00:00+02:00,8,2025-01-03,1e-3\n");
        Schema.Done(_db.Request("t.csv", "t"));
        Assert.Equal(
            [
                "12345678901234567.89 1.10 2025/01/02 1.10 2026-01-01T00:00:00+02:00 7 2025-01-02 0.12345678901234567890",
                "0.1 1e5 2025/01/03 2 2026-01-02T00:00:00+02:00 8 2025-01-03 0.00100000000000000000",
            ],
            _db.Rows("select * from t order by n"));
    }

    [Theory]
    [InlineData("5::ubigint", "smallint", "5")]
    [InlineData("'5'", "integer", "5")]
    [InlineData("1.5::double", "numeric", "1.5")]
    [InlineData("1e-7::double", "numeric", "0.0000001")]
    [InlineData("1.25e20::double", "numeric", "125000000000000000000")]
    [InlineData("'nan'::double", "numeric(4,1)", "NaN")]
    [InlineData("1.005::decimal(4,3)", "numeric(12,2)", "1.01")]
    [InlineData("5", "text", "5")]
    [InlineData("5", "varchar(3)", "5")]
    [InlineData("date '2026-01-02'", "text", "2026-01-02")]
    [InlineData("'2026-01-02'", "date", "2026-01-02")]
    [InlineData("timestamp '2026-01-02 03:04:05'", "timestamptz", "2026-01-02 03:04:05+00")]
    [InlineData("date '2026-01-02'", "timestamp", "2026-01-02 00:00:00")]
    [InlineData("'10.0.0.1'", "inet", "10.0.0.1")]
    [InlineData("'[1,5)'", "int4range", "[1,5)")]
    [InlineData("'12.50'", "numeric(6,2)", "12.50")]
    [InlineData("'b'", "mood", "b")]
    [InlineData("'b'::enum('b', 'c')", "mood", "b")]
    [InlineData("['a', 'b']", "mood[]", "{a,b}")]
    [InlineData("[[1, 2], [3, 4]]", "integer[]", "{{1,2},{3,4}}")]
    [InlineData("'{\"a\":1}'", "json", "{\"a\":1}")]
    [InlineData("'x'", "shortened", "x")]
    [InlineData("'00112233-4455-6677-8899-aabbccddeeff'", "uuid", "00112233-4455-6677-8899-aabbccddeeff")]
    public void A_value_becomes_what_its_column_is(string expression, string type, string text)
    {
        _db.Execute("create type mood as enum ('a', 'b'); create domain shortened as varchar(2)");
        _db.Execute($"create table t (v {type})");
        Schema.Done(_db.Request($"select {expression} as v", "t"));
        Assert.Equal(text, _db.One("select v from t"));
    }
}
