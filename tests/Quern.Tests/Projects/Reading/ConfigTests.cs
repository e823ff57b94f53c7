using Quern.Jinja.Values;
using Quern.Projects.Nodes;

namespace Quern.Tests.Projects.Reading;

public sealed class ConfigTests
{
    const string Folders = """
        models:
          +materialized: view
          +tags: [all]
          +meta: {owner: nobody, level: 1}
          shop:
            +schema: base
            marts:
              materialized: table
              +tags: marts
              +meta: {level: 2}
              orders:
                +alias: all_orders
        """;

    [Fact]
    public void Each_deeper_level_wins_and_lists_and_dicts_add_up()
    {
        using var project = new ProjectFolder(Folders).Write("models/marts/orders.sql", "select 1").Write("models/other.sql", "select 1");
        var node = project.Node("model.shop.orders");
        Assert.Equal(("table", "all_orders", "main_base"), (node.Config.Materialized, node.Alias, node.Schema));
        Assert.Equal("['all', 'marts']", PythonText.Of(node.Config["tags"]));
        Assert.Equal("{'owner': 'nobody', 'level': 2}", PythonText.Of(node.Config.Meta));
        Assert.Equal("view", project.Node("model.shop.other").Config.Materialized);
    }

    [Fact]
    public void YAML_wins_over_folders_and_the_file_over_YAML()
    {
        using var project = new ProjectFolder(Folders)
            .Write("models/marts/orders.sql", "{{ config(materialized='incremental', tags='own', meta={'file': 1}) }} select 1")
            .Write("models/x.yml", "models:\n- name: orders\n  meta: {yaml: 1}\n  config: {materialized: view, schema: yaml, tags: [yaml], alias: a}\n");
        var node = project.Node("model.shop.orders");
        Assert.Equal(("incremental", "a", "main_yaml"), (node.Config.Materialized, node.Alias, node.Schema));
        Assert.Equal(["all", "marts", "yaml", "own"], node.Tags);
        Assert.Equal("{'owner': 'nobody', 'level': 2, 'yaml': 1, 'file': 1}", PythonText.Of(node.Config.Meta));
    }

    [Theory]
    [InlineData("{sqll: select 1}", "{'sqll': 'select 1'}")]
    [InlineData("5", "5")]
    public void What_is_no_hook_is_an_error(string hook, string value)
    {
        using var project = new ProjectFolder($"models: {{shop: {{+post-hook: {hook}}}}}\n").Write("models/m.sql", "select 1");
        var fault = Assert.Throws<QuernException>(() => project.Node("model.shop.m")).Fault;
        Assert.Equal(("QN7196", value, ExitCode.Usage), (fault.Code, fault.Value, fault.ExitCode));
        Assert.Equal("dbt_project.yml, models", fault.Where);
    }

    [Theory]
    [InlineData("select 1", "models: [{name: m, config: {pre_hook: 5}}]", "models/x.yml line 1, column 28")]
    [InlineData("{{ config(pre_hook=5) }}", "", "config() of shop.m")]
    [InlineData("select 1", "models: [{name: m, tests: [{unique: {column_name: a, config: {pre_hook: 5}}}]}]", "models/x.yml line 1, column 62")]
    [InlineData("select 1", "sources: [{name: s, config: {pre_hook: 5}, tables: [{name: t}]}]", "models/x.yml line 1, column 29")]
    public void What_is_no_hook_is_told_with_its_place(string model, string yaml, string place)
    {
        using var project = new ProjectFolder().Write("models/m.sql", model).Write("models/x.yml", yaml);
        var fault = Assert.Throws<QuernException>(() => project.Read()).Fault;
        Assert.Equal(("QN7196", place), (fault.Code, fault.Where));
    }

    [Fact]
    public void Parts_of_YAML_that_are_not_read_are_told()
    {
        using var project = new ProjectFolder("").Write("models/m.sql", "select 1").Write("models/x.yml", """
            models:
            - name: m
              constraints: 4
            - name: n
              versions:
              - vv: 1
            unit_tests:
            - name: u
              model: m
              given: {input: this}
              expect: {rows: []}
            exposures:
            - name: e
              depends_on: ref('m')
            """);
        project.Node("model.shop.m");
        const string where = "part of the file is not read:";
        Assert.Contains(project.Warnings, w => w.Contains($"line 3, column 16: {where} constraints", StringComparison.Ordinal));
        Assert.Contains(project.Warnings, w => w.Contains($"line 6, column 5: {where} an entry of versions", StringComparison.Ordinal));
        Assert.Contains(project.Warnings, w => w.Contains($"line 14, column 15: {where} depends_on", StringComparison.Ordinal));
        Assert.Contains(project.Warnings, w => w.Contains($"line 10, column 10: {where} given", StringComparison.Ordinal));
    }

