using Quern.Jinja.Values;
using Quern.Projects.Nodes;

namespace Quern.Tests.Projects.Reading;

public sealed class GenericTestTests
{
    [Theory]
    [InlineData("stg_orders", "status", "{accepted_values: {values: [placed, shipped, completed, return_pending, returned]}}", "accepted_values_stg_orders_status__placed__shipped__completed__return_pending__returned.080fb20aad")]
    [InlineData("orders", "customer_id", "{relationships: {to: \"ref('customers')\", field: customer_id}}", "relationships_orders_customer_id__customer_id__ref_customers_.c6ec7f58f2")]
    [InlineData("orders", "amount", "not_null", "not_null_orders_amount.106140f9fd")]
    [InlineData("customers", "customer_id", "{unique: {config: {tags: a}}}", "unique_customers_customer_id.c5af1ff4b1")]
    public void Ids_are_those_that_dbt_gives_in_the_jaffle_shop(string model, string column, string test, string id)
    {
        using var project = new ProjectFolder().Write("models/customers.sql", "select 1").Write("models/orders.sql", "select 1").Write("models/stg_orders.sql", "select 1");
        project.Write("dbt_project.yml", "name: jaffle_shop\nprofile: shop\n");
        project.Write("models/x.yml", $"models:\n- name: {model}\n  columns:\n  - name: {column}\n    tests:\n    - {test}\n");
        Assert.Equal([$"test.jaffle_shop.{id}"], project.Read().Nodes.Keys.Where(k => k.StartsWith("test.", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_long_name_is_shortened_where_it_becomes_a_relation()
    {
        using var project = One("- accepted_values: {values: [one, two, three, four, five, six, seven, eight, nine, ten]}");
        var test = Tests(project).Single();
        Assert.Equal("accepted_values_a_c__one__two__three__four__five__six__seven__eight__nine__ten", test.Name);
        Assert.Equal("accepted_values_a_a9539355eddeb55935b3490f18e7bdfd", test.Alias);
    }

    [Theory]
    [InlineData("- between: {arguments: {low: 1}, config: {severity: warn}, name: own, description: why}")]
    [InlineData("- between: {low: 1, severity: warn, name: own, description: why}")]
    [InlineData("- {name: own, test_name: between, arguments: {low: 1}, config: {severity: warn}, description: why}")]
    public void Arguments_and_configuration_may_stand_in_either_place(string test)
    {
        using var project = One(test).Write("tests/generic/between.sql", "{% test between(model, column_name, low) %}{{ config(severity='error', tags=['macro']) }}select 1{% endtest %}");
        var node = Tests(project).Single();
        Assert.Equal(("own", "why", "warn"), (node.Name, node.Description, node.Config["severity"]));
        Assert.Equal("{'low': 1, 'column_name': 'c'}", PythonText.Of(node.Test!.Arguments));
        Assert.Equal(["macro"], node.Tags);
        Assert.Equal("model.shop.a", node.Test.AttachedTo);
        Assert.Equal(["model.shop.a"], node.DependsOn);
        Assert.Contains("macro.shop.test_between", node.Macros);
    }

    [Fact]
    public void A_test_depends_on_what_its_arguments_name()
    {
        using var project = One("- relationships: {arguments: {to: \"source('s', 't')\", field: x}}\n    - mine: {with: [\"ref('b')\"]}")
            .Write("models/b.sql", "select 1")
            .Write("models/s.yml", "sources: [{name: s, tables: [{name: t}]}]\n")
            .Write("macros/mine.sql", "{% test mine(model, column_name, with) %}select * from {{ with[0] }}{% endtest %}");
        Assert.Equal(["model.shop.a source.shop.s.t", "model.shop.a model.shop.b"], Tests(project).Select(t => string.Join(' ', t.DependsOn)));
    }

    [Fact]
    public void An_unknown_test_is_an_error_with_its_place()
    {
        using var project = One("- not_nul");
        Assert.Equal(
            """
            error QN7187: there is no generic test of this name
              where   models/x.yml line 6, column 7
              value   not_nul
              wanted  a test block, or a macro whose name begins with test_
              try     did you mean not_null?
            """,
            project.Fault());
    }

    [Fact]
    public void Arguments_beside_the_name_are_an_error()
    {
        using var project = One("- not_null:\n      config: {severity: warn}");
        Assert.StartsWith("error QN7186: a test is a name, or one name with its arguments below it\n  where   models/x.yml line 6, column 7", project.Fault());
    }

    [Fact]
    public void Tests_of_a_disabled_model_are_gone()
    {
        using var project = One("- not_null").Write("models/a.sql", "{{ config(enabled=false) }} select 1");
        Assert.Empty(Tests(project));
        Assert.Empty(project.Warnings);
    }

    [Fact]
    public void A_test_of_something_missing_is_left_out_with_a_warning()
    {
        using var project = One("- relationships: {to: ref('nobody'), field: x}");
        Assert.Empty(Tests(project));
        Assert.Equal(["QN7110"], project.Warnings.Select(w => w[..6]));
    }

    [Fact]
    public void Tests_of_a_source_are_named_after_it()
    {
        using var project = new ProjectFolder().Write("models/s.yml", "sources: [{name: s, tables: [{name: t, columns: [{name: c, tags: [x], tests: [unique]}]}]}]\n");
        var test = Tests(project).Single();
        Assert.Equal("source_unique_s_t_c", test.Name);
        Assert.Equal(["source.shop.s.t"], test.DependsOn);
        Assert.Equal(["x"], test.Tags);
    }

    static ProjectFolder One(string test) => new ProjectFolder().Write("models/a.sql", "select 1")
        .Write("models/x.yml", $"models:\n- name: a\n  columns:\n  - name: c\n    tests:\n    {test}\n");

    static IEnumerable<Node> Tests(ProjectFolder project) => project.Read().Nodes.Values.Where(n => n.Kind == ResourceKind.Test);
}
