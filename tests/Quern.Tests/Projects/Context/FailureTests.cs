namespace Quern.Tests.Projects.Context;

/// <summary>What goes wrong in templates, and how it is told.</summary>
public class FailureTests
{
    [Fact]
    public void An_unknown_macro_in_a_model_is_named_with_the_nearest()
    {
        using var sample = new Sample("{% macro payment_methods() %}{% endmacro %}");
        var fault = Fault(sample, "select\n{{ payment_method() }}");
        Assert.Equal("Compilation Error in model orders (models/orders.sql)\n  'payment_method' is undefined", fault.What);
        Assert.Equal("models/orders.sql:2:4", fault.Where);
        Assert.Contains("did you mean the macro 'payment_methods'?", fault.Try);
        Assert.Equal(ExitCode.Failed, fault.ExitCode);
    }

    [Fact]
    public void Errors_of_macros_name_the_macros_that_led_there()
    {
        using var sample = new Sample(
            "{% macro inner(x) %}\n{{ exceptions.raise_compiler_error('no ' ~ x) }}\n{% endmacro %}\n{% macro outer() %}{{ inner('good') }}{% endmacro %}");
        Assert.Equal(
            "Compilation Error in model orders (models/orders.sql)\n  no good\n\n  > in macro inner (macros/shop.sql)\n  > called by macro outer (macros/shop.sql)\n"
            + "  > called by model orders (models/orders.sql)",
            Fault(sample, "{{ execute and outer() }}").What);
    }

    [Fact]
    public void Errors_while_parsing_stop_everything()
    {
        using var sample = new Sample();
        var error = Assert.Throws<QuernException>(() => sample.Model("orders", "{{ exceptions.raise_compiler_error('no') }}"));
        Assert.Equal(ExitCode.Usage, error.Fault.ExitCode);
        Assert.Equal("QN7138", error.Fault.Code);
    }

    [Fact]
    public void Of_several_macro_files_that_are_wrong_the_first_is_told()
    {
        var packages = Enumerable.Range(1, 8).Select(i => ($"p{i}", "{% macro m() %}{{ bad")).ToArray();
        var error = Assert.Throws<QuernException>(() => new Sample(packages: packages));
        Assert.Contains("macros/p1.sql", error.Fault.Where);
    }

    [Fact]
    public void A_ref_that_parsing_did_not_see_asks_for_a_comment()
    {
        using var sample = new Sample();
        sample.Model("raw", "select 1");
        var fault = Fault(sample, "{% if execute %}{{ ref('raw') }}{% endif %}");
        Assert.Equal("QN7122", fault.Code);
        Assert.Contains("-- depends_on: {{ ref('raw') }}", fault.Try);
    }

    [Fact]
    public void A_ref_to_nothing_names_the_nearest()
    {
        using var sample = new Sample();
        sample.Model("raw_orders", "select 1");
        var fault = Fault(sample, "{% if execute %}{{ ref('raw_order') }}{% endif %}");
        Assert.Equal("Compilation Error in model orders (models/orders.sql)\n  the model that is referred to does not exist: raw_order", fault.What);
        Assert.Contains("did you mean raw_orders?", fault.Try);
    }

    [Theory]
    [InlineData("{{ ref() }}", "QN7123")]
    [InlineData("{{ ref('a', 'b', 'c') }}", "QN7123")]
    [InlineData("{{ ref('a', versoin=2) }}", "QN7123")]
    [InlineData("{{ source('a') }}", "QN7120")]
    [InlineData("{{ config('materialized') }}", "QN7126")]
    [InlineData("{{ adapter.dispatch('abacus.bucket') }}", "QN7130")]
    [InlineData("{{ adapter.dispatch('bucket', 'abacus')() }}", "QN7131")]
    [InlineData("{{ env_var('NOT_SET') }}", "QN7125")]
    [InlineData("{% if execute %}{{ adapter.get_columns('x') }}{% endif %}", "QN7135")]
    [InlineData("{% if execute %}{{ adapter.drop_relation('x') }}{% endif %}", "QN7137")]
    [InlineData("{{ api.Relation.create(type='sequence') }}", "QN7128")]
    [InlineData("{{ api.Column('a', 'DATE').string_size() }}", "QN7136")]
    [InlineData("{% if execute %}{% call statement('x', language='python') %}{% endcall %}{% endif %}", "QN7132")]
    [InlineData("{{ modules.re.match('(', 'x') }}", "QN7012")]
    [InlineData("{{ modules.datetime.date(2024, 13, 1) }}", "QN7012")]
    [InlineData("{{ 1 if }}", "QN7001")]
    public void Wrong_use_has_a_code(string text, string code)
    {
        using var sample = new Sample();
        Assert.Equal(code, Fault(sample, text).Code);
    }

