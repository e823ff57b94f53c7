using Quern.Jinja.Values;
using Quern.Projects;
using Quern.Projects.Context;

namespace Quern.Tests.Projects.Context;

/// <summary>Values of YAML files.</summary>
public class RenderValueTests
{
    [Theory]
    [InlineData("plain {text}", "'plain {text}'")]
    [InlineData("{{ var('flag', false) }}", "False")]
    [InlineData("{{ var('n') }}", "3")]
    [InlineData("{{ var('n') + 1 }}", "4")]
    [InlineData("{{ var('list') }}", "[1, 2]")]
    [InlineData("n is {{ var('n') }}", "'n is 3'")]
    [InlineData("{{ env_var('SIZE') }}", "'12'")]
    [InlineData("{{ env_var('SIZE') | as_number }}", "12")]
    [InlineData("{{ env_var('SIZE') | int }}", "12")]
    [InlineData("{{ 'true' | as_bool }}", "True")]
    [InlineData("{{ '[1, \"a\"]' | as_native }}", "[1, 'a']")]
    [InlineData("{{ 12 | as_text }}", "'12'")]
    [InlineData("{{ target.name == 'dev' }}", "True")]
    [InlineData("{{ none }}", "None")]
    public void An_expression_alone_keeps_its_type(string text, string expected)
    {
        using var sample = Make();
        Assert.Equal(expected, PythonText.Represent(sample.Templates.RenderValue(text, "dbt_project.yml: models")));
    }

    [Fact]
    public void Lists_and_dicts_are_rendered_all_through()
    {
        using var sample = Make();
        var value = new Dict { ["a"] = new List<object?> { "{{ var('n') }}", 5L, new Dict { ["b"] = "x{{ var('n') }}" } }, ["c"] = true };
        Assert.Equal("{'a': [3, 5, {'b': 'x3'}], 'c': True}", PythonText.Of(sample.Templates.RenderValue(value, "models/a.yml")));
    }

    [Theory]
    [InlineData("{{ nothing }}", "QN7005")]
    [InlineData("{{ var('missing') }}", "QN7113")]
    [InlineData("{{ 'maybe' | as_bool }}", "QN7134")]
    [InlineData("{{ env_var('DBT_ENV_SECRET_A') }}", "QN7124")]
    public void What_cannot_be_rendered_names_its_place(string text, string code)
    {
        using var sample = Make();
        var fault = Assert.Throws<QuernException>(() => sample.Templates.RenderValue(new Dict { ["key"] = text }, "models/a.yml")).Fault;
        Assert.Equal((code, "models/a.yml.key", ExitCode.Usage), (fault.Code, fault.Where, fault.ExitCode));
    }

    [Fact]
    public void Profiles_may_read_secrets_and_have_only_the_callers_variables()
    {
        var invocation = new Invocation
        {
            ProjectFolder = "/shop",
            WorkingDirectory = "/shop",
            Which = "build",
            Environment = name => name == "DBT_ENV_SECRET_A" ? "hush" : null,
            StartedAt = DateTimeOffset.UnixEpoch,
        };
        var values = new ValueTemplates(invocation, new Dict { ["n"] = 3L }, null, maySeeSecrets: true);
        Assert.Equal("hush", values.Render("{{ env_var('DBT_ENV_SECRET_A') }}", "profiles.yml"));
        Assert.Equal(3L, values.Render("{{ var('n') }}", "profiles.yml"));
        Assert.Throws<QuernException>(() => values.Render("{{ target.name }}", "profiles.yml"));
    }

    static Sample Make()
    {
        var sample = new Sample(vars: new Dict { ["n"] = 3L, ["list"] = new List<object?> { 1L, 2L } });
        sample.Variables["SIZE"] = "12";
        return sample;
    }
}
