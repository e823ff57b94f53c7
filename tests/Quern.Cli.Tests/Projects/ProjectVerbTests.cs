using System.Text.Json;
using Quern.Cli.Tests.Shop;

namespace Quern.Cli.Tests.Projects;

/// <summary>The verbs on a small project, from the command line.</summary>
public sealed class ProjectVerbTests : IDisposable
{
    readonly ProjectDesk _desk = ProjectDesk.Small();

    public void Dispose() => _desk.Dispose();

    [Fact]
    public void Builds_and_says_so_on_standard_output_and_in_the_log_file()
    {
        var ended = _desk.Quern("build");
        Assert.Equal((0, ""), (ended.Code, ended.Error));
        Assert.Equal("Done. PASS=3 WARN=0 ERROR=0 SKIP=0 NO-OP=0 TOTAL=3", ProjectDesk.Console(ended.Output)[^1]);
        var log = File.ReadAllLines(_desk.Here.Path("logs/dbt.log"));
        Assert.Contains(log, l => l.EndsWith("[info ] [MainThread]: Done. PASS=3 WARN=0 ERROR=0 SKIP=0 NO-OP=0 TOTAL=3", StringComparison.Ordinal));
        Assert.DoesNotContain('\x1b', ended.Output);
        Assert.True(File.Exists(_desk.Here.Path("target/manifest.json")));
    }

    [Fact]
    public void Says_nothing_when_quiet_and_all_is_well() => _desk.Quern("build -q").Is(ExitCode.Done);

    [Fact]
    public void Takes_options_before_the_verb_and_options_of_dbt_that_change_nothing() =>
        _desk.Quern("--quiet --no-partial-parse --log-level info --profiles-dir . build --no-version-check -s numbers+ --printer-width 100").Is(ExitCode.Done);

    [Fact]
    public void Takes_the_environment_variables_of_dbt()
    {
        _desk.Put("elsewhere/.keep", "");
        _desk.Here.Bash("cd elsewhere && DBT_PROFILES_DIR=.. DBT_PROJECT_DIR=.. DBT_TARGET_PATH=made \"$quern\" seed -q").Is(ExitCode.Done);
        Assert.True(File.Exists(_desk.Here.Path("elsewhere/made/run_results.json")));
        Assert.True(File.Exists(_desk.Here.Path("elsewhere/small.duckdb")));
    }

    [Fact]
    public void Finds_the_project_in_a_folder_above()
    {
        _desk.Put("models/deep/down.sql", "select 1 as one");
        _desk.Here.Bash("cd models/deep && DBT_PROFILES_DIR=../.. \"$quern\" ls -s down").Is(ExitCode.Done, "small.deep.down\n");
    }

    [Fact]
    public void Explains_what_it_would_run_and_writes_nothing()
    {
        var before = Files();
        var ended = _desk.Quern("build --explain --memory 1GB");
        Assert.Equal((0, ""), (ended.Code, ended.Error));
        foreach (var part in new[]
        {
            "  target dev: small.duckdb, schema main, 1 node at a time\n",
            "limit of the process\n",
            "   1. seed file main.numbers\n      makes table \"small\".\"main\".\"numbers\"\n      from seeds/numbers.csv\n",
            "   2. sql view model main.kept\n      makes view \"small\".\"main\".\"kept\"\n      reads seed.small.numbers\n      from models/kept.sql\n",
            "   3. sql table model main.total\n",
        })
        {
            Assert.Contains(part, ended.Output, StringComparison.Ordinal);
        }
        Assert.Equal(before, Files());
        var plan = _desk.Quern("build --explain --json").Json;
        Assert.Equal(
            ["seed.small.numbers", "model.small.kept", "model.small.total"],
            plan.GetProperty("steps").EnumerateArray().Select(s => s.GetProperty("id").GetString()));
        Assert.Equal(before, Files());
    }

