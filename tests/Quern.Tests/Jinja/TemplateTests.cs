using Quern.Jinja;
using Quern.Jinja.Values;

namespace Quern.Tests.Jinja;

public class TemplateTests
{
    static readonly TemplateEnvironment Environment = new();

    [Fact]
    public void Finds_calls_without_running()
    {
        var template = Environment.Parse(
            """
            {{ config(materialized='table', tags=['a', 'b'], enabled=var('on')) }}
            {% if execute %}{{ ref('orders') }}{% else %}{{ ref('pkg', "lines", v=-2) }}{% endif %}
            {% macro m(x=source('s', 't')) %}{{ adapter.dispatch('go', 'dbt')(x) }}{% endmacro %}
            {% call statement('main', fetch_result=True) %}{{ ref(name ~ '_x') }}{% endcall %}
            {{ items[0]() }}{{ ref(*names) }}
            """,
            "t.sql");
        var calls = template.Calls().Select(call =>
            $"{call.Line}:{call.Column} {call.Name}"
            + $"({string.Join(", ", call.Positional.Select(Show).Concat(call.Named.Select(pair => $"{pair.Key}={Show(pair.Value)}")))}"
            + (call.HasUnpacking ? ", ...)" : ")"));
        Assert.Equal(
            [
                "1:4 config(materialized='table', tags=['a', 'b'], enabled=?)",
                "1:58 var('on')",
                "2:20 ref('orders')",
                "2:49 ref('pkg', 'lines', v=-2)",
                "3:14 source('s', 't')",
                "3:37 adapter.dispatch('go', 'dbt')",
                "4:9 statement('main', fetch_result=True)",
                "4:51 ref(?)",
                "5:20 ref(, ...)",
            ],
            calls);

        static string Show(Constant constant) => constant.IsKnown ? PythonText.Represent(constant.Value) : "?";
    }

    [Theory]
    [InlineData("{{ [1, 2] }}", "list")]
    [InlineData("{{ 5 }}", "int")]
    [InlineData("{{ none }}", "NoneType")]
    [InlineData("{% set x = 2.5 %}{{ x }}", "float")]
    [InlineData("{% if true %}{{ true }}{% endif %}", "bool")]
    [InlineData("a{{ 5 }}", "str")]
    [InlineData("{{ 5 }}{{ 6 }}", "str")]
    [InlineData("", "str")]
    [InlineData("{% filter upper %}{{ 5 }}{% endfilter %}", "str")]
    [InlineData("{% macro m() %}{{ return({}) }}{% endmacro %}{{ m() }}", "dict")]
    [InlineData("{% call m() %}{% endcall %}{% macro m() %}{% endmacro %}", "QN7005")]
    public void Evaluates_a_single_expression_to_its_value(string template, string type)
    {
        try
        {
            var value = Environment.Parse(template, "t.sql").Evaluate(Run.Names(), TestContext.Current.CancellationToken);
            Assert.Equal(type, Value.TypeName(value));
        }
        catch (QuernException e)
        {
            Assert.Equal(type, e.Fault.Code);
        }
    }

    [Fact]
    public void Evaluates_an_expression_without_braces()
    {
        Assert.Equal(7L, Run.Value("x * 2 + 1", ("x", 3)));
        var error = Assert.Throws<QuernException>(() => Run.Value("x }} y"));
        Assert.Equal("this '}' closes nothing", error.Fault.What);
    }

    [Fact]
    public void Renders_on_several_threads_at_once()
    {
        var template = Environment.Parse("{% for i in range(n) %}{% set x = i %}{{ x }}{% endfor %}", "t.sql");
        var texts = new string[64];
        Parallel.For(0, texts.Length, i =>
            texts[i] = template.Render(new Globals { ["n"] = i }, TestContext.Current.CancellationToken));
        Assert.All(texts.Index(), pair => Assert.Equal(string.Concat(Enumerable.Range(0, pair.Index)), pair.Item));
    }

    [Fact]
    public void Loads_a_file_as_a_module()
    {
        var template = Environment.Parse(
            "{% set base = 10 %}{% set _own = 1 %}{% macro add(x) %}{{ return(base + x + offset) }}{% endmacro %}text", "lib.sql");
        var globals = Run.Names(("offset", 100));
        var module = new Rendering(Environment, globals, TestContext.Current.CancellationToken).Load(template);
        Assert.Equal(["base", "add"], module.Exports.Keys);
        Assert.Equal("text", module.ToString());
        Assert.Equal("115 10", Run.Text(Environment, "{{ lib.add(5) }} {{ lib.base }}", ("lib", module), ("offset", 100)));
    }

    [Theory]
    [InlineData("select 1\n", false)]
    [InlineData("a { b } % # c", false)]
    [InlineData("{{ x }}", true)]
    [InlineData("{% x", true)]
    [InlineData("a #} b", true)]
    [InlineData("{# c #}", true)]
    [InlineData("}", false)]
    public void Tells_whether_a_text_has_marks(string text, bool expected) =>
        Assert.Equal(expected, Template.HasMarks(text));

    [Theory]
    [InlineData("5", "int")]
    [InlineData("-2.5", "float")]
    [InlineData("True", "bool")]
    [InlineData("['a', {'b': (1, none)}]", "list")]
    [InlineData("'quoted'", "str")]
    public void Reads_literals(string text, string type)
    {
        Assert.True(TemplateEnvironment.TryReadLiteral(text, out var value));
        Assert.Equal(type, Value.TypeName(value));
    }

    [Theory]
    [InlineData("name")]
    [InlineData("1 + 1")]
    [InlineData("{{ 1 }}")]
    [InlineData("")]
    [InlineData("2024-01-01")]
    [InlineData("[f()]")]
    [InlineData("{[]: 1}")]
    public void Does_not_read_other_texts_as_literals(string text) =>
        Assert.False(TemplateEnvironment.TryReadLiteral(text, out _));
}
