using Quern.Jinja.Values;
using Quern.Models.Results;
using Quern.Projects.Nodes;

namespace Quern.Tests.Models;

/// <summary>What a unit test says of variables, macros and the environment in place of the project.</summary>
public sealed class UnitTestOverrideTests : IDisposable
{
    const string Macros =
        """
        {% macro word() %}plain{% endmacro %}
        {% macro all() %}'{{ var('day', 'monday') }} {{ word() }} {{ env_var('PLACE', 'nowhere') }} {{ var('left', 'alone') }}'{% endmacro %}
        """;

    readonly TestProject _project = new(Macros);

    public void Dispose() => _project.Dispose();

    [Fact]
    public void Overrides_reach_the_model()
    {
        _project.Model("b", "select '{{ var('day', 'monday') }} {{ word() }} {{ env_var('PLACE', 'nowhere') }} {{ var('left', 'alone') }}' as t");
        Assert.Equal("pass", Tested("friday fancy home alone"));
    }

    [Fact]
    public void Overrides_reach_the_macros_that_the_model_calls()
    {
        _project.Model("b", "select {{ all() }} as t");
        Assert.Equal("pass", Tested("friday fancy home alone"));
    }

    [Theory]
    [InlineData("shop.word")]
    [InlineData("dbt.type_string")]
    public void A_macro_is_overridden_by_the_name_of_its_package(string name)
    {
        _project.Model("b", $"select '{{{{ {name}() }}}}' as t, '{{{{ {(name.StartsWith("dbt", StringComparison.Ordinal) ? "type_string" : "shop.word")}() }}}}' as u");
        var overrides = new Dict { ["macros"] = new Dict { [name] = "other" } };
        _project.UnitTest("u", "b", overrides, new Fixture(null, "dict", new List<object?> { new Dict { ["t"] = "other", ["u"] = "other" } }, null));
        Assert.Equal("pass", Assert.Single(_project.Run("u").Results).Status.Name());
    }

    [Fact]
    public void A_macro_that_is_not_there_and_is_overridden_is_warned_of()
    {
        _project.Model("b", "select 1 as t");
        var overrides = new Dict { ["macros"] = new Dict { ["shop.wrod"] = "other" } };
        _project.UnitTest("u", "b", overrides, new Fixture(null, "dict", new List<object?> { new Dict { ["t"] = 1L } }, null));
        Assert.Equal("pass", Assert.Single(_project.Run("u").Results).Status.Name());
        Assert.Equal("QN7292", Assert.Single(_project.Warnings).Code);
    }

    string Tested(string expected)
    {
        var overrides = new Dict
        {
            ["vars"] = new Dict { ["day"] = "friday" },
            ["macros"] = new Dict { ["word"] = "fancy" },
            ["env_vars"] = new Dict { ["PLACE"] = "home" },
        };
        _project.UnitTest("u", "b", overrides, new Fixture(null, "dict", new List<object?> { new Dict { ["t"] = expected } }, null));
        var result = Assert.Single(_project.Run("u").Results);
        return result.Message is null ? result.Status.Name() : result.Message;
    }
}
