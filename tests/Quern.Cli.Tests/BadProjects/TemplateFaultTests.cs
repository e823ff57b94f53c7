using Quern.Cli.Tests.Shop;

namespace Quern.Cli.Tests.BadProjects;

/// <summary>Templates that are wrong, from the command line: what is said, the exit code, and that the database is as it was.</summary>
public sealed class TemplateFaultTests : IDisposable
{
    readonly ProjectDesk _desk = ProjectDesk.Small();

    public TemplateFaultTests() => Assert.Equal(0, _desk.Quern("build").Code);

    public void Dispose() => _desk.Dispose();

    [Fact]
    public void A_tag_that_is_never_closed() => Stops("{% if true %}\nselect 1", "");

    [Fact]
    public void A_bracket_that_is_never_closed() => Stops("select {{ ref('numbers' }}", "");

    [Fact]
    public void A_tag_that_is_not_known() => Stops("{% frobnicate %}\nselect 1", "");

    [Fact]
    public void A_macro_that_is_not_known() => Fails("select {{ no_such_macro(1) }} as x", "");

    [Fact]
    public void A_filter_that_is_not_known() => Fails("select {{ 'a' | uper }} as x", "");

    [Fact]
    public void A_call_with_too_many_arguments()
    {
        _desk.Put("macros/twice.sql", "{% macro twice(x) %}{{ x }} * 2{% endmacro %}");
        Stops("select {{ twice(1, 2) }} as x", "");
    }

    [Fact]
    public void A_name_that_has_no_value_when_it_runs() => Fails("select {{ this.is.missing.here }} as x", "");

    [Fact]
    public void A_macro_that_calls_itself_without_end()
    {
        _desk.Put("macros/again.sql", "{% macro again(x) %}{{ again(x + 1) }}{% endmacro %}");
        Stops("select {{ again(1) }} as x", "");
    }

    [Fact]
    public void A_range_of_a_million_millions() => Stops("select {% for i in range(10**12) %}{{ i }},{% endfor %} 1", "");

    [Fact]
    public void A_division_by_zero() => Stops("select {{ 1 / 0 }} as x", "");

    [Fact]
    public void An_error_that_the_project_raises() => Fails("{% if execute %}{{ exceptions.raise_compiler_error('no day given') }}{% endif %}select 1", "");

    // Wrong before anything runs: exit code 2.
    void Stops(string model, string error)
    {
        _desk.Put("models/bad.sql", model);
        _desk.Quern("build --quiet").Is(ExitCode.Usage, error: error);
        Unchanged();
    }

    // Wrong when the node is run: exit code 1, and the others are built.
    void Fails(string model, string output)
    {
        _desk.Put("models/bad.sql", model);
        var ended = _desk.Quern("build");
        Assert.Equal((1, ""), (ended.Code, ended.Error));
        var console = string.Join('\n', ProjectDesk.Console(ended.Output).SkipWhile(l => !l.StartsWith("Completed", StringComparison.Ordinal)));
        Assert.Equal(output, console + "\n");
        Unchanged();
    }

    void Unchanged()
    {
        using var database = _desk.Open("small.duckdb");
        Assert.Equal(["main.kept", "main.numbers", "main.total"], database.Relations().Keys.Order(StringComparer.Ordinal));
        Assert.Equal("6", database.Rows("select total from total")[0][0]);
    }
}
