using Quern.Jinja.Values;
using Quern.Projects.Nodes;

namespace Quern.Tests.Projects.Reading;

public sealed class ManifestTests
{
    [Fact]
    public void A_missing_ref_is_an_error_with_the_nearest_name()
    {
        using var project = new ProjectFolder().Write("models/orders.sql", "select 1").Write("models/b.sql", "select * from {{ ref('order') }}");
        Assert.Equal(
            """
            error QN7110: the model that is referred to does not exist
              where   model.shop.b (models/b.sql)
              value   "order"
              try     ref('orders')
            """,
            project.Fault());
    }

    [Fact]
    public void A_missing_source_is_an_error_with_the_nearest_name()
    {
        using var project = new ProjectFolder().Write("models/s.yml", "sources: [{name: raw, tables: [{name: orders}]}]\n").Write("models/b.sql", "select * from {{ source('raw', 'order') }}");
        Assert.Equal("error QN7121: the source that is referred to does not exist\n  where   model.shop.b (models/b.sql)\n  value   \"raw.order\"\n  try     source('raw', 'orders')", project.Fault());
    }

    [Fact]
    public void A_ref_to_a_disabled_model_is_an_error_unless_its_reader_is_disabled_too()
    {
        using var project = new ProjectFolder().Write("models/a.sql", "{{ config(enabled=false) }} select 1").Write("models/b.sql", "{{ config(enabled=var('b', true)) }} select * from {{ ref('a') }}");
        Assert.Equal("QN7189", Assert.Throws<QuernException>(() => project.Read()).Fault.Code);
        Assert.Empty(project.Read("{b: false}").Nodes);
    }

    [Fact]
    public void Models_that_read_each_other_are_an_error_that_names_the_circle()
    {
        using var project = new ProjectFolder()
            .Write("models/a.sql", "{{ ref('c') }}").Write("models/b.sql", "{{ ref('a') }}").Write("models/c.sql", "{{ ref('b') }}").Write("models/d.sql", "{{ ref('a') }}");
        Assert.Contains("value   model.shop.a -> model.shop.c -> model.shop.b -> model.shop.a", project.Fault());
    }

    [Fact]
    public void A_long_chain_of_models_is_no_trouble()
    {
        using var project = new ProjectFolder().Write("models/m0.sql", "select 1");
        for (var i = 1; i < 400; i++) project.Write(FormattableString.Invariant($"models/m{i}.sql"), FormattableString.Invariant($"select * from {{{{ ref('m{i - 1}') }}}}"));
        Assert.Equal(400, project.Read().Nodes.Count);
    }

    [Theory]
    [InlineData("models/a.sql", "models/x/a.sql", "QN7112")]
    [InlineData("models/a.sql", "seeds/a.csv", "QN7112")]
    public void Two_of_one_name_are_an_error(string first, string second, string code)
    {
        using var project = new ProjectFolder().Write(first, "select 1").Write(second, "a\n1\n");
        var fault = project.Fault();
        Assert.StartsWith($"error {code}: two models have the same name\n  where   {first} and {second}", fault);
    }

    [Fact]
    public void Two_models_of_one_relation_are_an_error()
    {
        using var project = new ProjectFolder().Write("models/a.sql", "{{ config(alias='X') }} select 1").Write("models/x.sql", "select 1");
        Assert.StartsWith("error QN7191: two models make the same relation\n  where   models/a.sql and models/x.sql\n  value   shop.main.x", project.Fault());
    }

    [Fact]
    public void A_broken_section_is_passed_over_with_a_warning_and_the_rest_is_read()
    {
        using var project = new ProjectFolder().Write("models/a.sql", "select 1")
            .Write("models/x.yml", "version: 2\ndata_tests:\n  some: map\nmodels:\n- nome: a\n- name: a\n  description: yes it is\n  tests: {not_null: x}\n- text\nmetrics: [{name: m}]\n");
        Assert.Equal("yes it is", project.Node("model.shop.a").Description);
        Assert.Equal(
            [
                "QN7182 models/x.yml line 3, column 3: part of the file is not read: data_tests is a list of entries that begin with `- name:`",
                "QN7182 models/x.yml line 5, column 3: part of the file is not read: an entry of models is a mapping with a name",
                "QN7182 models/x.yml line 8, column 10: part of the file is not read: tests is a list of tests",
                "QN7182 models/x.yml line 9, column 3: part of the file is not read: an entry of models is a mapping with a name",
                "QN7183 models/x.yml line 10, column 1: the section metrics is passed over: nothing in it is run",
            ],
            project.Warnings);
    }

    [Fact]
    public void YAML_that_cannot_be_read_is_an_error_with_its_place()
    {
        using var project = new ProjectFolder().Write("models/sub/x.yml", "models:\n  - name: a\n    columns: [\n");
        Assert.StartsWith("error QN7102: this is not YAML\n  where   models/sub/x.yml line ", project.Fault());
    }

