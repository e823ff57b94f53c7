using Quern.Jinja;
using Quern.Jinja.Values;

namespace Quern.Tests.Jinja;

public class TemplateEnvironmentTests
{
    [Fact]
    public void Takes_filters_and_tests_of_its_owner()
    {
        var environment = new TemplateEnvironment();
        environment.Add("wrap", (value, arguments) =>
        {
            var bound = arguments.Bind("wrap", 1, "left", "right");
            return bound.Text(0) + PythonText.Of(value) + bound.Text(1, bound.Text(0));
        });
        environment.Add("shouted", (value, _) => value is string text && text.EndsWith('!'));
        environment.Add("upper", (_, _) => "own");
        Assert.Equal(
            "<5> -x- True own ['<a>']",
            Run.Text(
                environment,
                "{{ 5 | wrap('<', '>') }} {{ 'x' | wrap('-') }} {{ 'hey!' is shouted }} {{ 'a' | upper }} "
                + "{{ ['a'] | map('wrap', '<', right='>') | list }}"));
    }

    [Theory]
    [InlineData("{{ 1 | pick() }}", "pick() needs a value for 'a'")]
    [InlineData("{{ 1 | pick(1, 2, 3) }}", "pick() takes 1 to 2 arguments, not 3")]
    [InlineData("{{ 1 | pick(1, c=2) }}", "pick() has no parameter 'c'")]
    [InlineData("{{ 1 | pick(1, a=2) }}", "pick() got two values for 'a'")]
    public void Says_how_a_function_was_called_wrongly(string template, string what)
    {
        var environment = new TemplateEnvironment();
        environment.Add("pick", (_, arguments) => arguments.Bind("pick", 1, "a", "b")[0]);
        var fault = Run.Fault(environment, template);
        Assert.Equal(("QN7006", what, "pick(a, b)"), (fault.Code, fault.What, fault.Try[0]));
    }

    [Fact]
    public void Includes_templates_by_name()
    {
        var environment = new TemplateEnvironment
        {
            Load = name => name == "part" ? "<{{ x }}{{ i }}>" : null,
        };
        Assert.Equal(
            "<31><32>", Run.Text(environment, "{% for i in [1, 2] %}{% include ['none', 'part'] %}{% endfor %}", ("x", 3)));
    }

    [Fact]
    public void A_required_block_is_filled_by_a_template_that_extends()
    {
        var environment = new TemplateEnvironment
        {
            Load = name => name == "base" ? "<{% block x required %} {# #}{% endblock %}>" : null,
        };
        Assert.Equal("<1>", Run.Text(environment, "{% extends 'base' %}{% block x %}1{% endblock %}"));
        var fault = Run.Fault(environment, "{% extends 'base' %}{% block y %}1{% endblock %}");
        Assert.Equal(("QN7012", "the block 'x' is required, and no template that extends this one fills it"), (fault.Code, fault.What));
        Assert.Equal("QN7001", Run.Fault(environment, "{% block x required %}text{% endblock %}").Code);
    }
}
