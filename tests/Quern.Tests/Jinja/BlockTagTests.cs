using Quern.Jinja;
using Quern.Jinja.Values;

namespace Quern.Tests.Jinja;

public class BlockTagTests
{
    [Fact]
    public void Defines_a_macro_named_after_its_header()
    {
        var file = Make().ParseBlocks(
            """
            {% materialization view, adapter='duckdb', supported_languages=['sql', 'python'] -%}
              {{ return({'relations': [x]}) }}
            {%- endmaterialization %}
            {% materialization table, default %}t{% endmaterialization %}
            {% test positive(model, column_name, than=0) %}select * from {{ model }} where {{ column_name }} <= {{ than }}{% endtest %}
            """,
            "m.sql");
        Assert.Equal(
            ["materialization_view_duckdb", "materialization_table_default", "test_positive"],
            file.Macros.Select(macro => macro.Name));
        Assert.Equal("['sql', 'python']", PythonText.Of(file.Blocks[0].Header.Options["supported_languages"]));
        Assert.Equal(
            "select * from m where c <= 0",
            Run.Text("{{ test_positive('m', column_name='c') }}", ("test_positive", file.Macros[2])));
        Assert.Equal("{'relations': [3]}", Run.Text("{{ view() }}", ("view", file.Macros[0]), ("x", 3)));
    }

    [Fact]
    public void Keeps_a_block_that_is_no_macro_as_text_and_as_template()
    {
        var environment = Make();
        var template = environment.ParseBlocks(
            "{% snapshot orders_snapshot %}\n{{ config(unique_key='id') }}\nselect {{ x }}\n{% endsnapshot %}", "s.sql");
        var block = Assert.Single(template.Blocks);
        Assert.Equal(("snapshot", "orders_snapshot", "s.sql:1:4"), (block.Header.Tag.Name, block.Header.Name, block.Place));
        Assert.Equal("\n{{ config(unique_key='id') }}\nselect {{ x }}\n", block.Text);
        Assert.Equal(
            "\n\nselect 4\n",
            block.Body!.Render(
                Run.Names(("x", 4), ("config", new Function("config", _ => ""))), TestContext.Current.CancellationToken));
        Assert.Equal(["config"], template.Calls().Select(call => call.Name));
        Assert.Equal("ab", Run.Text(environment, "a{% snapshot s %}lost{% endsnapshot %}b"));
    }

    [Fact]
    public void Keeps_a_raw_block_as_it_is()
    {
        var template = Make().Parse("# x\n{% docs orders -%}\n {{ not run }} {% if %} 'quote\n{%- enddocs %} end", "d.md");
        var block = Assert.Single(template.Blocks);
        Assert.Equal(("orders", "{{ not run }} {% if %} 'quote"), (block.Header.Name, block.Text));
        Assert.Null(block.Body);
        Assert.Equal("# x\n end", template.Render(Run.Names(), TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Passes_over_what_stands_between_the_blocks_of_a_macro_file()
    {
        var file = Make().ParseBlocks(
            """
            it's prose with a { brace, {{ broken( }} and {# a comment with {% macro no() %} #}
            {% comment %} {% set x = '%}' %} {% if %}
            {% macro one() %}1{% endmacro %}
            {% raw %}{% macro raw() %}{% endraw %}
            {% docs d %}{% macro inside() %}{% enddocs %}
            {%- macro two() -%}2{%- endmacro -%}
            """,
            "m.sql");
        Assert.Equal(["one", "two"], file.Macros.Select(macro => macro.Name));
        Assert.Equal([new SkippedTag("comment", "m.sql:2:1")], file.Skipped);
    }

    [Fact]
    public void Reports_errors_inside_of_blocks_with_their_place()
    {
        var error = Assert.Throws<QuernException>(
            () => Make().ParseBlocks("text\n{% test a(m) %}\n  {{ m | }}\n{% endtest %}", "m.sql"));
        Assert.Equal(
            ("expected a name but found '}}'", "m.sql:3:10"), (error.Fault.What, error.Fault.Where));
    }

    [Theory]
    [InlineData("{% snapshot %}{% endsnapshot %}", "expected a name but found '%}'")]
    [InlineData("{% snapshot a %}", "this {% snapshot %} has no {% endsnapshot %}")]
    [InlineData("{% docs a %}", "this block has no {% enddocs %}")]
    [InlineData("{% materialization a, adapter=x %}{% endmaterialization %}", "the option 'adapter' must be a value written out")]
    public void Rejects_blocks_that_are_wrong(string template, string what) =>
        Assert.Equal(what, Run.Fault(Make(), template).What);

    static TemplateEnvironment Make()
    {
        var environment = new TemplateEnvironment();
        environment.Add(new BlockTag("materialization")
        {
            MacroName = header =>
                $"materialization_{header.Name}_"
                + (header.Options.TryGetValue("adapter", out var adapter) ? adapter : "default"),
        });
        environment.Add(new BlockTag("test") { MacroName = header => "test_" + header.Name });
        environment.Add(new BlockTag("snapshot"));
        environment.Add(new BlockTag("docs") { IsRaw = true });
        return environment;
    }
}
