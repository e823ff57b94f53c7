using Quern.Jinja;

namespace Quern.Tests.Jinja;

public class UndefinedTests
{
    static readonly TemplateEnvironment Forgiving = new() { Undefined = UndefinedMode.Forgiving };

    [Theory]
    [InlineData("[{{ nope.a.b }}]", "[]")]
    [InlineData("[{{ nope['a'][0] }}]", "[]")]
    [InlineData("[{{ nope(1, x=2).rows[0].values() }}]", "[]")]
    [InlineData("[{{ {}.missing.deeper() }}]", "[]")]
    [InlineData("{% for x in nope.rows %}x{% else %}none{% endfor %}", "none")]
    [InlineData("{{ nope.a is defined }} {{ nope.a | default('d') }} {{ nope.a | length }}", "False d 0")]
    [InlineData("{{ 'y' if nope.a else 'n' }} {{ nope == nope.b }} {{ nope == none }}", "n True False")]
    [InlineData("{% set nope.x = 1 %}ok", "ok")]
    [InlineData("{% do nope.append(1) %}{{ nope[1:] }}ok", "ok")]
    public void Forgives_attributes_items_and_calls_where_told(string template, string expected) =>
        Assert.Equal(expected, Run.Text(Forgiving, template));

    [Theory]
    [InlineData("{{ nope + 1 }}")]
    [InlineData("{{ nope < 1 }}")]
    [InlineData("{{ nope | int }}")]
    public void Does_not_forgive_arithmetic_and_order(string template) =>
        Assert.Equal(("QN7005", "'nope' is undefined"), (Run.Fault(Forgiving, template).Code, Run.Fault(Forgiving, template).What));

    [Theory]
    [InlineData("{{ nope.a }}", "'nope' is undefined")]
    [InlineData("{{ {'a': 1}.b.c }}", "'dict object' has no attribute 'b'")]
    [InlineData("{{ [1][5].x }}", "list object has no element 5")]
    [InlineData("{{ none.x.y }}", "'None' has no attribute 'x'")]
    [InlineData("{{ (1 if false).x }}", "the inline if was false and has no else")]
    [InlineData("{{ ([] | first).x }}", "No first item, sequence was empty.")]
    [InlineData("{% macro m(a) %}{{ a.x }}{% endmacro %}{{ m() }}", "parameter 'a' was not provided")]
    [InlineData("{% macro m() %}{{ caller() }}{% endmacro %}{{ m() }}", "No caller defined")]
    public void Says_why_a_value_is_missing(string template, string expected)
    {
        var fault = Run.Fault(template);
        Assert.Equal(("QN7005", expected), (fault.Code, fault.What));
    }

    [Fact]
    public void Reuses_a_tree_in_another_mode()
    {
        var strict = new TemplateEnvironment().Parse("[{{ nope.x }}]", "t.sql");
        Assert.Equal("[]", strict.In(Forgiving).Render(Run.Names(), TestContext.Current.CancellationToken));
        Assert.Throws<QuernException>(() => strict.Render(Run.Names(), TestContext.Current.CancellationToken));
    }
}
