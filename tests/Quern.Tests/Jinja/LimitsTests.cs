using Quern.Jinja;

namespace Quern.Tests.Jinja;

public class LimitsTests
{
    static readonly TemplateEnvironment Small = new()
    {
        Limits = new Limits { Steps = 2_000_000, MemoryBytes = 64 << 20 },
    };

    [Theory]
    [InlineData("{{ range(10 ** 12) | list }}")]
    [InlineData("{{ range(-(10 ** 18), 10 ** 18) }}")]
    [InlineData("{{ 'a' * 10 ** 12 }}")]
    [InlineData("{{ 10 ** 30 * 'a' }}")]
    [InlineData("{{ [0] * 10 ** 9 }}")]
    [InlineData("{{ (0,) * 10 ** 10 }}")]
    [InlineData("{{ 9 ** (9 ** 9) }}")]
    [InlineData("{{ 10 ** (10 ** 10) }}")]
    [InlineData("{% set ns = namespace(x=3) %}{% for i in range(99) %}{% set ns.x = ns.x * ns.x %}{% endfor %}")]
    [InlineData("{% set ns = namespace(s='ab') %}{% for i in range(99) %}{% set ns.s = ns.s ~ ns.s %}{% endfor %}")]
    [InlineData("{% set ns = namespace(l=[1]) %}{% for i in range(99) %}{% set ns.l = ns.l + ns.l %}{% endfor %}")]
    [InlineData("{% set l = [1] %}{% for x in l %}{% do l.append(x) %}{% endfor %}")]
    [InlineData("{% set l = [1] %}{% for x in range(99) %}{% do l.extend(l) %}{% endfor %}")]
    [InlineData("{{ 'x'.center(10 ** 12) }}")]
    [InlineData("{{ 'x'.zfill(10 ** 12) }}")]
    [InlineData("{{ 'x' | indent(10 ** 12, true) }}")]
    [InlineData("{{ '%1000000000d' % 1 }}")]
    [InlineData("{{ '{:999999999}'.format(1) }}")]
    [InlineData("{{ '{:0999999999,}'.format(1) }}")]
    [InlineData("{{ ('a' * 1000000).replace('a', 'b' * 1000) }}")]
    [InlineData("{{ 'a\tb'.expandtabs(10 ** 12) }}")]
    [InlineData("{{ [1] | batch(10 ** 12, 0) | list }}")]
    [InlineData("{{ [1] | slice(10 ** 12) | list }}")]
    [InlineData("{{ ('x' * 1000) | list | join('y' * 1000000) }}")]
    [InlineData("{% for a in range(1000000) %}{% for b in range(1000000) %}{% endfor %}{% endfor %}")]
    [InlineData("{% set s = 'x' * 10000000 %}{% for i in range(1000000) %}{{ s | length }}{% endfor %}")]
    [InlineData("{% set l = range(100000) | list %}{% for i in l %}{{ -1 in l }}{% endfor %}")]
    [InlineData("{% set l = range(100000) | list %}{% for i in l %}{% set s = l | string %}{% endfor %}")]
    [InlineData("{% set ns = namespace(t=(1,)) %}{% for i in range(60) %}{% set ns.t = (ns.t, ns.t) %}{% endfor %}{{ {ns.t: 1} }}")]
    [InlineData("{% set ns = namespace(t=[1]) %}{% for i in range(60) %}{% set ns.t = [ns.t, ns.t] %}{% endfor %}{{ ns.t }}")]
    [InlineData("{% set ns = namespace(t=[1]) %}{% for i in range(60) %}{% set ns.t = [ns.t, ns.t] %}{% endfor %}{{ ns.t | tojson }}")]
    public void Stops_what_would_eat_the_machine(string template) =>
        Assert.Equal("QN7010", Run.Fault(Small, template).Code);

