using Quern.Arrow;

namespace Quern.Tests.Converting;

public sealed class RoundTripTests : IDisposable
{
    /// <summary>A value of each type, its limits and NULL.</summary>
    const string Values =
        """
        select * from (values
            (1::bigint, true, 127::tinyint, 9223372036854775807::bigint, 0.1::double, 12345.678::decimal(12,3), date '2026-02-28', timestamp '2026-02-28 12:34:56.789012', 'a, "b"', uuid 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', time '23:59:59.000001'),
            (2, false, -128, -9223372036854775808, 1e300, -0.001, date '0001-01-01', timestamp '1969-12-31 23:59:59', E'line\nbreak', null, time '00:00:00'),
            (3, null, null, null, null, null, null, null, null, null, null),
            (4, true, 0, 0, -0.5, 0, date '9999-12-31', timestamp '2000-01-01', 'ä😀', uuid '00000000-0000-0000-0000-000000000001', null)
        ) t(id, flag, tiny, big, number, money, day, moment, text, uid, clock)
        """;

    readonly Desk _desk = new();

    public void Dispose() => _desk.Dispose();

    [Theory]
    [InlineData("a.parquet")]
    [InlineData("a.arrow")]
    [InlineData("a.duckdb")]
    public void Every_type_comes_back_by_way_of(string middle)
    {
        _desk.Sql($"copy ({Values}) to '@/in.parquet' (format parquet)");
        _desk.Convert("in.parquet", middle, r => r with { Verify = true });
        _desk.Convert(middle, "out.parquet", r => r with { Verify = true });
        Assert.Equal(_desk.Rows(Values), _desk.Rows("from '@/out.parquet'"));
        Assert.Equal(_desk.Types("from '@/in.parquet'"), _desk.Types("from '@/out.parquet'"));
    }

    [Theory]
    [InlineData("a.csv")]
    [InlineData("a.csv.gz")]
    [InlineData("a.tsv.zst")]
    public void Every_value_comes_back_by_way_of_text(string middle)
    {
        _desk.Sql($"copy ({Values}) to '@/in.parquet' (format parquet)");
        _desk.Convert("in.parquet", middle, r => r with { Verify = true });
        _desk.Convert(middle, "out.parquet", r => r with { Verify = true });
        Assert.Equal(
            _desk.Rows($"select id, flag, tiny, big, number, money::double, day, moment, text, uid::varchar, clock::varchar from ({Values})"),
            _desk.Rows("select id, flag, tiny, big, number, money::double, day, moment, text, uid::varchar, clock::varchar from '@/out.parquet'"));
    }

    [Fact]
    public void Nested_values_come_back_by_way_of_Arrow()
    {
        const string nested = "select i as id, [i, null] as list, {'a': i, 'b': 'x' || i} as pair, map {'k': i} as map from range(5000) t(i)";
        _desk.Sql($"copy ({nested}) to '@/in.parquet' (format parquet)");
        _desk.Convert("in.parquet", "a.arrow", r => r with { Verify = true });
        _desk.Convert("a.arrow", "out.parquet", r => r with { Verify = true });
        Assert.Equal(_desk.Rows(nested), _desk.Rows("from '@/out.parquet'"));
    }

    [Fact]
    public void A_whole_number_of_128_bits_stays_one_in_Parquet()
    {
        DuckDbOf("create table t as select 12345678901234567890123456789::hugeint as h, 7::uhugeint as u");
        _desk.Convert("in.duckdb", "out.parquet", r => r with { Verify = true });
        Assert.Equal(["12345678901234567890123456789|7"], _desk.Rows("from '@/out.parquet'"));
        Assert.Equal("DECIMAL(38,0), DECIMAL(38,0)", _desk.Types("from '@/out.parquet'"));
    }

    [Fact]
    public void A_table_is_named_behind_a_colon_on_both_sides()
    {
        DuckDbOf("create table a as select 1 as x; create table b as select 2 as x");
        _desk.Convert("in.duckdb:b", "out.duckdb:c");
        _desk.Convert("in.duckdb:a", "out.duckdb:d");
        _desk.Convert("out.duckdb:c", "c.csv");
        _desk.Convert("out.duckdb:d", "d.csv", r => r with { CsvNull = "NULL" });
        Assert.Equal(("x\n2\n", "x\n1\n"), (File.ReadAllText(_desk.Folder["c.csv"]), File.ReadAllText(_desk.Folder["d.csv"])));
    }

    [Theory]
    [InlineData("none", ArrowCodec.None, true)]
    [InlineData("lz4", ArrowCodec.Lz4, false)]
    [InlineData("zstd", ArrowCodec.Zstd, false)]
    [InlineData(null, ArrowCodec.Lz4, false)]
    public void Arrow_is_compressed_as_asked(string? compression, ArrowCodec codec, bool canBeMapped)
    {
        _desk.WriteOrders("o.csv", 10_000);
        _desk.Convert("o.csv", "o.arrow", r => r with { Compression = compression, RowGroupRows = 4096 });
        using var file = ArrowFile.Open(_desk.Folder["o.arrow"]);
        Assert.Equal((codec, canBeMapped, 10_000L, 3), (file.Codec, file.CanBeMapped, file.Rows, file.Batches));
    }

    [Fact]
    public void No_rows_make_a_file_with_columns()
    {
        _desk.Folder.Write("o.csv", "a,b\n");
        foreach (var name in new[] { "o.parquet", "o.arrow", "o.duckdb", "p.csv" })
            _desk.Convert("o.csv", name, r => r with { Verify = true });
        Assert.Equal("a,b\n", File.ReadAllText(_desk.Folder["p.csv"]));
        Assert.Equal(["0"], _desk.Rows("select count(*) from '@/o.parquet'"));
    }

    void DuckDbOf(string sql) => _desk.Sql($"attach '@/in.duckdb' as d; use d; {sql}; use memory; detach d");
}
