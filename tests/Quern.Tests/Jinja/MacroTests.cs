using Quern.Jinja;

namespace Quern.Tests.Jinja;

public class MacroTests
{
    [Fact]
    public void Gives_the_value_of_a_return_in_place_of_its_text() => Assert.Equal(
        "[1, 'x']2",
        Run.Text(
            "{% macro m() %}lost{{ return([1, 'x']) }}also lost{% endmacro %}{{ m() }}{{ m() | length }}"));

    [Theory]
    [InlineData("{% for i in range(9) %}{% if i == 3 %}{{ return(i) }}{% endif %}{% endfor %}", "3")]
    [InlineData("{% set x %}{{ return(4) }}{% endset %}", "4")]
    [InlineData("{% filter upper %}{% do return('v') %}{% endfilter %}", "v")]
    [InlineData("{% set x = [return(5)] %}", "5")]
    [InlineData("{{ 'a' ~ return(6) }}", "6")]
    [InlineData("{{ return() }}", "None")]
    [InlineData("{{ return(data=7) }}", "7")]
    [InlineData("{% with x = 1 %}{{ return(x) }}{% endwith %}", "1")]
    public void Returns_from_anywhere_in_its_body(string body, string expected) =>
        Assert.Equal(expected, Run.Text($"{{% macro m() %}}{body}end{{% endmacro %}}{{{{ m() }}}}"));

    [Fact]
    public void Ends_the_macro_that_called_the_block_when_the_block_returns() => Assert.Equal(
        "7|after",
        Run.Text("{% macro m() %}a{{ caller() }}b{% endmacro %}{% call m() %}{{ return(7) }}{% endcall %}|after"));

    [Fact]
    public void Reports_a_return_outside_of_a_macro()
    {
        var fault = Run.Fault("a{{ return(1) }}");
        Assert.Equal(("QN7014", "return outside of a macro", "t.sql:1:5"), (fault.Code, fault.What, fault.Where));
    }

    [Fact]
    public void Sees_globals_set_after_it_was_loaded()
    {
        var environment = new TemplateEnvironment();
        var file = environment.ParseBlocks("{% macro m() %}{{ later }}{% endmacro %}", "m.sql");
        var globals = Run.Names(("m", file.Macros[0]));
        var template = environment.Parse("{{ m() }}", "t.sql");
        globals["later"] = "now";
        Assert.Equal("now", template.Render(globals, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Sees_the_globals_of_the_rendering_that_calls_it()
    {
        var environment = new TemplateEnvironment();
        var macro = environment.ParseBlocks("{% macro m() %}{{ this }}{% endmacro %}", "m.sql").Macros[0];
        var shared = Run.Names(("m", macro));
        var template = environment.Parse("{{ m() }}", "t.sql");
        var texts = new[] { "a", "b" }.Select(
            name => template.Render(new Globals(shared) { ["this"] = name }, TestContext.Current.CancellationToken));
        Assert.Equal(["a", "b"], texts);
    }

    [Fact]
    public void Does_not_see_the_names_of_the_template_that_calls_it()
    {
        var environment = new TemplateEnvironment();
        var macro = environment.ParseBlocks("{% macro m() %}[{{ mine }}]{% endmacro %}", "m.sql").Macros[0];
        Assert.Equal("[]", Run.Text(environment, "{% set mine = 1 %}{{ m() }}", ("m", macro)));
    }

    [Fact]
    public void Runs_in_the_undefined_mode_of_its_own_environment()
    {
        var forgiving = new TemplateEnvironment { Undefined = UndefinedMode.Forgiving };
        var macro = forgiving.ParseBlocks("{% macro m() %}[{{ nope.x.y() }}]{% endmacro %}", "m.sql").Macros[0];
        Assert.Equal("[]", Run.Text("{{ m() }}", ("m", macro)));
        Assert.Equal("'nope' is undefined", Run.Fault("{{ m() }}{{ nope.x }}", ("m", macro)).What);
    }

    [Fact]
    public void Says_where_it_is_defined_when_called_wrongly()
    {
        var fault = Run.Fault("{% macro pay(amount, precision=2) %}{% endmacro %}\n{{ pay(1, 2, 3) }}");
        Assert.Equal(
            """
            error QN7006: macro 'pay' takes not more than 2 argument(s)
              where   t.sql:2:4
              value   {{ pay(1, 2, 3) }}
              try     pay(amount, precision) is defined at t.sql:1:4
            """,
            fault.ToString());
    }

    [Fact]
    public void Describes_itself()
    {
        var macro = new TemplateEnvironment()
            .ParseBlocks("\n{% macro pay(amount, precision=2) %}{{ ref('x') }}{% endmacro %}", "pay.sql").Macros[0];
        Assert.Equal(("pay", "pay.sql:2:4"), (macro.Name, macro.Place));
        Assert.Equal(["amount", "precision"], macro.Parameters);
        Assert.Equal(["ref"], macro.Calls().Select(call => call.Name));
    }

    [Fact]
    public void Keeps_the_scopes_of_a_call_block_and_its_macro_apart() => Assert.Equal(
        "<outer inner>",
        Run.Text(
            "{% macro m() %}{% set v = 'inner' %}<{{ caller(v) }}>{% endmacro %}"
            + "{% set v = 'outer' %}{% call(w) m() %}{{ v }} {{ w }}{% endcall %}"));
}
