using Quern.Chunks;
using Quern.Tests.Duck;

namespace Quern.Tests.Chunks;

/// <summary>The oracle is DuckDB's own cast to VARCHAR.</summary>
public class ValueTextTests
{
    // The cast of the largest timestamptz goes through a double in DuckDB and is a millisecond off.
    [Fact]
    public void Every_type_at_its_limits_reads_as_DuckDB_casts_it() =>
        SameAsCast("select * exclude (geometry, timestamp_tz) from test_all_types()");

    [Theory]
    [InlineData("select hash(range)::double / 3 - 1e19 d, (hash(range) % 1000000) / 1000.0 e, -range / 7 f from range(20000)")]
    [InlineData("select (range - 50)::double d, 10.0::double ** (range - 50) e, 1 / (range + 1)::float f, 10.0::float ** (range - 40) g from range(79)")]
    [InlineData("select x::double d, x::float f from (values ('0'), ('-0'), ('inf'), ('-inf'), ('nan'), ('1e15'), ('1e16'), ('123456789012345678'), ('0.0001'), ('0.00001234'), ('-1.5e-7'), ('5e-324'), ('1.7976931348623157e308'), ('16777216')) t(x)")]
    public void Floats_read_as_DuckDB_casts_them(string sql) => SameAsCast(sql);

    [Theory]
    [InlineData("select range::decimal(4,1) / 7 a, (range - 500)::decimal(18,3) b, ((range - 500) / 1000.0)::decimal(3,3) c, (range * range * range)::decimal(38,10) d, (-range)::decimal(9,0) e from range(1000)")]
    [InlineData("select 99999999999999999999999999999999999999::decimal(38,0) a, -99999999999999999999999999999999999999::decimal(38,0) b, 0.00000000000000000000000000000000000001::decimal(38,38) c")]
    [InlineData("select (-170141183460469231731687303715884105728)::hugeint a, 340282366920938463463374607431768211455::uhugeint b, 12345678901234567890123456789012345678901234567890::bignum c, (-123)::bignum d, 0::bignum e")]
    public void Exact_numbers_read_as_DuckDB_casts_them(string sql) => SameAsCast(sql);

    [Theory]
    [InlineData("select timestamp '1969-12-31 23:59:59.999999' + interval (range * 86399) second + interval (range) microsecond t, (t - interval 300 year)::timestamp_ms ms, (t - interval 2500 year)::timestamp_s s, t::timestamptz tz, (t - interval 10 year)::timestamp_ns ns, t::date d, t::time c from range(5000)")]
    [InlineData("select '1677-09-22 00:12:43.145224193'::timestamp_ns n, '2000-01-01 00:00:00.000000001'::timestamp_ns o, '1969-12-31 23:59:59.999999999'::timestamp_ns p, '12:00:00.000000010'::time_ns q, '00:00:00.100000000'::time_ns r")]
    [InlineData("select 'infinity'::date a, '-infinity'::date b, 'infinity'::timestamp c, '-infinity'::timestamp d, 'infinity'::timestamptz e, 'epoch'::date f, '0001-01-01 (BC)'::date g, '10000-01-01'::date h, '0044-03-15 (BC) 12:00:00'::timestamp i, '24:00:00'::time j, 'infinity'::timestamp_s k, '-infinity'::timestamp_ms l, 'infinity'::timestamp_ns m")]
    [InlineData("select '12:30:00+05:30'::timetz a, '00:00:00-15:59:59'::timetz b, '23:59:59.5+00'::timetz c")]
    [InlineData("select interval (range - 20) month a, interval (range * 1000003 - 10000000) microsecond b, to_days((range - 3)::int) c, to_months(range::int) + to_days(-range::int) + to_microseconds(range * 3600000000 * 30) d from range(40)")]
    public void Times_read_as_DuckDB_casts_them(string sql) => SameAsCast(sql);

    [Theory]
    [InlineData("select ['a', '', ' b', 'null', 'it''s', 'x,y', 'back\\slash', NULL] a, [[1, NULL], [], NULL] b, []::int[] c, ['a, b', 'c']::varchar[2] d")]
    [InlineData("select {'a': 1, 'it''s': 'b c', 'n': NULL} a, [row(1, 'x y')] b, map {'k': 1, 'l=m': NULL} c, map {[1]: {'x': 1.5}} d, {'n': {'m': ['q:r']}} e")]
    [InlineData("select union_value(num := 2) a, union_value(str := 'x y') b, 'happy'::enum('sad', 'happy') c, ['happy'::enum('sad', 'happy')] d, '0101'::bit e, '111111111'::bit f, 'a\\x00\\xFF''\"'::blob g, uuid '47183823-2574-4bfd-b411-99ed177d3e43' h, '{\"a\": 1}'::json i, ['{\"a\": 1}'::json] j, {'k': '{\"a\": 1}'::json} k, map {'k': '[1]'::json} l")]
    public void Nested_values_read_as_DuckDB_casts_them(string sql) => SameAsCast(sql);

    [Fact]
    public void Geometry_and_variant_are_refused()
    {
        using var session = TestDuck.Memory();
        using var result = session.Query("select 1::variant");
        var chunk = result.Next()!;
        var thrown = Assert.Throws<NotSupportedException>(() => ValueText.Read(chunk[0], 0));
        Assert.Equal("VARIANT has no text here: cast it in SQL", thrown.Message);
    }

    static void SameAsCast(string sql)
    {
        using var session = TestDuck.Memory();
        using var values = session.Prepare(sql).QueryAll();
        using var texts = session.Prepare($"select columns(*)::varchar from ({sql})").QueryAll();
        var rows = 0;
        while (values.Next() is { } value)
        {
            var text = texts.Next()!;
            Assert.Equal(text.Rows, value.Rows);
            rows += value.Rows;
            for (var column = 0; column < value.Schema.Count; column++)
            {
                for (var row = 0; row < value.Rows; row++)
                {
                    var expected = text[column].IsNull(row) ? "NULL" : text[column].Texts[row].ToString();
                    Assert.Equal($"{value.Schema[column]}: {expected}", $"{value.Schema[column]}: {ValueText.Read(value[column], row)}");
                }
            }
        }
        Assert.NotEqual(0, rows);
    }
}
