using System.Globalization;
using System.Text;
using Quern.Arrow;
using Quern.Chunks;
using Quern.Duck;
using Quern.Folding.Declared;
using Quern.Folding.Expressions;
using Quern.Folding.Results;
using Quern.Rollups.Export;
using Quern.Rollups.Store;
using Quern.Tests.Files;

namespace Quern.Tests.Rollups.Export;

/// <summary>Grains as tables: two groups whose keys and states are known, and 20,000 that are counted.</summary>
public sealed class StoreExportTests : IDisposable
{
    const string Wanted =
        """
        2024-02-29|2024-02-29 07:31:00|2024-02-29 07:00:00|2024-02-26|2024-02-01|2024-01-01|us|true|1.25|-5|3|2|1.5|0.5|1.0|0|NULL|NULL
        NULL|NULL|NULL|NULL|NULL|NULL|NULL|NULL|NULL|NULL|19997|0|NULL|NULL|NULL|1|123456789012345678901234.56|-0.01
        """;

    const string Columns = "day, minute, hour, week, month, quarter, country, flag, price, id, rows, bid_count, bid_sum, bid_min, bid_max, cost_count, cost_sum, cost_max";

    readonly ScratchFolder _scratch = new();
    readonly DuckDatabase _database = DuckDatabase.Open(new DuckOptions { MemoryLimitBytes = 200_000_000, Threads = 2, TempDirectory = "" });

    public void Dispose()
    {
        _database.Dispose();
        _scratch.Dispose();
    }

    [Fact]
    public void Sql_reads_a_grain()
    {
        Publish();
        Assert.Equal(Wanted, Rows($"quern_rollup({Sql.Text(_scratch["store"])}, 'all_keys')"));
    }

    [Fact]
    public void Sql_reads_only_the_columns_that_it_needs_and_filters_them()
    {
        Publish();
        using var session = Session();
        Assert.Equal(1.5, session.Scalar<double>($"select sum(bid_sum) from quern_rollup({Sql.Text(_scratch["store"])}, 'ALL_KEYS') where week = '2024-02-26'"));
    }

    [Fact]
    public void A_grain_becomes_an_arrow_file()
    {
        Publish();
        using var files = RollupFiles.Open(_scratch["store"]);
        Assert.Equal([2, 20_000], StoreExport.Arrow(files, _scratch["arrow"], new ArrowOptions()));
        Assert.Equal(["all_keys.arrow", "many.arrow"], _scratch.Names("arrow"));
        Assert.Equal(Wanted, Rows($"quern_arrow([{Sql.Text(_scratch["arrow/all_keys.arrow"])}])"));
        StoreExport.Arrow(files, _scratch["arrow"], new ArrowOptions { Codec = ArrowCodec.None });
        Assert.Equal(Wanted, Rows($"quern_arrow([{Sql.Text(_scratch["arrow/all_keys.arrow"])}])"));
        using var session = Session();
        Assert.Equal(
            20_000L * 19_999 / 2,
            session.Scalar<long>($"select sum(number)::bigint from quern_arrow([{Sql.Text(_scratch["arrow/many.arrow"])}])"));
    }

    [Fact]
    public void Grains_become_tables_of_a_database()
    {
        Publish();
        using var files = RollupFiles.Open(_scratch["store"]);
        for (var again = 0; again < 2; again++) Assert.Equal([2, 20_000], StoreExport.DuckDb(files, _scratch["rollups.duckdb"], _database));
        using var session = Session();
        session.Execute($"attach {Sql.Text(_scratch["rollups.duckdb"])} as r (read_only)");
        Assert.Equal(Wanted, Rows("r.all_keys", session));
        Assert.Equal(20_000L, session.Scalar<long>("select count(*) from r.many"));
        Assert.Equal(["rollups.duckdb", "store"], _scratch.TopNames());
    }

    [Fact]
    public void A_grain_that_is_not_there_is_answered_with_those_that_are()
    {
        Publish();
        using var session = Session();
        Assert.Equal(
            """
            error QN7509: the store has no grain of this name
              where   BASE/store
              value   all_key
              wanted  one of all_keys, many
              try     all_keys, the nearest name
            """,
            _scratch.Text(ScratchFolder.FaultOf(() => session.Execute($"from quern_rollup({Sql.Text(_scratch["store"])}, 'all_key')"))));
    }

    [Fact]
    public void A_folder_with_other_files_is_not_replaced()
    {
        Publish();
        _scratch.Write("mine/a.txt");
        using var files = RollupFiles.Open(_scratch["store"]);
        Assert.Equal("QN7508", ScratchFolder.FaultOf(() => StoreExport.Arrow(files, _scratch["mine"], new ArrowOptions())).Code);
        Assert.Equal(["a.txt"], _scratch.Names("mine"));
    }

