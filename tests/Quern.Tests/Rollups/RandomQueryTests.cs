using System.Globalization;
using System.Text;
using Quern.Rollups;
using Quern.Rollups.Answering;

namespace Quern.Tests.Rollups;

/// <summary>Random queries give the same from grains as the engine gives over the rows.</summary>
public sealed class RandomQueryTests : IDisposable
{
    const string Yaml = """
        version: 1
        sources:
          t:
            columns: {ts: epoch_s, kind: varchar, id: integer, born: date, ok: boolean, x: double, money: 'decimal(12,3)', n: bigint}
        folds:
          t:
            from: t
            zone: ZONE
            derive: {day: day(ts), hour: hour(ts), month: month(ts)}
            measures: [{of: x, keep: [sum, min, max]}, {of: money, keep: [sum, min, max]}, {of: n, keep: [sum, min, max]}, {of: born, keep: [min, max]}]
            grains:
              wide: [hour, kind, id, born, ok]
              by_day: [day, kind, id]
              by_kind: [kind, ok]
              by_born: [born, kind]
        """;

    static readonly string[] Keys = ["kind", "id", "born", "ok", "day", "hour", "month", "week(ts)", "year(born)"];

    static readonly string[] Aggregates =
    [
        "count(*)", "count(x)", "sum(x)", "avg(x)", "min(x)", "max(x)", "sum(money)", "avg(money)", "min(money)", "sum(n)", "max(n)", "avg(n)", "count(id)",
        "count(distinct id)", "count(distinct kind)", "sum(id)", "min(kind)", "max(hour)", "min(born)", "count(distinct day)", "avg(id)",
    ];

    static readonly string[] Conditions =
    [
        "kind = 'a'", "kind <> 'ü'", "kind in ('a', 'zz', '')", "kind like '%a%'", "kind is null", "id > 3", "id between -2 and 5", "id <> 0", "not id = 2",
        "id in (1, 2, 3, 99)", "id >= 2.5", "born < '2024-03-01'", "born is not null", "ok", "not ok", "ok is null", "day >= '2024-03-30'", "day in ('2024-03-31', '2024-01-01')",
        "hour between '2024-03-31 00:00' and '2024-03-31 05:00'", "month = '2024-03'", "week(ts) > '2024-02-01'", "month(born) <= '2024-02'", "hour < '2024-03-31 02:30'",
    ];

    readonly string _folder = Directory.CreateTempSubdirectory("quern-random-").FullName;

    public void Dispose() => Directory.Delete(_folder, true);

    [Theory]
    [InlineData(1, "UTC")]
    [InlineData(2, "Europe/Berlin")]
    [InlineData(3, "Asia/Kolkata")]
    public void Grains_and_rows_give_the_same(int seed, string zone)
    {
        var random = new Random(seed);
        var path = Path.Combine(_folder, "rows.csv");
        File.WriteAllText(path, Rows(random));
        using var store = TestStore.Build(Yaml.Replace("ZONE", zone, StringComparison.Ordinal), Path.Combine(_folder, "store"), path);
        var fromGrains = 0;
        for (var i = 0; i < 150; i++)
        {
            var sql = Query(random);
            var query = store.ReadSql(sql, "test");
            var answer = store.Answer(query, true, default);
            if (answer.AnsweredBy != RollupStore.FallbackName) fromGrains++;
            var difference = Comparing.Difference(answer, store.Answer(query, false, default));
            Assert.True(difference is null, $"{sql}\n{difference}");
        }
        Assert.InRange(fromGrains, 100, 150);
    }

    static string Query(Random random)
    {
        var keys = Keys.Where(_ => random.Next(5) == 0).ToList();
        var aggregates = Aggregates.Where(_ => random.Next(6) == 0).Append("count(*)").ToList();
        var sql = $"select {string.Join(", ", keys.Concat(aggregates))} from t";
        if (random.Next(4) > 0) sql += $" where {Condition(random, 3)}";
        if (keys.Count > 0) sql += $" group by {string.Join(", ", keys)}";
        if (random.Next(4) == 0) sql += " having count(*) > 1 and (sum(x) > 0 or sum(x) is null or max(n) < 5)";
        return sql;
    }

    static string Condition(Random random, int depth) => depth == 0 || random.Next(3) == 0
        ? Conditions[random.Next(Conditions.Length)]
        : $"({Condition(random, depth - 1)} {(random.Next(3) == 0 ? "or" : "and")} {(random.Next(5) == 0 ? "not " : "")}({Condition(random, depth - 1)}))";

    static string Rows(Random random)
    {
        string[] kinds = ["a", "ab", "ü", "日本", "b", "\"q,\"\"\"", ""];
        var text = new StringBuilder("ts,kind,id,born,ok,x,money,n\n");
        for (var row = 0; row < 3000; row++)
        {
            // Around the change of clocks on 2024-03-31.
            var ts = new DateTimeOffset(2024, 3, 31, 1, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds() + random.Next(-40, 40) * 1800L * (random.Next(4) == 0 ? 90 : 1);
            string?[] cells =
            [
                ts.ToString(CultureInfo.InvariantCulture), kinds[random.Next(kinds.Length)], random.Next(-3, 9).ToString(CultureInfo.InvariantCulture),
                new DateOnly(2024, random.Next(1, 6), random.Next(1, 28)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), random.Next(2) == 0 ? "true" : "false",
                (random.NextDouble() * random.Next(-100, 1000)).ToString("R", CultureInfo.InvariantCulture), $"{random.Next(-9999, 9999)}.{random.Next(1000):000}",
                random.Next(3) == 0 ? $"{long.MaxValue - random.Next(5)}" : $"{random.Next(-5, 5)}",
            ];
            text.AppendJoin(',', cells.Select(c => random.Next(12) == 0 ? "" : c)).Append('\n');
        }
        return text.ToString();
    }
}