    [Fact]
    public void The_root_project_has_the_last_word_on_models_of_packages()
    {
        using var project = new ProjectFolder("models: {uno: {+materialized: table}}\n")
            .Write("dbt_packages/uno/dbt_project.yml", "name: uno\nmodels: {uno: {+materialized: incremental, +schema: theirs}}\n")
            .Write("dbt_packages/uno/models/a.sql", "{{ config(materialized='view') }} select 1");
        var node = project.Node("model.uno.a");
        Assert.Equal(("table", "main_theirs"), (node.Config.Materialized, node.Schema));
    }

    [Theory]
    [InlineData("+enabled: \"{{ var('wanted', false) }}\"", "", false)]
    [InlineData("+enabled: \"{{ var('wanted', false) }}\"", "{wanted: true}", true)]
    [InlineData("+enabled: \"{{ env_var('ON', 'false') }}\"", "", false)]
    [InlineData("+enabled: false", "", false)]
    public void A_folder_can_be_switched_off(string line, string vars, bool isThere)
    {
        using var project = new ProjectFolder($"models:\n  shop:\n    {line}\n").Write("models/a.sql", "select 1");
        var manifest = project.Read(vars);
        Assert.Equal(isThere, manifest.Nodes.ContainsKey("model.shop.a"));
        Assert.Equal(!isThere, manifest.Disabled.ContainsKey("model.shop.a"));
    }

    [Fact]
    public void Hooks_may_be_texts_dicts_or_lists_of_them()
    {
        using var project = new ProjectFolder("models: {shop: {+pre-hook: 'a {{ this }}', +post_hook: [{sql: b, transaction: false}]}}\n")
            .Write("models/m.sql", "{{ config(pre_hook=['c', {'sql': 'd'}], post_hook='{\"sql\": \"e\", \"transaction\": false}') }} select 1");
        var config = project.Node("model.shop.m").Config;
        Assert.Equal(
            "[{'sql': 'a {{ this }}', 'transaction': True, 'index': None}, {'sql': 'c', 'transaction': True, 'index': None}, {'sql': 'd', 'transaction': True, 'index': None}]",
            PythonText.Of(config["pre-hook"]));
        Assert.Equal(
            "[{'sql': 'b', 'transaction': False, 'index': None}, {'sql': 'e', 'transaction': False, 'index': None}]",
            PythonText.Of(config["post-hook"]));
    }

    [Fact]
    public void Configuration_that_applies_to_nothing_is_a_warning()
    {
        using var project = new ProjectFolder("models: {shop: {old: {+enabled: false}}, gone: {+tags: a}}\n").Write("models/a.sql", "select 1");
        project.Read();
        Assert.Equal(["QN7192 configuration in dbt_project.yml that applies to nothing: models.shop.old, models.gone"], project.Warnings);
    }

    [Fact]
    public void A_project_can_name_schemas_and_relations_itself()
    {
        using var project = new ProjectFolder()
            .Write("macros/names.sql", """
                {% macro generate_schema_name(custom_schema_name, node) %}{{ custom_schema_name or 'none' }}_{{ node.name }}{% endmacro %}
                {% macro generate_alias_name(custom_alias_name=none, node=none) %}  t_{{ node.name }}  {% endmacro %}
                """)
            .Write("models/a.sql", "{{ config(schema='s') }} select 1").Write("models/b.sql", "select 1");
        var manifest = project.Read();
        Assert.Equal(("s_a", "t_a"), (manifest.Nodes["model.shop.a"].Schema, manifest.Nodes["model.shop.a"].Alias));
        Assert.Equal(("none_b", "t_b"), (manifest.Nodes["model.shop.b"].Schema, manifest.Nodes["model.shop.b"].Alias));
    }

    [Fact]
    public void Tests_have_the_settings_of_dbt_unless_something_is_said()
    {
        using var project = new ProjectFolder("data_tests: {shop: {+severity: warn}}\n")
            .Write("tests/t.sql", "{{ config(limit=5) }} select 1")
            .Write("models/a.sql", "select 1");
        var config = project.Node("test.shop.t").Config;
        Assert.Equal(("warn", 5L, "count(*)", "!= 0", "test"), (config["severity"], config["limit"], config["fail_calc"], config["warn_if"], config.Materialized));
        Assert.Equal("main_dbt_test__audit", project.Node("test.shop.t").Schema);
        Assert.Equal(ResourceKind.Test, project.Node("test.shop.t").Kind);
    }
}