    [Fact]
    public void Reads_a_CSV_source_with_the_reader_that_names_lines_and_explains_so()
    {
        _desk.Put("data/rates.csv", "currency,rate\nEUR,1.00\nUSD,0.93\n");
        _desk.Put("models/sources.yml",
            """
            sources:
              - name: files
                config: {external_location: "data/{name}.csv"}
                tables: [{name: rates, columns: [{name: rate, data_type: "decimal(9,4)"}]}]
            """);
        _desk.Put("models/rated.sql", "{{ config(materialized='table') }} select rates.currency, rates.rate from {{ source('files', 'rates') }}");
        var plan = _desk.Quern("build --explain --memory 1GB -s rated").Output;
        Assert.Contains("  reading CSV sources, beside the engine\n", plan, StringComparison.Ordinal);
        Assert.Contains(
            "sources of CSV\n  data/rates.csv is files.rates; types are found out when it is first read, but for 1 column with a data_type\n",
            plan, StringComparison.Ordinal);
        Assert.True(_desk.Quern("build --explain --json").Json.GetProperty("memory").GetProperty("csv_bytes").GetInt64() > 10_000_000);
        _desk.Quern("build -q -s rated").Is(ExitCode.Done);
        Assert.Contains("| USD      | 0.9300 |", _desk.Quern("show -q -s rated").Output, StringComparison.Ordinal);
        Assert.Contains("from 'data/rates.csv'", File.ReadAllText(_desk.Here.Path("target/compiled/small/models/rated.sql")), StringComparison.Ordinal);
        _desk.Put("data/rates.csv", "currency,rate\nEUR,1.00\nUSD,a lot\n");
        var ended = _desk.Quern("build -q -s rated");
        Assert.Equal(1, ended.Code);
        Assert.Contains(
            "where   data/rates.csv line 3 (byte 23), column 2 \"rate\", of source files.rates (models/sources.yml:4)\n", ended.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Gives_the_report_and_nothing_else_when_asked_for_JSON()
    {
        var ended = _desk.Quern("build --json --report run.json --memory 400MB");
        Assert.Equal((0, ""), (ended.Code, ended.Error));
        Assert.Equal(File.ReadAllText(_desk.Here.Path("run.json")), ended.Output);
        var report = ended.Json;
        Assert.Equal(
            ["seed.small.numbers", "model.small.kept", "model.small.total"],
            report.GetProperty("steps").EnumerateArray().Select(s => s.GetProperty("name").GetString()));
        Assert.Equal(400_000_000, report.GetProperty("memory_limit_bytes").GetInt64());
        Assert.Equal(3, report.GetProperty("outputs").GetArrayLength());
    }

    [Fact]
    public void Reports_nodes_that_failed_without_a_word_on_standard_error()
    {
        _desk.Put("models/kept.sql", "select m from {{ ref('numbers') }}");
        var ended = _desk.Quern("build --json");
        Assert.Equal((1, ""), (ended.Code, ended.Error));
        var error = ended.Json.GetProperty("error");
        Assert.Equal(("QN7301", "1 of 3"), (error.GetProperty("code").GetString(), error.GetProperty("value").GetString()));
    }

    [Fact]
    public void Writes_its_lines_as_JSON_objects()
    {
        var ended = _desk.Quern("run --log-format json");
        Assert.Equal((1, ""), (ended.Code, ended.Error));
        var lines = ended.Output.TrimEnd('\n').Split('\n').Select(l => JsonDocument.Parse(l).RootElement.GetProperty("info")).ToList();
        Assert.Equal("MainReportVersion", lines[0].GetProperty("name").GetString());
        Assert.Equal("StatsLine", lines[^1].GetProperty("name").GetString());
        Assert.Contains(lines, l => l.GetProperty("level").GetString() == "error" && l.GetProperty("name").GetString() == "LogModelResult");
    }

    [Fact]
    public void Runs_what_failed_again()
    {
        _desk.Put("models/kept.sql", "select {{ var('column') }} from {{ ref('numbers') }}");
        Assert.Equal(1, _desk.Quern("build --vars '{column: m}'").Code);
        var ended = _desk.Quern("retry --vars '{column: n}'");
        Assert.Equal((0, ""), (ended.Code, ended.Error));
        Assert.Equal("Done. PASS=2 WARN=0 ERROR=0 SKIP=0 NO-OP=0 TOTAL=2", ProjectDesk.Console(ended.Output)[^1]);
        Assert.Equal("Nothing to do. Try checking your model configs and model specification args", ProjectDesk.Console(_desk.Quern("retry").Output)[^1]);
    }

    [Fact]
    public void Shows_the_first_rows_of_a_model_and_of_a_text()
    {
        Assert.Equal(0, _desk.Quern("build").Code);
        _desk.Quern("show -q -s total").Is(ExitCode.Done, "Previewing node 'total':\n| total |\n| ----- |\n|     6 |\n");
        _desk.Quern("show -q --limit 2 --inline 'select n, n = 1 as first from {{ ref(\"kept\") }} order by n' --output json").Is(
            ExitCode.Done,
            """
            {
              "show": [
                {
                  "n": 1,
                  "first": true
                },
                {
                  "n": 2,
                  "first": false
                }
              ]
            }

            """);
        Assert.Equal("total", _desk.Quern("show --json -s total").Json.GetProperty("node").GetString());
    }

    [Fact]
    public void Prints_compiled_SQL()
    {
        _desk.Quern("compile -q -s kept").Is(ExitCode.Done, "Compiled node 'kept' is:\nselect n from \"small\".\"main\".\"numbers\"\n");
        _desk.Quern("compile -q --inline 'from {{ ref(\"kept\") }}'").Is(ExitCode.Done, "Compiled inline node is:\nfrom \"small\".\"main\".\"kept\"\n");
        Assert.Equal("select n from \"small\".\"main\".\"numbers\"", File.ReadAllText(_desk.Here.Path("target/compiled/small/models/kept.sql")));
    }

    [Fact]
    public void Calls_a_macro_and_makes_what_it_did_last()
    {
        Assert.Equal(0, _desk.Quern("build").Code);
        _desk.Put("macros/grow.sql", "{% macro grow(by) %}{% do run_query('insert into numbers values (' ~ by ~ ')') %}{% endmacro %}");
        _desk.Quern("run-operation -q grow --args '{by: 40}'").Is(ExitCode.Done);
        Assert.Equal("macro.small.grow", _desk.RunResults().GetProperty("results")[0].GetProperty("unique_id").GetString());
        using var database = _desk.Open("small.duckdb");
        Assert.Equal("46", database.Rows("select sum(n) from kept")[0][0]);
    }

    [Fact]
    public void Removes_what_runs_left_and_never_sources()
    {
        Assert.Equal(0, _desk.Quern("build").Code);
        _desk.Quern("clean -q").Is(ExitCode.Done);
        Assert.False(Directory.Exists(_desk.Here.Path("target")));
        foreach (var folder in new[] { "models", ".", "../elsewhere" })
        {
            _desk.Put("dbt_project.yml", $"name: small\nprofile: small\nclean-targets: ['{folder}']\n");
            var ended = _desk.Quern("clean -q");
            Assert.Equal((2, ""), (ended.Code, ended.Output));
            Assert.StartsWith("error QN7304: this folder is not removed\n", ended.Error, StringComparison.Ordinal);
        }
        Assert.True(File.Exists(_desk.Here.Path("models/kept.sql")));
    }

    [Fact]
    public void Checks_the_connection()
    {
        Assert.Equal("All checks passed!", ProjectDesk.Console(_desk.Quern("debug").Output)[^1]);
        var ended = _desk.Quern("debug --target prod");
        Assert.Equal(1, ended.Code);
        Assert.StartsWith("error QN7172: the target is not there\n", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Turns_warnings_into_errors_when_asked()
    {
        _desk.Put("dbt_project.yml", "name: small\nprofile: small\nmodels:\n  smal:\n    +materialized: table\n");
        Assert.Equal(0, _desk.Quern("parse").Code);
        var ended = _desk.Quern("--warn-error parse");
        Assert.Equal(2, ended.Code);
        Assert.StartsWith("error QN7192", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Keeps_to_a_small_memory_limit_or_says_what_it_needs()
    {
        Assert.Equal(0, _desk.Quern("build --memory 200MB").Code);
        var ended = _desk.Quern("build -q --memory 100MB");
        Assert.Equal((4, ""), (ended.Code, ended.Output));
        Assert.StartsWith("error QN9002: the memory limit is too small for this job\n", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Runs_on_when_nobody_reads_its_lines()
    {
        _desk.Here.Bash("{ DBT_PROFILES_DIR=. \"$quern\" build; echo $? >code; } | true; cat code").Is(ExitCode.Done, "0\n");
        using var database = _desk.Open("small.duckdb");
        Assert.Equal("6", database.Rows("from total")[0][0]);
    }

    string[] Files() => [.. Directory.EnumerateFileSystemEntries(_desk.Here.Folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
}