    [Fact]
    public void Dispatch_says_what_it_looked_for()
    {
        using var sample = new Sample(packages: ("abacus", "{% macro default__buckets() %}{% endmacro %}"));
        var fault = Fault(sample, "{{ adapter.dispatch('bucket', 'abacus')() }}");
        Assert.Equal("one of 'shop.duckdb__bucket', 'shop.default__bucket', 'abacus.duckdb__bucket', 'abacus.default__bucket'", fault.Wanted);
    }

    [Fact]
    public void Endless_recursion_and_exploding_text_end_in_an_error()
    {
        using var sample = new Sample("{% macro again(n) %}{{ again(n + 1) }}{% endmacro %}");
        Assert.Equal("QN7009", Fault(sample, "{{ again(0) }}").Code);
        Assert.Equal("QN7010", Fault(sample, "{% set ns = namespace(t='xxxxxxxx') %}{% for i in range(60) %}{% set ns.t = ns.t ~ ns.t %}{% endfor %}").Code);
    }

    [Theory]
    [InlineData("{{ this.__class__.__mro__ }}")]
    [InlineData("{{ this.GetType() }}")]
    [InlineData("{{ ref.__globals__.x }}")]
    [InlineData("{{ adapter.get_relation.Method.Invoke() }}")]
    [InlineData("{{ run_query('select 1').Rows[0] }}")]
    [InlineData("{{ graph.nodes.Comparer.x }}")]
    public void Templates_do_not_reach_the_objects_behind_their_values(string text)
    {
        using var sample = new Sample();
        var model = sample.Model("orders", "{% if execute %}" + text + "{% endif %}");
        Assert.Throws<QuernException>(() => sample.Compile(model));
    }

    [Fact]
    public void Macro_files_with_two_macros_of_a_name_are_refused() =>
        Assert.Equal("QN7161", Assert.Throws<QuernException>(() => new Sample("{% macro a() %}{% endmacro %}{% macro a() %}{% endmacro %}")).Fault.Code);

    [Fact]
    public void Unknown_tags_between_macros_are_passed_over_with_a_warning()
    {
        using var sample = new Sample("{% comment %}\n{% macro a() %}b{% endmacro %}");
        Assert.Equal("QN7160", Assert.Single(sample.Warned).Code);
        Assert.Equal("b", sample.Value("a()"));
    }

    [Fact]
    public void A_macro_that_is_run_by_name_must_exist()
    {
        using var sample = new Sample("{% macro grant_all(who) %}{{ return(who ~ '!') }}{% endmacro %}");
        Assert.Equal("me!", sample.Templates.CallMacro("grant_all", null, sample.Session, named: [KeyValuePair.Create("who", (object?)"me")]));
        Assert.Equal("me!", sample.Templates.CallMacro("shop.grant_all", null, sample.Session, ["me"]));
        var error = Assert.Throws<QuernException>(() => sample.Templates.CallMacro("grant_al", null, sample.Session));
        Assert.Equal("there is no macro named grant_al", error.Fault.What);
        Assert.Contains("did you mean grant_all?", error.Fault.Try);
    }

    static Fault Fault(Sample sample, string text) => Assert.Throws<QuernException>(() => sample.Compile(sample.Model("orders", text))).Fault;
}
