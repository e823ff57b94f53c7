using Quern.Cli.Tests.Shop;

namespace Quern.Cli.Tests.Projects;

/// <summary>Secrets in every place of a profile where dbt allows them: whatever is run and however it ends, no byte outside of the database
/// shows one.</summary>
public sealed class SecretTests : IDisposable
{
    static readonly string[] Environment =
    [
        "DBT_ENV_SECRET_SCHEMA=hush_schema", "DBT_ENV_SECRET_PATH=./hush_path.duckdb", "DBT_ENV_SECRET_THREADS=0000002", "DBT_ENV_SECRET_SETTING=ascending",
        "DBT_ENV_SECRET_ROOT=hush_root", "DBT_ENV_SECRET_EXTRA=\"it's \\\"hush\\\" \\\\ über\"", "DBT_ENV_SECRET_ATTACHED=hush_attached.duckdb",
    ];

    // "hush" and what the quoting of SQL and JSON makes of the rest; "ascending" and "0000002" as they are.
    static readonly string[] Marks = ["hush", "0000002", "ascending", "über"];

    readonly ProjectDesk _desk = ProjectDesk.Small()
        .Put("profiles.yml", """
            small:
              target: dev
              outputs:
                dev:
                  type: duckdb
                  path: "{{ env_var('DBT_ENV_SECRET_PATH') }}"
                  schema: "{{ env_var('DBT_ENV_SECRET_SCHEMA') }}"
                  threads: "{{ env_var('DBT_ENV_SECRET_THREADS') | int }}"
                  external_root: "{{ env_var('DBT_ENV_SECRET_ROOT') }}"
                  attach: [{path: "{{ env_var('DBT_ENV_SECRET_ATTACHED') }}"}]
                  settings: {default_order: "{{ env_var('DBT_ENV_SECRET_SETTING') }}"}
                  extra: "{{ env_var('DBT_ENV_SECRET_EXTRA') }}"
            """)
        .Put("models/said.sql", """
            {{ log('extra is ' ~ target.extra, info=true) }}
            {{ config(materialized='table', description=target.schema) }}
            select '{{ target.extra | replace("'", "''") }}' as extra, '{{ target.schema }}' as place
            """)
        .Put("models/landed.sql", "{{ config(materialized='external') }}\nselect 1 as x")
        .Put("models/wrong.sql", "{{ config(materialized='table') }} select cast('{{ target.schema }}' as integer) as x")
        .Put("models/raised.sql", "{% if execute %}{{ exceptions.raise_compiler_error('no ' ~ target.extra) }}{% endif %} select 1 as x")
        .Put("tests/none.sql", "select * from {{ ref('said') }}");

    public void Dispose() => _desk.Dispose();

    [Theory]
    [InlineData("build", 1)]
    [InlineData("build --json --report report.json", 1)]
    [InlineData("run --log-format json -s said landed", 0)]
    [InlineData("compile -s said", 0)]
    [InlineData("show -s said", 0)]
    [InlineData("show -s said --json", 0)]
    [InlineData("build --explain", 0)]
    [InlineData("debug", 0)]
    [InlineData("run --empty --target none", 2)]
    [InlineData("run-operation none --args '{x: hush_schema}'", 2)]
    public void No_verb_shows_a_secret(string words, int code)
    {
        Directory.CreateDirectory(_desk.Here.Path("hush_root"));
        var ended = _desk.Quern(words, Environment);
        Assert.True(ended.Code == code, ended.Output + ended.Error);
        ShowsNone(ended);
    }

    [Theory]
    [InlineData("DBT_ENV_SECRET_PATH=hush_folder/hush.duckdb", "QN7178")]
    [InlineData("DBT_ENV_SECRET_THREADS=hush_threads", "QN7177")]
    [InlineData("DBT_ENV_SECRET_SETTING=hush_setting", "QN9018")]
    [InlineData("DBT_ENV_SECRET_ATTACHED=hush_none/hush.duckdb", "QN7178")]
    public void No_error_about_a_profile_shows_a_secret(string variable, string says)
    {
        var profile = File.ReadAllText(_desk.Here.Path("profiles.yml")).Replace(" | int", "", StringComparison.Ordinal);
        _desk.Put("profiles.yml", profile);
        var ended = _desk.Quern("build --debug", [.. Environment, variable, "QUERN_DEBUG=1"]);
        Assert.Contains(says, ended.Error, StringComparison.Ordinal);
        ShowsNone(ended);
    }

    [Fact]
    public void What_failed_is_found_again_though_its_name_holds_a_secret()
    {
        // "small" is the project: ids of all its nodes have it in them.
        Assert.Equal(1, _desk.Quern("build -s wrong raised", [.. Environment, "DBT_ENV_SECRET_NAME=small"]).Code);
        var again = _desk.Quern("retry", [.. Environment, "DBT_ENV_SECRET_NAME=small"]);
        Assert.Contains("ERROR=2", again.Output, StringComparison.Ordinal);
    }

    void ShowsNone(Ended ended)
    {
        Assert.All(Marks, mark => Assert.DoesNotContain(mark, ended.Output + ended.Error, StringComparison.Ordinal));
        var files = Directory.EnumerateFiles(_desk.Here.Folder, "*", SearchOption.AllDirectories)
            .Where(f => !Path.GetFileName(f).Contains(".duckdb", StringComparison.Ordinal) && !f.Contains("hush_root", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(files);
        foreach (var file in files)
        {
            var text = File.ReadAllText(file);
            Assert.All(Marks, mark => Assert.False(text.Contains(mark, StringComparison.Ordinal), $"{file} shows {mark}"));
        }
    }
}
