using Quern.Jinja.Values;

namespace Quern.Tests.Models;

public sealed class SnapshotTests : IDisposable
{
    readonly TestProject _project = new();

    public void Dispose() => _project.Dispose();

    [Theory]
    [InlineData("ignore", 1)]
    [InlineData("ignore", 2)]
    [InlineData("invalidate", 3)]
    [InlineData("invalidate", 4)]
    [InlineData("new_record", 5)]
    [InlineData("new_record", 6)]
    [InlineData("new_record", 7)]
    public void A_history_is_what_replaying_every_state_gives(string hardDeletes, int seed)
    {
        var random = new Random(seed);
        var history = new List<Version>();
        var state = new Dictionary<(int, int), int?>();
        for (var run = 0; run < 12; run++)
        {
            for (var change = random.Next(4); change >= 0; change--)
            {
                var key = (random.Next(4), random.Next(2));
                if (random.Next(3) == 0) state.Remove(key);
                else state[key] = random.Next(3) == 0 ? null : random.Next(3);
            }
            if (state.Count == 0) continue;
            _project.Time.Pass(TimeSpan.FromHours(1));
            Replay(history, state, hardDeletes, _project.Time.GetUtcNow());
            Take(
                $"select * from (values {string.Join(", ", state.Select(s => $"({s.Key.Item1}, {s.Key.Item2}, {s.Value?.ToString() ?? "null::int"})"))}) t(a, b, v)",
                ("unique_key", new List<object?> { "a", "b" }), ("strategy", "check"), ("check_cols", new List<object?> { "v" }), ("hard_deletes", hardDeletes));
        }
        var deleted = hardDeletes == "new_record" ? ", dbt_is_deleted" : "";
        var got = _project.Rows($"select a, b, v, hour(dbt_valid_from), hour(dbt_valid_to){deleted} from h");
        Assert.Equal(history.Select(v => v.ToString(deleted.Length > 0)).Order(StringComparer.Ordinal), got.Order(StringComparer.Ordinal));
        Assert.Equal(["true"], _project.Rows("select (count(*) = count(distinct dbt_scd_id))::varchar from h"));
    }

    [Fact]
    public void The_timestamp_strategy_follows_the_column()
    {
        Take("select 1 as k, 'a' as v, timestamp '2024-01-01' as changed_on", Timestamp);
        Take("select 1 as k, 'ignored' as v, timestamp '2024-01-01' as changed_on", Timestamp);
        Take("select 1 as k, 'b' as v, timestamp '2024-02-01' as changed_on union all select 2, 'c', timestamp '2024-01-05'", Timestamp);
        Assert.Equal(
            ["1|a|2024-01-01|2024-02-01", "1|b|2024-02-01|-", "2|c|2024-01-05|-"],
            _project.Rows("select k, v, dbt_valid_from::date::varchar, dbt_valid_to::date::varchar from h order by k, dbt_valid_from"));
        Assert.Equal(["true"], _project.Rows("select bool_and(dbt_updated_at = dbt_valid_from)::varchar from h"));
    }

    [Fact]
    public void Columns_have_the_types_of_dbt()
    {
        Take("select 1 as k", ("unique_key", "k"), ("strategy", "check"), ("check_cols", "all"));
        Assert.Equal(
            ["main.h base table k INTEGER, dbt_scd_id VARCHAR, dbt_updated_at TIMESTAMP, dbt_valid_from TIMESTAMP, dbt_valid_to TIMESTAMP"], _project.Relations());
    }

    [Fact]
    public void Meta_columns_have_the_names_and_the_end_that_are_asked_for()
    {
        (string, object?)[] config =
        [
            ("unique_key", "k"), ("strategy", "check"), ("check_cols", "all"), ("dbt_valid_to_current", "timestamp '9999-12-31'"),
            ("snapshot_meta_column_names", new Dict { ["dbt_valid_from"] = "begins", ["dbt_valid_to"] = "ends", ["dbt_scd_id"] = "id" }),
        ];
        Take("select 1 as k, 1 as v", config);
        Take("select 1 as k, 2 as v", config);
        Take("select 1 as k, 2 as v", config);
        Assert.Equal(["1|1|9|2024", "1|2|10|9999"], _project.Rows("select k, v, hour(begins), year(ends) from h order by begins"));
    }

    [Fact]
    public void A_new_column_joins_the_history_and_a_vanished_one_stays()
    {
        (string, object?)[] config = [("unique_key", "k"), ("strategy", "check"), ("check_cols", "all")];
        Take("select 1 as k, 'a' as v", config);
        Take("select 1 as k, 'a' as v, 5 as n", config);
        Take("select 1 as k, 6 as n", config);
        Assert.Equal(["1|a|-", "1|a|5", "1|-|6"], _project.Rows("select k, v, n from h order by dbt_valid_from"));
    }

    [Fact]
    public void What_is_no_history_is_not_continued()
    {
        _project.Execute("create table h as select 1 as k");
        _project.Snapshot("h", "select 1 as k", ("unique_key", "k"), ("strategy", "check"), ("check_cols", "all"));
        Assert.Equal("QN7251", Assert.Single(_project.Run().Results).Fault!.Code);
        _project.Clear();
        _project.Snapshot("h", "select 1 as k", ("unique_key", "k"), ("strategy", "chekc"));
        Assert.Equal(("QN7250", "chekc"), (_project.Run().Results[0].Fault!.Code, _project.Run().Results[0].Fault!.Value));
    }

    static (string, object?)[] Timestamp => [("unique_key", "k"), ("strategy", "timestamp"), ("updated_at", "changed_on")];

    void Take(string sql, params (string, object?)[] config)
    {
        _project.Clear();
        _project.Snapshot("h", sql, config);
        if (_project.Time.GetUtcNow().Hour < 9) _project.Time.Pass(TimeSpan.FromHours(1));
        else if (config.Any(c => c is ("check_cols", "all"))) _project.Time.Pass(TimeSpan.FromHours(1));
        MaterializationTests.Ok(_project.Run());
    }

    static void Replay(List<Version> history, Dictionary<(int A, int B), int?> state, string hardDeletes, DateTimeOffset now)
    {
        foreach (var (key, value) in state)
        {
            var open = history.Find(v => v.Key == key && v.To is null);
            if (open is { IsDeleted: false } && open.Value == value) continue;
            if (open is not null) open.To = now;
            history.Add(new Version { Key = key, Value = value, From = now });
        }
        if (hardDeletes == "ignore") return;
        foreach (var open in history.Where(v => v.To is null && !v.IsDeleted && !state.ContainsKey(v.Key)).ToList())
        {
            open.To = now;
            if (hardDeletes == "new_record") history.Add(new Version { Key = open.Key, Value = open.Value, From = now, IsDeleted = true });
        }
    }

    sealed class Version
    {
        public (int A, int B) Key { get; init; }

        public int? Value { get; init; }

        public DateTimeOffset From { get; init; }

        public DateTimeOffset? To { get; set; }

        public bool IsDeleted { get; init; }

        public string ToString(bool deleted) =>
            $"{Key.A}|{Key.B}|{Value?.ToString() ?? "-"}|{From.Hour}|{To?.Hour.ToString() ?? "-"}{(deleted ? $"|{IsDeleted}" : "")}";
    }
}
