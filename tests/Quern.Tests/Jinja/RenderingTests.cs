using Quern.Jinja;
using Quern.Jinja.Values;

namespace Quern.Tests.Jinja;

public class RenderingTests
{
    [Fact]
    public void Names_the_place_and_the_calls_that_led_to_an_error()
    {
        var environment = new TemplateEnvironment();
        var macros = environment.ParseBlocks(
            """
            {% macro key(columns) %}
              {{ columns.missing.name }}
            {% endmacro %}
            {% macro outer(columns) %}{{ key(columns) }}{% endmacro %}
            """,
            "macros/keys.sql");
        var globals = Run.Names(("key", macros.Macros[0]), ("outer", macros.Macros[1]));
        var template = environment.Parse("select 1,\n  {{ outer(['a']) }} as k\n", "models/orders.sql");
        var error = Assert.Throws<QuernException>(
            () => template.Render(globals, TestContext.Current.CancellationToken));
        Assert.Equal(
            """
            error QN7005: 'list object' has no attribute 'missing'
              where   macros/keys.sql:2:22, in macro key
                      called at macros/keys.sql:4:30, in macro outer
                      called at models/orders.sql:2:6
              value   {{ columns.missing.name }}
              try     check the spelling, or give a value with | default(...)
            """,
            error.Fault.ToString());
    }

    [Fact]
    public void Keeps_the_places_of_an_error_for_who_shows_them_otherwise()
    {
        var environment = new TemplateEnvironment();
        var template = environment.Parse("{% macro m() %}{{ nope.x }}{% endmacro %}\n{{ m() }}", "t.sql");
        var rendering = new Rendering(environment, Run.Names(), TestContext.Current.CancellationToken);
        Assert.Throws<QuernException>(() => rendering.Render(template));
        Assert.Equal([new TracePoint("t.sql", 1, 24, "m"), new TracePoint("t.sql", 2, 4, null)], rendering.Trace);
    }

    [Fact]
    public void Gives_an_error_of_a_function_its_place()
    {
        var fail = new Function("ref", _ => throw new QuernException(new Fault("QN7040", "there is no model 'x'")));
        Assert.Equal(
            "error QN7040: there is no model 'x'\n  where   t.sql:2:4\n  value   {{ ref('x') }}",
            Run.Fault("a\n{{ ref('x') }}", ("ref", fail)).ToString());
    }

    [Fact]
    public void Keeps_the_place_that_an_error_of_a_function_has()
    {
        var fail = new Function(
            "ref", _ => throw new QuernException(new Fault("QN7040", "broken") { Where = "schema.yml:3" }));
        Assert.Equal("schema.yml:3", Run.Fault("{{ ref('x') }}", ("ref", fail)).Where);
    }

    [Fact]
    public void Turns_what_a_function_throws_into_an_error_with_its_place()
    {
        var fail = new Function("boom", _ => throw new InvalidOperationException("no luck"));
        var fault = Run.Fault("{{ boom() }}", ("boom", fail));
        Assert.Equal(("QN7013", "a function failed: no luck", "t.sql:1:4"), (fault.Code, fault.What, fault.Where));
    }

    [Fact]
    public void Names_what_included_the_template_that_failed()
    {
        var environment = new TemplateEnvironment { Load = _ => "\n{{ nope.x }}" };
        Assert.Equal("part.sql:2:9\ncalled at t.sql:1:6", Run.Fault(environment, "x {% include 'part.sql' %}").Where);
    }

    [Fact]
    public void Shortens_a_long_chain_of_calls()
    {
        var fault = Run.Fault("{% macro f(n) %}{{ f(n + 1) if n < 50 else nope.x }}{% endmacro %}{{ f(0) }}");
        var lines = fault.Where!.Split('\n');
        Assert.Equal(12, lines.Length);
        Assert.Equal("... 41 more calls ...", lines[8]);
        Assert.Equal("called at t.sql:1:70", lines[^1]);
    }

    [Fact]
    public void Counts_lines_from_where_a_text_begins_in_its_file()
    {
        var template = new TemplateEnvironment().Parse("a\n{{ nope.x }}", "schema.yml", firstLine: 14);
        var error = Assert.Throws<QuernException>(
            () => template.Render(Run.Names(), TestContext.Current.CancellationToken));
        Assert.Equal("schema.yml:15:9", error.Fault.Where);
    }

    [Fact]
    public void Stops_when_cancelled()
    {
        using var source = new CancellationTokenSource();
        var stop = new Function("stop", _ =>
        {
            source.Cancel();
            return "";
        });
        var template = new TemplateEnvironment().Parse(
            "{% for i in range(1000000) %}{{ stop() if i == 3 }}{% endfor %}", "t.sql");
        Assert.Throws<OperationCanceledException>(() => template.Render(Run.Names(("stop", stop)), source.Token));
    }

    [Fact]
    public void Calls_a_macro_with_values_of_dotnet()
    {
        var environment = new TemplateEnvironment();
        var macro = environment.ParseBlocks("{% macro m(a, b) %}{{ return([a, b]) }}{% endmacro %}", "m.sql").Macros[0];
        var rendering = new Rendering(environment, Run.Names(), TestContext.Current.CancellationToken);
        var result = rendering.Call(macro, [7], [new KeyValuePair<string, object?>("b", new[] { 1, 2 })]);
        Assert.Equal("[7, [1, 2]]", PythonText.Of(result));
    }

    [Fact]
    public void Lets_a_function_render_a_template_in_the_same_run()
    {
        var environment = new TemplateEnvironment();
        var function = new Function(
            "nested", arguments => arguments.Rendering.Render(environment.Parse("<{{ x }}>", "nested.sql")));
        Assert.Equal("<5>", Run.Text(environment, "{{ nested() }}", ("nested", function), ("x", 5)));
    }

    [Fact]
    public void Tells_a_function_where_it_is_called()
    {
        var function = new Function("here", arguments =>
            $"{arguments.Rendering.Place} {string.Join('<', arguments.Rendering.OpenMacros)}");
        const string template =
            "{% macro inner() %}\n {{ here() }}{% endmacro %}{% macro outer() %}{{ inner() }}{% endmacro %}{{ outer() }}";
        Assert.Equal("\n t.sql:2:5 inner<outer", Run.Text(template, ("here", function)));
    }

    [Fact]
    public void Goes_on_after_a_function_caught_the_error_of_a_macro()
    {
        var attempt = new Function("attempt", arguments =>
        {
            try
            {
                return arguments.Rendering.Call(arguments.Positional[0]);
            }
            catch (QuernException e)
            {
                return e.Fault.Code;
            }
        });
        var place = new Function("place", arguments => arguments.Rendering.Place);
        Assert.Equal(
            "QN7005\nt.sql:2:4",
            Run.Text(
                "{% macro bad() %}{{ nope.x }}{% endmacro %}{{ attempt(bad) }}\n{{ place() }}",
                ("attempt", attempt),
                ("place", place)));
    }
}
