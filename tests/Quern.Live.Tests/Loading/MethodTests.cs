using Quern.Delivery;
using Quern.Live.Tests.Postgres;

namespace Quern.Live.Tests.Loading;

public sealed class MethodTests(PostgresServer server) : IDisposable
{
    const string Source =
        """
        select i as id, case when i % 7 = 0 then null else 'a "b" \ c{d},' || i end as v, i / 3 as n, ['x', null, '"'] as l, {'k': i} as j,
            'POINT(' || i || ' 1)' as g, timestamp '0001-01-01 (BC) 00:00:00' + to_days((i * 1000)::int) as t, unhex('00ff') as b, i::decimal(20, 3) as d,
            interval '-1 month' as p, i % 2 = 0 as o, 'inf'::double as f, [[1, 2], [3, 4]] as m
        from range(3000) r(i)
        """;

    readonly Schema _db = new(server);

    public void Dispose() => _db.Dispose();

    [Theory]
    [InlineData(LoadMethod.Optimized, null)]
    [InlineData(LoadMethod.Optimized, 7)]
    [InlineData(LoadMethod.Standard, null)]
    [InlineData(LoadMethod.Async, null)]
    public void Every_method_loads_what_COPY_loads(LoadMethod method, int? batch)
    {
        const string Table = "(id bigint, v text, n double precision, l text[], j jsonb, g geometry, t timestamp, b bytea, d numeric, p interval, o bool, f float8, m int[])";
        _db.Execute($"create table copied {Table}; create table other {Table}");
        Schema.Done(_db.Request(Source, "copied") with { Method = LoadMethod.Copy });
        Assert.Equal(3000, Schema.Done(_db.Request(Source, "other") with { Method = method, BatchRows = batch }).Written);
        Assert.Equal("0", _db.One("select count(*) from (select x::text from copied x except all select x::text from other x) d"));
        Schema.Done(_db.Request(Source, "other", LoadMode.Replace) with { Method = method });
        Assert.Equal("0", _db.One("select count(*) from (select x::text from copied x except all select x::text from other x) d"));
    }

    [Theory]
    [InlineData(LoadMethod.Optimized)]
    [InlineData(LoadMethod.Standard)]
    public void Rows_that_INSERT_refuses_are_found_too(LoadMethod method)
    {
        _db.Execute("create table t (id int primary key, v json)");
        var request = _db.Request("select case when i = 70 then 3 else i end as id, case when i = 40 then 'oops' else '[]' end as v from range(100) r(i)", "t")
            with
        { Method = method };
        Assert.StartsWith("row 41 of the query", Schema.Fails(request).Where, StringComparison.Ordinal);
        var report = Schema.Done(request with { Rejects = "bad.csv" });
        Assert.Equal((98, 2), (report.Written, report.Rejected));
        var bad = File.ReadAllLines(Path.Combine(_db.Folder, "bad.csv"));
        Assert.Equal(3, bad.Length);
        Assert.EndsWith(",\"40,oops\"", bad[1], StringComparison.Ordinal);
        Assert.EndsWith(",\"3,[]\"", bad[2], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(LoadMethod.Standard)]
    [InlineData(LoadMethod.Optimized)]
    public void Rows_that_are_inserted_take_no_transaction_each(LoadMethod method)
    {
        _db.Execute("create table t (id int)");
        var before = long.Parse(_db.One("select txid_current()"), System.Globalization.CultureInfo.InvariantCulture);
        Schema.Done(_db.Request("select i as id from range(10000) r(i)", "t") with { Method = method });
        // Other tests run beside this one.
        Assert.InRange(long.Parse(_db.One("select txid_current()"), System.Globalization.CultureInfo.InvariantCulture) - before, 1, 8000);
        Assert.Equal("10000", _db.One("select count(*) from t"));
    }

    [Fact]
    public void The_advice_gives_its_reasons()
    {
        var few = LoadAdvice.Recommend(5_000, 12, new LoadSituation(true));
        Assert.Equal((LoadMethod.Copy, 1), (few.Method, few.Connections));
        Assert.Contains("a second connection pays from 1,000,000 rows on", few.Notes);
        var many = LoadAdvice.Recommend(1_000_000, 12, new LoadSituation(true));
        Assert.Equal((LoadMethod.Async, 2), (many.Method, many.Connections));
        Assert.Equal(LoadMethod.Copy, LoadAdvice.Recommend(5_000_000, 12, new LoadSituation(false)).Method);
        Assert.Equal(LoadMethod.Optimized, LoadAdvice.Recommend(5, 1, new LoadSituation(false, TakesCopy: false)).Method);
        Assert.All([few, many], a => Assert.NotEmpty(a.Notes));
    }
}
