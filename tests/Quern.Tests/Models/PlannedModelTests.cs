using Quern.Duck;
using Quern.Models;
using Quern.Projects;
using Quern.Projects.Warehouses;
using Quern.Tests.Duck;
using Quern.Tests.Files;

namespace Quern.Tests.Models;

public sealed class PlannedModelTests : IDisposable
{
    readonly ScratchFolder _folder = new();
    readonly Warehouse _warehouse = new(DuckDatabase.Open(TestDuck.Options), []);

    public void Dispose()
    {
        _warehouse.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Each_model_comes_behind_those_it_reads_and_otherwise_in_the_order_of_their_files()
    {
        Write("z/first", "select 1");
        Write("b", "select * from {{ ref('first') }}, {{ ref('a') }}, {{ ref('first') }}");
        Write("a", "select 2");
        Write("c", "select 3");
        Write("aa", "select * from {{ ref('b') }}");
        var models = Plan("aa", "b", "a", "c", "first");
        Assert.Equal(["a", "first", "b", "aa", "c"], models.Select(m => m.Node.Name));
        Assert.Equal(
            """select * from "memory"."main"."first", "memory"."main"."a", "memory"."main"."first" """.TrimEnd(), models[2].Sql);
    }

    [Fact]
    public void Only_what_the_wanted_ones_need_is_planned()
    {
        Write("a", "select 1");
        Write("b", "select * from {{ ref('a') }}");
        Write("c", "select * from {{ ref('b') }}");
        Write("broken", "{{ missing() }}");
        Assert.Equal(["a", "b"], Plan("b").Select(m => m.Node.Name));
    }

    [Fact]
    public void Views_and_tables_are_made_by_their_statements()
    {
        Write("v", "select 1 as x");
        Write("t", "{{ config(materialized='table') }}\nselect * from {{ ref('v') }}");
        var models = Plan("t");
        Assert.Equal([("v", false), ("t", true)], models.Select(m => (m.Node.Name, m.IsTable)));
        Assert.Equal(
            ["create or replace view \"memory\".\"main\".\"v\" as\nselect 1 as x",
            "create or replace table \"memory\".\"main\".\"t\" as\nselect * from \"memory\".\"main\".\"v\""],
            models.Select(m => m.Statement));
    }

    [Fact]
    public void A_model_that_may_be_built_in_parts_names_their_columns()
    {
        Write("a", "select count(*) from range(3) where {{ batch('x.day') }} or {{ batch('y') }}");
        Write("b", "select 1 /* batch */");
        var models = Plan("a", "b");
        Assert.Equal([true, false], models.Select(m => m.IsBatched));
        Assert.Equal("select count(*) from range(3) where <x.day> or <y>", models[0].SqlOf(c => $"<{c}>"));
        Assert.Equal(models[1].Sql, models[1].SqlOf(_ => throw new InvalidOperationException()));
        using var session = TestDuck.Memory();
        Assert.Equal(3, session.Scalar<long>(models[0].Sql));
    }

    [Fact]
    public void What_is_neither_view_nor_table_cannot_be_planned()
    {
        Write("m", "{{ config(materialized='incremental') }}select 1");
        Assert.Equal(
            """
            error QN7114: this way of materializing a model is not known
              where   models/m.sql
              value   "incremental"
              wanted  view or table: what is built in one go
            """,
            ScratchFolder.FaultOf(() => Plan("m")).ToString());
    }

    void Write(string name, string sql) => _folder.Write($"models/{name}.sql", sql);

    // No profiles.yml: the target is given.
    IReadOnlyList<PlannedModel> Plan(params string[] wanted)
    {
        _folder.Write("dbt_project.yml", "name: shop");
        using var session = _warehouse.Connect();
        var project = ProjectLoader.Load(new Invocation
        {
            ProjectFolder = _folder.Path,
            WorkingDirectory = _folder.Path,
            Which = "build",
            GivenTarget = new Target { ProfileName = "shop", Name = "given", Database = "memory" },
            Functions = [BatchMark.Function],
            Environment = _ => null,
            StartedAt = DateTimeOffset.UnixEpoch,
        });
        Assert.Equal("given", project.Set.Target.Name);
        return PlannedModel.Of(project, [.. wanted.Select(name => $"model.shop.{name}")], session);
    }
}
