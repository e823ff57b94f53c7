using Quern.Jinja.Values;

namespace Quern.Tests.Jinja;

public class SandboxTests
{
    [Theory]
    [InlineData("{{ ''.__class__.__mro__ }}")]
    [InlineData("{{ [].__class__() }}")]
    [InlineData("{{ {}['__class__']['x'] }}")]
    [InlineData("{{ ''['__class__'] ~ (''['__class__'])[0] }}")]
    [InlineData("{{ (1 | attr('__class__')).x }}")]
    [InlineData("{{ range.__globals__.x }}")]
    [InlineData("{{ thing.__init__() }}")]
    [InlineData("{{ '{0.__class__.__mro__}'.format('') }}")]
    [InlineData("{{ [''] | map(attribute='__class__.__mro__') | list }}")]
    [InlineData("{% for x in ''.__class__ %}{% endfor %}")]
    public void Forbids_what_begins_with_two_underscores(string template)
    {
        var fault = Run.Fault(template, ("thing", new Plain()));
        Assert.Equal("QN7008", fault.Code);
        Assert.StartsWith("access to attribute '__", fault.What, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{{ thing.Secret }}")]
    [InlineData("{{ thing['Secret'] }}")]
    [InlineData("{{ thing.GetType }}")]
    [InlineData("{{ thing | attr('ToString') }}")]
    [InlineData("{{ thing.Length }}{{ [].Count }}{{ {}.Keys }}{{ ''.Length }}")]
    public void Shows_nothing_of_the_object_behind_a_value(string template) =>
        Assert.Equal("", Run.Text(template, ("thing", new Plain())));

    [Fact]
    public void Takes_no_object_that_was_not_made_for_templates()
    {
        var make = new Function("make", _ => new Uri("file:///etc"));
        var fault = Run.Fault("{{ make() }}", ("make", make));
        Assert.Equal(
            ("QN7008", "a value of type Uri cannot be used in a template"), (fault.Code, fault.What));
    }

    sealed class Plain : TemplateObject
    {
        public static string Secret => "secret";
    }
}
