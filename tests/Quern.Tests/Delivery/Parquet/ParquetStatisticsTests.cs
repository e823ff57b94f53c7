namespace Quern.Tests.Delivery.Parquet;

public sealed class ParquetStatisticsTests : IDisposable
{
    const string Select = "select stats_min_value, stats_max_value, stats_null_count, stats_distinct_count from parquet_metadata(@)";

    readonly ParquetDesk _desk = new();

    public void Dispose() => _desk.Dispose();

    [Theory]
    [InlineData("(3), (NULL), (-5), (3)) t(x)", "-5|3|1|NULL")]
    [InlineData("(3.5::double), ('nan'), (-5)) t(x)", "NULL|NULL|0|NULL")]
    [InlineData("(0.0::double), (0.0), (7)) t(x)", "-0.0|7.0|0|NULL")]
    [InlineData("('-0.0'::double), (-7)) t(x)", "-7.0|0.0|0|NULL")]
    [InlineData("(NULL::integer), (NULL)) t(x)", "NULL|NULL|2|NULL")]
    [InlineData("('b'), ('a'), (NULL), ('ä')) t(x)", "a|ä|1|NULL")]
    [InlineData("('')) t(x)", "||0|NULL")]
    [InlineData("(true), (NULL)) t(x)", "true|true|1|NULL")]
    [InlineData("(1::uinteger), (4000000000)) t(x)", "1|4000000000|0|NULL")]
    [InlineData("((-1.5)::decimal(38, 1)), (99999999999999999999.5)) t(x)", "-1.5|99999999999999999999.5|0|NULL")]
    [InlineData("('2026-01-02'::date), ('1969-01-02')) t(x)", "1969-01-02|2026-01-02|0|NULL")]
    public void Least_and_greatest_values_are_known(string values, string wanted)
    {
        _desk.Write($"select x from (values {values}");
        Assert.Equal([wanted], _desk.Rows(Select.Replace(", stats_distinct_count", ", NULL", StringComparison.Ordinal)));
    }

    [Fact]
    public void Distinct_values_are_counted_where_there_is_a_dictionary()
    {
        _desk.Write("select i % 97 as x, 'text ' || i % 98 as t from range(30000) r(i)");
        Assert.Equal(["0|96|0|97", "text 0|text 97|0|98"], _desk.Rows(Select));
    }

    /// <summary>The least text may be cut, the greatest one only when what is left is raised.</summary>
    [Theory]
    [InlineData('a', 'c', 'd')]
    [InlineData('a', 'é', null)]
    public void Long_texts_are_cut_so_that_no_reader_is_misled(char least, char most, char? last)
    {
        _desk.Write($"select unnest([repeat('{least}', 70), repeat('{most}', 70)]) as x");
        var statistics = _desk.Rows("select stats_min_value, stats_max_value, min_is_exact, max_is_exact from parquet_metadata(@)")[0].Split('|');
        Assert.Equal(new string(least, 64), statistics[0]);
        Assert.Equal(last is null ? "NULL" : new string(most, 63) + last, statistics[1]);
        Assert.Equal("false", statistics[2]);
        Assert.Equal(["1"], _desk.Rows($"select count(*) from @ where x = repeat('{most}', 70)"));
        Assert.Equal(["1"], _desk.Rows($"select count(*) from @ where x > repeat('{most}', 69)"));
        Assert.Equal(["1"], _desk.Rows($"select count(*) from @ where x < repeat('{least}', 71)"));
    }

    /// <summary>The engine prunes by the statistics: whatever is asked for, it finds what is there.</summary>
    [Fact]
    public void Filters_find_the_same_rows_as_in_the_table()
    {
        const string query =
            """
            select (i // 3000 * 100 + hash(i) % 90)::bigint as n, (if(i % 9000 = 5, 'nan', (i // 3000)::varchar))::double as d,
                'k' || i // 3000 || repeat('x', (i // 3000 * 20)::int) as t, make_timestamp(i * 1000000) as m,
                (i // 3000)::decimal(30, 2) as e, (hash(i) % 250)::utinyint as u
            from range(30000) r(i)
            """;
        _desk.Session.Execute($"create table wanted as {query}");
        _desk.Write(query, new() { RowGroupRows = 3000 });
        string[] filters =
        [
            "n = 305", "n > 850", "n < 0", "d > 8", "d = 3", "isnan(d)", "d < 1", "t = 'k2' || repeat('x', 40)", "t > 'k8'", "t >= 'k9'",
            "m between make_timestamp(5000000000) and make_timestamp(5000009000)", "e = 4", "e > 8.5", "e < -1", "u > 249", "u = 0",
            "n in (1, 305, 899)", "t is null", "d is not null",
        ];
        foreach (var filter in filters)
            Assert.Equal(_desk.Rows($"select count(*) from wanted where {filter}"), _desk.Rows($"select count(*) from @ where {filter}"));
    }
}