    DuckSession Session()
    {
        var session = _database.Connect();
        session.Register(new RollupFunction(_scratch.Path, maxThreads: 2));
        session.Register(new ArrowFunction(maxThreads: 2));
        return session;
    }

    string Rows(string from)
    {
        using var session = Session();
        return Rows(from, session);
    }

    static string Rows(string from, DuckSession session)
    {
        var rows = new List<string>();
        using var result = session.Query($"select columns(*)::varchar from (select {Columns} from {from} order by day)");
        while (result.Next() is { } chunk)
        {
            for (var row = 0; row < chunk.Rows; row++)
                rows.Add(string.Join('|', Enumerable.Range(0, chunk.Schema.Count).Select(c => chunk[c].GetValue(row) ?? "NULL")));
        }
        return string.Join('\n', rows);
    }

    void Publish()
    {
        var bigint = LogicalType.Of(TypeKind.BigInt);
        var timestamp = LogicalType.Of(TypeKind.Timestamp);
        var date = LogicalType.Of(TypeKind.Date);
        var minute = (long)(new DateTime(2024, 2, 29, 7, 31, 0) - DateTime.UnixEpoch).TotalMinutes;
        var day = minute / 1440;
        var keys = new Dictionary<string, KeyDomain>
        {
            ["day"] = new LinearDomain(date, day, 1, TimeBucket.Day),
            ["minute"] = new LinearDomain(timestamp, minute, 1, TimeBucket.Minute),
            ["hour"] = new LinearDomain(timestamp, minute / 60, 1, TimeBucket.Hour),
            ["week"] = new LinearDomain(date, (day + 3) / 7, 1, TimeBucket.Week),
            ["month"] = new LinearDomain(date, (54 * 12) + 1, 1, TimeBucket.Month),
            ["quarter"] = new LinearDomain(date, 54 * 4, 1, TimeBucket.Quarter),
            ["country"] = new TextDomain(LogicalType.Of(TypeKind.Varchar), new long[] { 2 }, Encoding.UTF8.GetBytes("us"), IsInOrder: true),
            ["flag"] = new LinearDomain(LogicalType.Of(TypeKind.Boolean), 1, 1),
            ["price"] = new NumberDomain(LogicalType.Of(TypeKind.Double), new[] { BitConverter.DoubleToInt64Bits(1.25) }),
            ["id"] = new LinearDomain(bigint, -5, 1),
            ["number"] = new LinearDomain(LogicalType.Of(TypeKind.Integer), 0, 20_000),
        };
        string[] names = [.. keys.Keys.Take(10)];
        using var writer = StoreWriter.Create(_scratch["store"]);
        var fold = new Fold { Name = "f", Source = new("s", [], []), Grains = [new("all_keys", names), new("many", ["number"])] };
        writer.Begin(
            fold,
            keys,
            [
                new("bid", LogicalType.Of(TypeKind.Double), MeasureKeep.Sum | MeasureKeep.Min | MeasureKeep.Max),
                new("cost", LogicalType.Decimal(9, 2), MeasureKeep.Sum | MeasureKeep.Max),
            ],
            [new("all_keys", names), new("many", ["number"])]);
        writer.Write(0, new GrainRows
        {
            Rows = 2,
            Keys = [.. names.Select(_ => new uint[] { 0, 1 })],
            Counts = [3, 19_997],
            Measures =
            [
                new() { Counts = [2, 0], Sums = [1.5, 0], Min = [Bits(0.5), 0], Max = [Bits(1), 0] },
                new() { Counts = [0, 1], WholeSums = [0, Int128.Parse("12345678901234567890123456", CultureInfo.InvariantCulture)], Max = [0, -1] },
            ],
        });
        var numbers = Enumerable.Range(0, 20_000).ToArray();
        var counts = new long[numbers.Length];
        Array.Fill(counts, 1);
        writer.Write(1, new GrainRows
        {
            Rows = numbers.Length,
            Keys = [[.. numbers.Select(n => (uint)n)]],
            Counts = counts,
            Measures =
            [
                new() { Counts = new long[numbers.Length], Sums = new double[numbers.Length], Min = new long[numbers.Length], Max = new long[numbers.Length] },
                new() { Counts = new long[numbers.Length], WholeSums = new Int128[numbers.Length], Max = new long[numbers.Length] },
            ],
        });
        writer.Publish("0.1.0", new(20_000, 20_000), []);
    }

    static long Bits(double value) => BitConverter.DoubleToInt64Bits(value);
}
