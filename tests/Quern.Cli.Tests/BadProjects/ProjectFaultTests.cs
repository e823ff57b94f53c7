using Quern.Cli.Tests.Shop;

namespace Quern.Cli.Tests.BadProjects;

/// <summary>Projects that cannot be read or run, from the command line: what is said, the exit code, and what is left.</summary>
public sealed class ProjectFaultTests : IDisposable
{
    readonly ProjectDesk _desk = ProjectDesk.Small();

    public void Dispose() => _desk.Dispose();

    [Fact]
    public void No_project_in_the_folder()
    {
        File.Delete(_desk.Here.Path("dbt_project.yml"));
        Stops("");
    }

    [Fact]
    public void Models_that_read_each_other_in_a_circle()
    {
        _desk.Put("models/a.sql", "select * from {{ ref('b') }}").Put("models/b.sql", "select * from {{ ref('a') }}");
        Stops("");
    }

    [Fact]
    public void A_model_that_is_not_there()
    {
        _desk.Put("models/a.sql", "select 1\nfrom {{ ref('kepd') }}");
        Stops("");
    }

    [Fact]
    public void A_source_that_is_not_there()
    {
        _desk.Put("models/a.sql", "select * from {{ source('files', 'rates') }}");
        Stops("");
    }

    [Fact]
    public void Two_models_of_the_same_name()
    {
        _desk.Put("models/more/kept.sql", "select 1");
        Stops("");
    }

    [Fact]
    public void A_properties_file_that_is_no_YAML()
    {
        _desk.Put("models/schema.yml", "version: 2\nmodels:\n  - name: kept\n   description: wrong\n");
        Stops("");
    }

    [Fact]
    public void A_project_file_that_is_no_YAML()
    {
        _desk.Put("dbt_project.yml", "name: small\nprofile: [small\n");
        Stops("");
    }

    [Fact]
    public void Variables_that_are_no_YAML() => _desk.Quern("build --quiet --vars '{day: [1'").Is(ExitCode.Usage, error: "");

    [Fact]
    public void A_variable_that_is_not_given()
    {
        _desk.Put("models/a.sql", "select {{ var('day') }} as day");
        Stops("");
    }

    [Fact]
    public void An_environment_variable_that_is_not_set()
    {
        _desk.Put("models/a.sql", "select '{{ env_var('SMALL_DAY') }}' as day");
        Stops("");
    }

    [Fact]
    public void No_profiles_file()
    {
        File.Delete(_desk.Here.Path("profiles.yml"));
        Stops("");
    }

    [Fact]
    public void A_profile_that_is_not_there() => _desk.Quern("build --quiet --profile smal").Is(ExitCode.Usage, error: Here(""));

    [Fact]
    public void A_target_that_is_not_there() => _desk.Quern("build --quiet --target dve").Is(ExitCode.Usage, error: Here(""));

    [Fact]
    public void An_extension_that_is_not_built_in()
    {
        _desk.Put("profiles.yml", "small:\n  target: dev\n  outputs:\n    dev:\n      type: duckdb\n      path: small.duckdb\n      extensions: [parquet, httpfs]\n");
        Stops("");
    }

    [Fact]
    public void A_database_that_another_process_has_open()
    {
        Assert.Equal(0, _desk.Quern("build").Code);
        using (var other = new Writer(_desk.Here.Path("small.duckdb")))
        {
            _desk.Quern("build --quiet").Is(ExitCode.Unreachable, error: Here(""));
        }
        Assert.Equal(0, _desk.Quern("build").Code);
    }

    [Fact]
    public void A_hook_that_fails_takes_its_model_back()
    {
        Assert.Equal(0, _desk.Quern("build").Code);
        _desk.Put("models/total.sql", "{{ config(materialized='table', post_hook='insert into missing values (1)') }}\nselect 7 as total");
        var ended = _desk.Quern("build");
        Assert.Equal((1, ""), (ended.Code, ended.Error));
        Assert.Equal("", Ending(ended));
        using var database = _desk.Open("small.duckdb");
        Assert.Equal("6", database.Rows("select total from total")[0][0]);
    }

    [Fact]
    public void SQL_that_the_engine_refuses()
    {
        Assert.Equal(0, _desk.Quern("build").Code);
        _desk.Put("models/kept.sql", "select m from {{ ref('numbers') }}");
        var ended = _desk.Quern("build");
        Assert.Equal((1, ""), (ended.Code, ended.Error));
        Assert.Equal("", Ending(ended));
        using var database = _desk.Open("small.duckdb");
        Assert.Equal("6", database.Rows("select total from total")[0][0]);
    }

    void Stops(string error)
    {
        _desk.Quern("build --quiet").Is(ExitCode.Usage, error: Here(error));
        Assert.False(File.Exists(_desk.Here.Path("small.duckdb")));
    }

    // The folder of the test stands for itself.
    string Here(string text) => text.Replace("HERE", _desk.Here.Folder, StringComparison.Ordinal);

    static string Ending(Ended ended) =>
        string.Join('\n', ProjectDesk.Console(ended.Output).SkipWhile(l => !l.StartsWith("Completed", StringComparison.Ordinal))) + "\n";
}
