using Quern.Cli.Tests.Shop;

namespace Quern.Cli.Tests.Projects;

/// <summary>What files of a project say in place of options: <c>flags</c> of dbt_project.yml, quern.yml; and the options a retry takes.</summary>
public sealed class ProjectFlagTests : IDisposable
{
    const string Settings = "name: small\nprofile: small\n";

    readonly ProjectDesk _desk = ProjectDesk.Small();

    public void Dispose() => _desk.Dispose();

    [Fact]
    public void Flags_of_the_project_count_below_the_environment_and_the_command_line()
    {
        _desk.Put("models/kept.sql", "select nothing_like_it").Put("models/other.sql", "select 1 as one, 2 as one_more, '{{ flags.FAIL_FAST }}' as f");
        _desk.Put("dbt_project.yml", Settings + "flags:\n  fail_fast: true\n  use_colors: true\n  log_path: elsewhere\n");
        var ended = _desk.Quern("run -s kept other");
        Assert.Contains("\u001b[", ended.Output, StringComparison.Ordinal);
        Assert.Equal("skipped", Status("model.small.other"));
        Assert.True(File.Exists(_desk.Here.Path("elsewhere/dbt.log")));
        Assert.Equal(1, _desk.Quern("run -s kept other", "DBT_FAIL_FAST=0").Code);
        Assert.Equal("success", Status("model.small.other"));
        Assert.DoesNotContain('\u001b', _desk.Quern("run -s kept other --no-fail-fast --no-use-colors").Output);
        Assert.Equal("success", Status("model.small.other"));
    }

    [Fact]
    public void A_flag_that_is_neither_true_nor_false_is_named()
    {
        _desk.Put("dbt_project.yml", Settings + "flags:\n  warn_error: perhaps\n");
        var ended = _desk.Quern("parse");
        Assert.Equal((2, ""), (ended.Code, ended.Output));
        Assert.Contains("dbt_project.yml, flags, warn_error", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Is_quiet_when_the_environment_says_so() => _desk.Quern("build", "DBT_QUIET=1").Is(ExitCode.Done);

    [Fact]
    public void Memory_threads_and_measures_come_from_quern_yml_and_the_command_line_wins()
    {
        _desk.Put("quern.yml", "version: 1\nmemory: 600MB\nthreads: 1\ntemp: spill\nprofile: {nodes: true}\n");
        _desk.Put("models/total.sql", "select current_setting('threads')::int as threads, current_setting('temp_directory') as temp");
        var report = _desk.Quern("build --json").Json;
        Assert.Equal(600_000_000, report.GetProperty("memory_limit_bytes").GetInt64());
        Assert.Equal(700_000_000, _desk.Quern("build --json --memory 700MB").Json.GetProperty("memory_limit_bytes").GetInt64());
        var row = _desk.Quern("show -s total --json").Json.GetProperty("show")[0];
        Assert.Equal(1, row.GetProperty("threads").GetInt32());
        Assert.StartsWith(_desk.Here.Path("spill/"), row.GetProperty("temp").GetString(), StringComparison.Ordinal);
        _desk.Put("quern.yml", "version: 1\nmemroy: 600MB\n");
        Assert.StartsWith("error QN7195", _desk.Quern("build").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Results_hold_the_arguments_under_their_names_and_a_retry_takes_them()
    {
        _desk.Put("models/kept.sql", "select nothing_like_it as n from {{ ref('numbers') }}");
        _desk.Put("models/total.sql", "select n, '{{ var(\"day\") }}' as day, {{ invocation_args_dict.full_refresh }} as full from {{ ref('kept') }}");
        _desk.Put("models/other.sql", "select 1 as one");
        Assert.Equal(1, _desk.Quern("build --vars '{day: friday}' --full-refresh --printer-width 100").Code);
        var args = _desk.RunResults().GetProperty("args");
        Assert.Equal(("build", "friday", true, 100, "eager", false), (
            args.GetProperty("which").GetString(), args.GetProperty("vars").GetProperty("day").GetString(), args.GetProperty("full_refresh").GetBoolean(),
            args.GetProperty("printer_width").GetInt32(), args.GetProperty("indirect_selection").GetString(), args.GetProperty("quiet").GetBoolean()));
        Assert.Equal(
            "quern build --vars {day: friday} --full-refresh --printer-width 100", args.GetProperty("invocation_command").GetString());

        _desk.Put("models/kept.sql", "select n from {{ ref('numbers') }}");
        var ended = _desk.Quern("retry");
        Assert.True(ended.Code == 0, ended.Output + ended.Error);
        Assert.Equal(["model.small.kept", "model.small.total"], Ids());
        using var database = _desk.Open("small.duckdb");
        Assert.Equal("friday|true", string.Join('|', database.Rows("select distinct day, \"full\" from total")[0]));
    }

    string? Status(string id) => _desk.RunResults().GetProperty("results").EnumerateArray()
        .First(r => r.GetProperty("unique_id").GetString() == id).GetProperty("status").GetString();

    IEnumerable<string?> Ids() => _desk.RunResults().GetProperty("results").EnumerateArray().Select(r => r.GetProperty("unique_id").GetString());
}