    [Theory]
    [InlineData("{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}")]
    [InlineData("{% macro f() %}{{ g() }}{% endmacro %}{% macro g() %}{{ f() }}{% endmacro %}{{ f() }}")]
    [InlineData("{% macro f() %}{{ caller() }}{% call f() %}{% endcall %}{% endmacro %}{% call f() %}{% endcall %}")]
    [InlineData("{% macro f(x=f()) %}{% endmacro %}{% set g = f %}{{ f() }}")]
    [InlineData("{% for x in [1] recursive %}{{ loop([1]) }}{% endfor %}")]
    [InlineData("{% block a %}{{ self.a() }}{% endblock %}")]
    [InlineData("{% set ns = namespace(x=[]) %}{% for i in range(9999) %}{% set ns.x = [ns.x] %}{% endfor %}{{ ns.x }}")]
    [InlineData("{% set ns = namespace(x=[]) %}{% for i in range(9999) %}{% set ns.x = [ns.x] %}{% endfor %}{{ ns.x | tojson }}")]
    public void Stops_recursion_without_an_end(string template) =>
        Assert.Equal("QN7009", Run.Fault(Small, template).Code);

    [Fact]
    public void Compares_deeply_nested_values_or_says_that_it_cannot()
    {
        const string template =
            "{% set a = namespace(x=[]) %}{% for i in range(200000) %}{% set a.x = [a.x] %}{% endfor %}"
            + "{% set b = namespace(x=[]) %}{% for i in range(200000) %}{% set b.x = [b.x] %}{% endfor %}"
            + "{{ a.x == b.x }}";
        Assert.Equal("QN7009", Run.Fault(Small, template).Code);
    }

    [Fact]
    public void Walks_a_long_chain_of_filters_without_a_deep_stack() => Assert.Equal(
        "[1]",
        Run.Text(
            "{% set ns = namespace(x=[1]) %}{% for i in range(20000) %}{% set ns.x = ns.x | map('int') %}{% endfor %}"
            + "{{ ns.x | list }}"));

    [Fact]
    public void Prints_a_list_that_contains_itself() => Assert.Equal(
        "[1, [...]] {'d': {...}}",
        Run.Text("{% set l = [1] %}{% do l.append(l) %}{{ l }} {% set d = {} %}{% do d.update(d=d) %}{{ d }}"));

    [Theory]
    [InlineData("(", ")")]
    [InlineData("[", "]")]
    [InlineData("-", "")]
    [InlineData("not ", "")]
    [InlineData("x.f(", ")")]
    [InlineData("1 if 1 else ", "")]
    public void Rejects_expressions_nested_without_an_end(string open, string close)
    {
        var text = string.Concat(Enumerable.Repeat(open, 50_000)) + "1" + string.Concat(Enumerable.Repeat(close, 50_000));
        Assert.Equal("QN7009", Run.Fault("{{ " + text + " }}").Code);
    }

    [Fact]
    public void Rejects_tags_nested_without_an_end() =>
        Assert.Equal("QN7009", Run.Fault(string.Concat(Enumerable.Repeat("{% if 1 %}", 50_000))).Code);

    [Theory]
    [InlineData(" + 1")]
    [InlineData(" ~ ''")]
    [InlineData(" and 1")]
    [InlineData(" < 2")]
    public void Takes_long_flat_expressions(string more)
    {
        var text = "1" + string.Concat(Enumerable.Repeat(more, 20_000));
        Assert.NotEmpty(Run.Text("{{ (" + text + ") | string }}"));
    }

    [Fact]
    public void Says_what_is_too_large()
    {
        Assert.Equal(
            """
            error QN7010: a range of 1,000,000,000,000 items is larger than the 1,000,000 a template may use
              where   t.sql:1:13
              value   {% for i in range(10 ** 12) %}{% endfor %}
              try     generate the rows in SQL, as in: select * from range(...)
            """,
            Run.Fault("{% for i in range(10 ** 12) %}{% endfor %}").ToString());
        Assert.Equal(
            "the template uses more than the 64 MiB a rendering may use", Run.Fault(Small, "{{ 'a' * 10 ** 8 }}").What);
    }
}
