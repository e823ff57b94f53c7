using Quern.Jinja.Values;
using Quern.Models.Results;

namespace Quern.Tests.Models;

public sealed class MaterializationTests : IDisposable
{
    readonly TestProject _project = new();

    public void Dispose() => _project.Dispose();

    [Theory]
    [InlineData("view", "table")]
    [InlineData("table", "view")]
    [InlineData("table", "table")]
    [InlineData("view", "view")]
    [InlineData("view", "incremental")]
    [InlineData("external", "table")]
    [InlineData("table", "external")]
    public void A_relation_may_change_its_kind(string first, string then)
    {
        _project.Model("m", "select 1 as a", first);
        Ok(_project.Run());
        _project.Clear();
        _project.Model("m", "select 'x' as b, 2 as c", then);
        Ok(_project.Run());
        var kind = then is "view" or "external" ? "view" : "base table";
        Assert.Equal([$"main.m {kind} b VARCHAR, c INTEGER"], _project.Relations());
        Assert.Equal(["x|2"], _project.Rows("from m"));
    }

    [Fact]
    public void A_view_that_becomes_a_table_may_read_itself()
    {
        _project.Model("m", "select 1 as a", "view");
        Ok(_project.Run());
        _project.Clear();
        _project.Model("m", "select a + 1 as a from {{ this }}");
        Ok(_project.Run());
        Ok(_project.Run());
        Assert.Equal(["3"], _project.Rows("from m"));
    }

    [Fact]
    public void A_failing_build_leaves_the_old_table_with_its_indexes()
    {
        _project.Model("m", "select 1 as a", "table", Index("a"));
        Ok(_project.Run());
        _project.Clear();
        _project.Model("m", "select * from range(10) r(a)", "table", Index("a"), ("post_hook", "select nope"));
        Assert.True(_project.Run().HasFailed);
        Assert.Equal(["1"], _project.Rows("from m"));
        Assert.Equal(["1"], _project.Rows("select count(*) from duckdb_indexes()"));
    }

    [Fact]
    public void Leftovers_of_an_interrupted_run_are_dropped()
    {
        _project.Execute("create table m__dbt_tmp as select 1; create view m__dbt_backup as select 2");
        _project.Model("m", "select 1 as a");
        Ok(_project.Run());
        Assert.Equal(["main.m base table a INTEGER"], _project.Relations());
    }

    [Fact]
    public void Indexes_are_made_again_with_each_build_and_unknown_keys_get_one_warning()
    {
        foreach (var name in new[] { "m", "n" }) _project.Model(name, "select 1 as a, 2 as b", "table", Index("a"), ("post_hook", "select 1"));
        Ok(_project.Run());
        Ok(_project.Run());
        Assert.Equal(["2"], _project.Rows("select count(*) from duckdb_indexes()"));
        var warning = Assert.Single(_project.Warnings.Distinct());
        Assert.Equal(("QN7211", "the key `type` of an entry of `indexes` means nothing for DuckDB"), warning);
    }

    [Fact]
    public void A_contract_is_checked_and_makes_the_table_with_its_constraints()
    {
        var node = _project.Model("m", "select 'x' as b, 1::bigint as a", "table", ("contract", new Dict { ["enforced"] = true }));
        node.Columns["a"] = new Quern.Projects.Nodes.ColumnInfo
        {
            Name = "a",
            DataType = "int8",
            Constraints = [new Dict { ["type"] = "not_null" }, new Dict { ["type"] = "check", ["expression"] = "a > 0" }],
        };
        node.Columns["b"] = new Quern.Projects.Nodes.ColumnInfo { Name = "b", DataType = "text" };
        Ok(_project.Run());
        Assert.Equal(["main.m base table a BIGINT, b VARCHAR"], _project.Relations());
        Assert.Equal(["NOT NULL", "CHECK"], _project.Rows("select constraint_type from duckdb_constraints() order by constraint_index desc").Take(2).Order().Reverse());
    }

    [Fact]
    public void A_broken_contract_names_each_difference()
    {
        var node = _project.Model("m", "select 1 as a, 2 as c", "table", ("contract", new Dict { ["enforced"] = true }));
        node.Columns["a"] = new Quern.Projects.Nodes.ColumnInfo { Name = "a", DataType = "varchar" };
        node.Columns["b"] = new Quern.Projects.Nodes.ColumnInfo { Name = "b", DataType = "date" };
        var fault = Assert.Single(_project.Run().Results).Fault!;
        Assert.Equal("QN7221", fault.Code);
        Assert.Equal("a is INTEGER, not VARCHAR\nb DATE is missing\nc INTEGER is not promised", fault.Value);
        Assert.Empty(_project.Relations());
    }

    [Fact]
    public void Descriptions_become_comments_where_asked_for()
    {
        var node = _project.Model("m", "select 1 as a", "view", ("persist_docs", new Dict { ["relation"] = true, ["columns"] = true }));
        node.Description = "it's m";
        node.Columns["A"] = new Quern.Projects.Nodes.ColumnInfo { Name = "A", Description = "an a" };
        Ok(_project.Run());
        Assert.Equal(["it's m"], _project.Rows("select comment from duckdb_views() where view_name = 'm'"));
        Assert.Equal(["an a"], _project.Rows("select comment from duckdb_columns() where table_name = 'm'"));
    }

    [Fact]
    public void An_unknown_way_is_an_error_with_the_nearest_name()
    {
        _project.Model("m", "select 1 as a", "tabel");
        var fault = Assert.Single(_project.Run().Results).Fault!;
        Assert.Equal(("QN7114", "models/m.sql", "tabel"), (fault.Code, fault.Where, fault.Value));
        Assert.Equal(["did you mean table?"], fault.Try);
    }

    [Fact]
    public void A_project_may_bring_a_materialization_of_its_own()
    {
        using var project = new TestProject(
            """
            {% materialization doubled, default %}
              {% set target = this.incorporate(type='table') %}
              {% call statement('main') %}create or replace table {{ target }} as select * from ({{ sql }}) union all select * from ({{ sql }}){% endcall %}
              {{ return({'relations': [target]}) }}
            {% endmaterialization %}
            """);
        project.Model("m", "select 1 as a", "doubled");
        project.Model("n", "select * from {{ ref('m') }}", "view");
        Ok(project.Run());
        Assert.Equal(["1", "1"], project.Rows("from n"));
    }

    [Fact]
    public void Names_are_quoted_whatever_they_are()
    {
        _project.Model("odd", "select 1 as \"a b\"", "table", ("alias", "or\"der by"), ("indexes", new List<object?> { new Dict { ["columns"] = new List<object?> { "a b" } } }));
        _project.Model("next", "select \"a b\" from {{ ref('odd') }}", "view", ("alias", "select"));
        Ok(_project.Run());
        Ok(_project.Run());
        Assert.Equal(["1"], _project.Rows("from \"select\""));
    }

    static (string, object?) Index(string column) => ("indexes", new List<object?>
    {
        new Dict { ["columns"] = new List<object?> { column }, ["type"] = "btree" },
    });

    internal static void Ok(RunResults run) =>
        Assert.All(run.Results, r => Assert.True(r.Status is NodeStatus.Success or NodeStatus.Pass, $"{r.Node}: {r.Status} {r.Message}"));
}