    [Fact]
    public void What_YAML_describes_and_nobody_wrote_is_a_warning()
    {
        using var project = new ProjectFolder().Write("models/x.yml", "models: [{name: gone, columns: [{name: c, tests: [unique]}]}]\n");
        Assert.Empty(project.Read().Nodes);
        Assert.Equal(["QN7190 models/x.yml:1: models describes gone, which does not exist"], project.Warnings);
    }

    [Fact]
    public void Two_entries_for_one_model_are_an_error()
    {
        using var project = new ProjectFolder().Write("models/a.sql", "select 1").Write("models/x.yml", "models: [{name: a}]\n").Write("models/y.yaml", "models: [{name: a}]\n");
        Assert.StartsWith("error QN7181: two entries describe the same resource\n  where   models/x.yml:1 and models/y.yaml:1", project.Fault());
    }

    [Fact]
    public void A_model_may_have_versions()
    {
        using var project = new ProjectFolder()
            .Write("models/dim_v1.sql", "select 1 as a").Write("models/dim_v2.sql", "select 2 as a").Write("models/named.sql", "select 3")
            .Write("models/user.sql", "select * from {{ ref('dim') }} join {{ ref('dim', v=1) }} using (a)")
            .Write("models/x.yml", """
                models:
                - name: dim
                  latest_version: 2
                  config: {materialized: table}
                  columns: [{name: a, tests: [unique]}, {name: b, tests: [not_null]}]
                  versions:
                  - {v: 1, config: {materialized: view}, columns: [{include: all, exclude: [b]}]}
                  - v: 2
                  - {v: 3, defined_in: named}
                """);
        var manifest = project.Read();
        Assert.Equal(["model.shop.dim.v2", "model.shop.dim.v1"], manifest.Nodes["model.shop.user"].DependsOn);
        var (one, three) = (manifest.Nodes["model.shop.dim.v1"], manifest.Nodes["model.shop.dim.v3"]);
        Assert.Equal(("dim", "dim_v1", "view", 1L, 2L), (one.Name, one.Alias, one.Config.Materialized, one.Version, one.LatestVersion));
        Assert.Equal(("dim", "dim_v3", "table", "select 3"), (three.Name, three.Alias, three.Config.Materialized, three.RawCode));
        Assert.Equal(["shop", "dim", "v1"], one.Path);
        Assert.Equal(
            ["not_null_dim_v2_b", "not_null_dim_v3_b", "unique_dim_v1_a", "unique_dim_v2_a", "unique_dim_v3_a"],
            manifest.Nodes.Values.Where(n => n.Test is not null).Select(n => n.Name).Order());
    }

    [Fact]
    public void A_snapshot_may_be_a_block_or_YAML()
    {
        using var project = new ProjectFolder().Write("models/a.sql", "select 1")
            .Write("snapshots/s.sql", "{% snapshot one %}\n{{ config(unique_key='id', strategy='check', check_cols='all', target_schema='hist') }}\nselect * from {{ ref('a') }}\n{% endsnapshot %}\n{% snapshot two %}select 2{% endsnapshot %}")
            .Write("snapshots/y.yml", "snapshots:\n- name: three\n  relation: ref('a')\n  config: {schema: h, unique_key: id, strategy: timestamp, updated_at: t}\n- name: two\n  description: second\n");
        var manifest = project.Read();
        var (one, three) = (manifest.Nodes["snapshot.shop.one"], manifest.Nodes["snapshot.shop.three"]);
        Assert.Equal(("hist", "check"), (one.Schema, one.Config.Text("strategy")));
        Assert.Equal(["shop", "s", "one"], one.Path);
        Assert.Equal(("main_h", "select * from {{ ref('a') }}"), (three.Schema, three.RawCode));
        Assert.Equal(["shop", "three"], three.Path);
        Assert.Equal(["model.shop.a"], three.DependsOn);
        Assert.Equal(("second", 5), (manifest.Nodes["snapshot.shop.two"].Description, manifest.Nodes["snapshot.shop.two"].Line));
    }

    [Theory]
    [InlineData("meta: {external_location: 'data/{name}.parquet'}", "", "'data/t.parquet'")]
    [InlineData("config: {external_location: 'data/{name}.parquet'}", "config: {external_location: \"read_csv('x/{identifier}.csv', header=true)\"}, identifier: i", "read_csv('x/i.csv', header=true)")]
    [InlineData("config: {meta: {external_location: \"'q.csv'\"}}", "", "'q.csv'")]
    [InlineData("meta: {external_location: '%(schema)s/%(name)s.csv', formatter: oldstyle}", "", "'s/t.csv'")]
    [InlineData("meta: {external_location: '$schema/${name}.csv', formatter: template}", "", "'s/t.csv'")]
    [InlineData("external: {location: 'lake/{name}/', file_format: parquet}", "", "read_parquet('lake/t/*.parquet')")]
    [InlineData("", "external: {location: 'lake/x.csv'}", "'lake/x.csv'")]
    [InlineData("external: {location: 'lake/{name}/', file_format: csv}", "", "'lake/t/*.csv'")]
    [InlineData("external: {location: 'lake/{name}.txt', file_format: csv}", "", "read_csv('lake/t.txt')")]
    [InlineData("schema: other", "", null)]
    public void A_source_may_lie_in_files(string source, string table, string? location)
    {
        using var project = new ProjectFolder().Write("models/s.yml", $"sources:\n- name: s\n  {source}\n  tables:\n  - {{name: t, {table}}}\n");
        Assert.Equal(location, project.Read().Sources["source.shop.s.t"].ExternalLocation);
    }

