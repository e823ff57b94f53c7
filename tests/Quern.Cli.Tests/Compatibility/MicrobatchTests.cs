using Quern.Cli.Tests.Shop;

namespace Quern.Cli.Tests.Compatibility;

/// <summary>Models that are built by event time.</summary>
public sealed class MicrobatchTests : IDisposable
{
    readonly ProjectDesk _desk = ProjectDesk.Small()
        .Put("models/raw_events.sql",
            "{{ config(materialized='table', event_time='ts') }}\nselect 10 * i + {{ var('plus', 0) }} as v, timestamp '2026-01-01 06:00:00' + interval (i) day as ts from range(5) t(i)")
        .Put("models/events.sql",
            """
            {{ config(materialized='incremental', incremental_strategy='microbatch', event_time='ts', begin='2026-01-01', batch_size='day', lookback=1) }}
            select v, ts, {{ is_incremental() }} as grows, '{{ model.batch.id }}' as part from {{ ref('raw_events') }}
            """);

    public void Dispose() => _desk.Dispose();

    const string Until = "--event-time-start 2026-01-01 --event-time-end 2026-01-06";

    [Fact]
    public void A_microbatch_model_is_built_batch_by_batch_from_its_begin()
    {
        Ok(_desk.Quern($"run -s raw_events events {Until}"), "[SUCCESS in N");
        Assert.Equal(
            ["0 2026-01-01 06:00:00 false 20260101", "10 2026-01-02 06:00:00 true 20260102", "20 2026-01-03 06:00:00 true 20260103",
                "30 2026-01-04 06:00:00 true 20260104", "40 2026-01-05 06:00:00 true 20260105"],
            Rows("from events order by v"));
        Assert.Contains("ts >= '2026-01-02 00:00:00+00:00' and ts < '2026-01-03 00:00:00+00:00'",
            File.ReadAllText(_desk.Here.Path("target/compiled/small/models/events/events_20260102.sql")), StringComparison.Ordinal);
        var result = _desk.RunResults().GetProperty("results").EnumerateArray().First(r => r.GetProperty("unique_id").GetString() == "model.small.events");
        Assert.Equal(5, result.GetProperty("batch_results").GetProperty("successful").GetArrayLength());
    }

    [Fact]
    public void A_later_run_replaces_the_rows_of_its_span_only()
    {
        Ok(_desk.Quern($"run -s raw_events events {Until}"), "");
        Ok(_desk.Quern("run -s raw_events events --vars '{plus: 1}' --event-time-start 2026-01-02 --event-time-end 2026-01-04"), "");
        Assert.Equal(["0", "11", "21", "30", "40"], Rows("select v from events order by v"));
        Ok(_desk.Quern($"run -s raw_events events --vars '{{plus: 2}}' --full-refresh {Until}"), "");
        Assert.Equal(["2", "12", "22", "32", "42"], Rows("select v from events order by v"));
    }

    [Fact]
    public void A_batch_that_fails_is_a_partial_success_and_the_others_stay()
    {
        _desk.Put("models/events.sql", File.ReadAllText(_desk.Here.Path("models/events.sql")).Replace(
            "select v,", "select case when v = 20 then error('twenty') else v end as v,", StringComparison.Ordinal));
        var ended = _desk.Quern($"run -s raw_events events {Until}");
        Assert.Equal((1, ""), (ended.Code, ended.Error));
        Assert.Contains("[PARTIAL SUCCESS (4/5) in N", string.Join('\n', ProjectDesk.Console(ended.Output)), StringComparison.Ordinal);
        Assert.Contains("Completed with 0 errors, 1 partial success, and 0 warnings:", ended.Output, StringComparison.Ordinal);
        Assert.Equal(["0", "10", "30", "40"], Rows("select v from events order by v"));
    }

    [Theory]
    [InlineData(", event_time='ts'", "", "event_time")]
    [InlineData("batch_size='day'", "batch_size='week'", "models/events.sql:1:")]
    [InlineData("lookback=1", "unique_key='v'", "unique_key")]
    public void A_microbatch_without_what_it_needs_says_so(string part, string instead, string told)
    {
        _desk.Put("models/events.sql", File.ReadAllText(_desk.Here.Path("models/events.sql")).Replace(part, instead, StringComparison.Ordinal));
        var ended = _desk.Quern($"run -s raw_events events {Until}");
        Assert.Equal(1, ended.Code);
        Assert.Contains("the configuration of a microbatch lacks something", ended.Output, StringComparison.Ordinal);
        Assert.Contains(told, ended.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sample_reads_its_span_of_inputs_only()
    {
        _desk.Put("models/counted.sql", "{{ config(materialized='table') }}\nselect count(*) as n from {{ ref('raw_events') }} as e");
        Ok(_desk.Quern("run -s raw_events counted --sample '{start: 2026-01-02, end: 2026-01-04}'"), "");
        Assert.Equal(["2"], Rows("from counted"));
        Ok(_desk.Quern("run -s raw_events counted --sample '3 days'"), "");
        Ok(_desk.Quern("run -s raw_events counted --empty"), "");
        Assert.Equal(["0"], Rows("from counted"));
        var ended = _desk.Quern("run --sample 'three days'");
        Assert.Equal(2, ended.Code);
        Assert.StartsWith("error QN7198: not a time, or a span of time\n", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_strategy_of_the_project_is_a_macro()
    {
        _desk.Put("macros/strategies.sql",
            """
            {% macro get_incremental_insert_new_sql(arg_dict) %}
              {% set columns = arg_dict['dest_columns'] | map(attribute='quoted') | join(', ') %}
              insert into {{ arg_dict['target_relation'] }} ({{ columns }})
              select {{ columns }} from {{ arg_dict['temp_relation'] }}
              where {{ arg_dict['unique_key'] }} not in (select {{ arg_dict['unique_key'] }} from {{ arg_dict['target_relation'] }})
            {% endmacro %}
            """).Put("models/own.sql",
            "{{ config(materialized='incremental', incremental_strategy='insert_new', unique_key='k') }}\nselect * from (values (1, '{{ var('w', 'a') }}'), ({{ var('k', 2) }}, 'b')) t(k, w)");
        Ok(_desk.Quern("run -s own"), "");
        Ok(_desk.Quern("run -s own --vars '{w: z, k: 3}'"), "");
        Assert.Equal(["1 a", "2 b", "3 b"], Rows("from own order by k"));
    }

    [Fact]
    public void A_strategy_that_nobody_has_is_an_error_with_its_place()
    {
        _desk.Put("models/own.sql", "{{\n  config(materialized='incremental',\n    incremental_strategy='insert_overwrite')\n}}\nselect 1 as k");
        var ended = _desk.Quern("run -s own");
        Assert.Equal(1, ended.Code);
        Assert.Contains("there is no incremental strategy of this name", ended.Output, StringComparison.Ordinal);
        Assert.Contains("models/own.sql:3:5", ended.Output, StringComparison.Ordinal);
        Assert.Contains("insert_overwrite", ended.Output, StringComparison.Ordinal);
    }

    static void Ok(Ended ended, string part)
    {
        Assert.True(ended.Code == 0 && ended.Error.Length == 0, ended.Output + ended.Error);
        Assert.Contains(part, string.Join('\n', ProjectDesk.Console(ended.Output)), StringComparison.Ordinal);
    }

    List<string> Rows(string query)
    {
        using var database = _desk.Open("small.duckdb");
        return [.. database.Rows(query).Select(r => string.Join(' ', r))];
    }
}
