using Quern.Projects;
using Quern.Tests.Files;

namespace Quern.Tests.Projects;

public class CompilerTests
{
    [Fact]
    public void Puts_each_model_behind_those_it_reads_and_otherwise_in_the_order_of_their_paths()
    {
        var models = Compile(
            ("z/first.sql", "select 1"),
            ("b.sql", "select * from {{ ref('first') }}, {{ ref('a') }}, {{ ref('first') }}"),
            ("a.sql", "select 2"),
            ("c.sql", "select 3"),
            ("aa.sql", "select * from {{ ref('b') }}"));
        Assert.Equal(["a", "first", "b", "aa", "c"], models.Select(m => m.Name));
        Assert.Equal(["first", "a"], models[2].DependsOn);
        Assert.Equal("select * from \"first\", \"a\", \"first\"", models[2].Sql);
        Assert.Equal("models/z/first.sql", models[1].Path);
    }

    [Fact]
    public void A_reference_that_is_not_rendered_does_not_count()
    {
        var models = Compile(
            ("a.sql", "{% if false %}{{ ref('b') }}{% endif %}select 1"), ("b.sql", "select 2 from {{ ref('a') }}"));
        Assert.Empty(models[0].DependsOn);
    }

    [Fact]
    public void Sources_are_what_the_caller_says_and_their_names_are_kept()
    {
        var models = Compile(("a.sql", "select * from {{ source('raw', 'orders') }}"));
        Assert.Equal("select * from <raw|orders>", models[0].Sql);
    }

    [Fact]
    public void Variables_of_the_caller_win_over_the_projects_and_these_over_the_default()
    {
        var project = Make(
            "name: p\nvars: {a: 1, b: 2, d: ~}",
            [("m.sql", "{{ var('a', 9) }} {{ var('b', 9) }} {{ var('c', 9) }} {{ var('d', 9) }} {{ var('e', none) }}")]);
        var models = new Compiler(project, new Dictionary<string, object?> { ["a"] = "x" }, (s, n) => s + n).Compile();
        Assert.Equal("x 2 9 None None", models[0].Sql);
    }

    [Fact]
    public void Macros_of_other_files_are_there_and_may_refer_to_models_and_variables()
    {
        var project = Make(
            "name: p\nvars: {n: 3}",
            [("a.sql", "select 1"), ("b.sql", "{{ twice('a') }}")],
            [
                ("x.sql", "{% macro once(m) -%}select {{ var('n') }} from {{ ref(m) }}{%- endmacro %}"),
                ("y.sql", "{% macro twice(m) -%}{{ once(m) }} union {{ once(m) }}{%- endmacro %}"),
            ]);
        var models = new Compiler(project, new Dictionary<string, object?>(), (s, n) => s + n).Compile();
        Assert.Equal("select 3 from \"a\" union select 3 from \"a\"", models[1].Sql);
        Assert.Equal(["a"], models[1].DependsOn);
    }

    [Fact]
    public void What_a_model_says_about_itself_wins_over_the_project_file()
    {
        var project = Make(
            "name: p\nmodels: {p: {t: {+materialized: table}}}",
            [("v.sql", ""), ("t/t.sql", ""), ("t/own.sql", "{{ config(materialized='view') }}select 1")]);
        var models = new Compiler(project, new Dictionary<string, object?>(), (s, n) => s + n).Compile();
        Assert.Equal(
            [("own", Materialization.View), ("t", Materialization.Table), ("v", Materialization.View)],
            models.Select(m => (m.Name, m.Materialization)));
        Assert.Equal("select 1", models[0].Sql);
    }

    [Fact]
    public void A_model_that_may_be_built_in_parts_names_their_columns()
    {
        var model = Compile(("a.sql", "select * from x where {{ batch('x.day') }} or {{ batch('y') }}"))[0];
        Assert.True(model.IsBatched);
        Assert.Equal("select * from x where <x.day> or <y>", model.SqlOf(c => $"<{c}>"));
        var plain = Compile(("a.sql", "select 1 /* batch */"))[0];
        Assert.False(plain.IsBatched);
        Assert.Equal(plain.Sql, plain.SqlOf(_ => throw new InvalidOperationException()));
    }

    [Fact]
    public void A_circle_is_a_fault_that_names_its_models()
    {
        var fault = ScratchFolder.FaultOf(() => Compile(
            ("a.sql", "{{ ref('b') }}"), ("b.sql", "{{ ref('c') }}"), ("c.sql", "{{ ref('d') }}"), ("d.sql", "{{ ref('b') }}")));
        Assert.Equal(
            """
            error QN7111: models read each other in a circle
              where   models/b.sql
              value   "b -> c -> d -> b"
            """,
            fault.ToString());
        fault = ScratchFolder.FaultOf(() => Compile(("self.sql", "{{ ref('self') }}")));
        Assert.Equal("\"self -> self\"", fault.Value);
    }

    [Theory]
    [InlineData("{{ ref('orders') }}", "error QN7110: the model that is referred to does not exist\n  where   models/m.sql\n  value   \"orders\"")]
    [InlineData("{{ var('x') }}", "error QN7113: the variable has no value\n  where   models/m.sql\n  value   \"x\"")]
    [InlineData("{{ config(materialized='ephemera') }}", "error QN7114: this way of materializing a model is not known\n  where   models/m.sql\n  value   \"ephemera\"")]
    public void What_does_not_exist_is_a_fault_with_its_place(string text, string expected)
    {
        var fault = ScratchFolder.FaultOf(() => Compile(("m.sql", text)));
        Assert.Equal(ExitCode.Usage, fault.ExitCode);
        Assert.Equal(expected, fault.ToString());
    }

    [Fact]
    public void Two_models_of_one_name_are_a_fault()
    {
        var fault = ScratchFolder.FaultOf(() => Compile(("a/orders.sql", "select 1"), ("b/orders.sql", "select 2")));
        Assert.Equal(
            """
            error QN7112: two models have the same name
              where   models/a/orders.sql and models/b/orders.sql
              value   "orders"
            """,
            fault.ToString());
    }

    static IReadOnlyList<CompiledModel> Compile(params (string Path, string Text)[] models) =>
        new Compiler(Make("name: p", models), new Dictionary<string, object?>(), (schema, name) => $"<{schema}|{name}>")
            .Compile();

    static Project Make(string settings, (string Path, string Text)[] models, (string Path, string Text)[]? macros = null) =>
        new(
        "/p",
        ProjectSettings.Parse(settings, "dbt_project.yml"),
        [.. models.Select(m => new ProjectFile($"models/{m.Path}", m.Path, m.Text)).OrderBy(m => m.Path, StringComparer.Ordinal)],
        [.. (macros ?? []).Select(m => new ProjectFile($"macros/{m.Path}", m.Path, m.Text))]);
}