    [Fact]
    public void Exposures_and_unit_tests_are_read_and_linked()
    {
        using var project = new ProjectFolder().Write("models/a.sql", "select 1").Write("models/x.yml", """
            exposures:
            - name: board
              type: dashboard
              owner: {name: me}
              meta: {tool: x}
              depends_on: [ref('a'), "source('s', 't')"]
            sources: [{name: s, tables: [{name: t}]}]
            unit_tests:
            - name: adds
              model: a
              given: [{input: ref('b'), rows: [{x: 1}]}, {input: this, format: csv, fixture: f}]
              expect: {rows: [{x: 2}]}
              overrides: {vars: {v: 1}}
            - {name: broken, model: a}
            """);
        var manifest = project.Read();
        Assert.Equal(["model.shop.a", "source.shop.s.t"], manifest.Exposures["exposure.shop.board"].DependsOn);
        Assert.Equal("x", manifest.Exposures["exposure.shop.board"].Meta["tool"]);
        var test = manifest.UnitTests["unit_test.shop.a.adds"];
        Assert.Equal(["model.shop.a"], test.DependsOn);
        Assert.Equal(["ref('b') dict  [{'x': 1}]", "this csv f None"], test.Given.Select(g => $"{g.Input} {g.Format} {g.FixtureFile} {PythonText.Of(g.Rows)}"));
        Assert.Equal(["shop", "models", "a", "adds"], test.Path);
        Assert.Equal("QN7182 models/x.yml line 14, column 3: part of the file is not read: a unit test has a name, a model, given and expect", project.Warnings.Single());
    }

    [Fact]
    public void A_ref_names_its_package_or_means_the_root_first()
    {
        using var project = new ProjectFolder()
            .Write("dbt_packages/uno/dbt_project.yml", "name: uno\n").Write("dbt_packages/uno/models/a.sql", "{{ config(schema='u') }} select 1")
            .Write("dbt_packages/uno/models/only.sql", "select 1")
            .Write("models/a.sql", "select 1").Write("models/b.sql", "{{ ref('a') }} {{ ref('uno', 'a') }} {{ ref('only') }}");
        Assert.Equal(["model.shop.a", "model.uno.a", "model.uno.only"], project.Node("model.shop.b").DependsOn);
    }

    [Fact]
    public void A_model_in_Python_is_known_with_what_its_text_names()
    {
        using var project = new ProjectFolder().Write("models/a.sql", "select 1").Write("models/v.yml", "models: [{name: w, versions: [{v: 1}, {v: 2}]}]\nsources: [{name: s, tables: [{name: t}]}]\n")
            .Write("models/w_v1.sql", "select 1").Write("models/w_v2.sql", "select 1")
            .Write("models/p.py",
            """
            # dbt.ref("nothing")
            def model(dbt, session):
                dbt.config(
                    materialized = "incremental", tags=["x", 'y'], packages=["numpy==1.23"], enabled=True, lookback=3
                )
                a, b = dbt.ref('a'), dbt.ref("shop", "w", v=1)
                return dbt . source( "s", 't' ).filter(f"{a}(")
            """);
        var node = project.Node("model.shop.p");
        Assert.Equal(["model.shop.a", "model.shop.w.v1", "source.shop.s.t"], node.DependsOn);
        Assert.Equal(("python", "incremental", 3L), (node.Language, node.Config.Materialized, node.Config["lookback"]));
        Assert.Equal(["x", "y"], node.Tags);
        project.Write("models/q.py", "def model(dbt, session): pass");
        Assert.Equal("table", project.Node("model.shop.q").Config.Materialized);
    }

    [Fact]
    public void A_missing_docs_block_is_an_error()
    {
        using var project = new ProjectFolder().Write("models/a.sql", "select 1").Write("models/d.md", "{% docs about %} x {% enddocs %}")
            .Write("models/x.yml", "models: [{name: a, description: \"{{ doc('abuot') }}\"}]\n");
        Assert.Equal("error QN7184: there is no docs block of this name\n  where   models/x.yml\n  value   \"abuot\"\n  try     doc('about')", project.Fault());
    }

    [Fact]
    public void Reading_twice_gives_the_same_in_the_same_order()
    {
        using var shop = ProjectFolder.Shop();
        Assert.Equal(Print(), Print());

        string Print() => string.Join('\n', shop.Read().Resources.Select(r => $"{r.Id} {string.Join(',', r.DependsOn)} {PythonText.Of(r.Config.Values)} {(r as Node)?.Alias}"));
    }
}
