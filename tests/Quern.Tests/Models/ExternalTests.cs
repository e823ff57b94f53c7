using Quern.Jinja.Values;

namespace Quern.Tests.Models;

public sealed class ExternalTests : IDisposable
{
    readonly TestProject _project = new();

    public void Dispose() => _project.Dispose();

    [Theory]
    [InlineData("parquet", "main.m view id INTEGER, name VARCHAR")]
    [InlineData("csv", "main.m view id BIGINT, name VARCHAR")]
    [InlineData("json", "main.m view id BIGINT, name VARCHAR")]
    public void A_model_becomes_a_file_and_a_view_over_it(string format, string relation)
    {
        _project.Model("m", "select 1 as id, 'a,\"b\"' as name union all select 2, null", "external", ("format", format));
        _project.Model("n", "select count(*) as n from {{ ref('m') }}");
        MaterializationTests.Ok(_project.Run());
        Assert.True(System.IO.File.Exists(_project.Folder[$"m.{format}"]));
        Assert.Equal(["1|a,\"b\"", "2|-"], _project.Rows("from m order by id"));
        Assert.Equal(["2"], _project.Rows("from n"));
        Assert.Equal([relation, "main.n base table n BIGINT"], _project.Relations());
        Assert.Single(_project.Files);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_was_there_comes_back_when_the_transaction_fails(bool isFolder)
    {
        (string, object?)[] plain = isFolder ? [("options", new Dict { ["partition_by"] = "id" })] : [];
        _project.Model("m", "select 1 as id, 'old' as name", "external", plain);
        MaterializationTests.Ok(_project.Run());
        _project.Clear();
        _project.Model("m", "select 2 as id, 'new' as name", "external", [.. plain, ("post-hook", "select * from nowhere")]);
        Assert.True(_project.Run().HasFailed);
        Assert.Equal(["1|old"], _project.Rows("select id, name from m"));
        Assert.Single(_project.Files);
        _project.Clear();
        _project.Model("m", "select 3 as id, 'newer' as name", "external", plain);
        MaterializationTests.Ok(_project.Run());
        Assert.Equal(["3|newer"], _project.Rows("select id, name from m"));
        Assert.Single(_project.Files);
    }

    [Fact]
    public void A_model_that_fails_the_first_time_leaves_no_file()
    {
        _project.Model("m", "select 1 as id", "external", ("post-hook", "select * from nowhere"));
        Assert.True(_project.Run().HasFailed);
        Assert.Empty(_project.Files);
    }

    [Theory]
    [InlineData("parquet")]
    [InlineData("csv")]
    [InlineData("json")]
    public void An_empty_result_is_an_empty_relation(string format)
    {
        _project.Model("m", "select 1 as id, 'a' as name where false", "external", ("format", format));
        MaterializationTests.Ok(_project.Run());
        Assert.Equal(["0"], _project.Rows("select count(*) from m"));
        Assert.Equal(["id", "name"], _project.Rows("select column_name from (describe m)"));
    }

    [Fact]
    public void The_place_may_be_a_template_and_gives_the_format()
    {
        _project.Model("m", "select 1 as id, 2 as v", "external", ("location", "{{ 'out' }}_{{ this.name }}.csv"), ("delimiter", "|"), ("options", new Dict { ["header"] = true }));
        MaterializationTests.Ok(_project.Run());
        Assert.Equal("id|v\n1|2\n", System.IO.File.ReadAllText(_project.Folder["out_m.csv"]));
        Assert.Equal(["1|2"], _project.Rows("from m"));
    }

    [Fact]
    public void Partitions_are_folders_and_are_replaced_as_a_whole()
    {
        var options = ("options", (object?)new Dict { ["partition_by"] = "year, month", ["codec"] = "zstd" });
        _project.Model("m", "select range as id, 2024 as year, range % 3 as month from range(9)", "external", options);
        MaterializationTests.Ok(_project.Run());
        Assert.Equal(["0|3", "1|3", "2|3"], _project.Rows("select month, count(*) from m group by all order by 1"));
        Assert.Equal(3, Directory.GetDirectories(_project.Folder["m.parquet/year=2024"]).Length);
        _project.Clear();
        _project.Model("m", "select 1 as id, 2025 as year, 1 as month", "external", options);
        MaterializationTests.Ok(_project.Run());
        Assert.Equal(["1|2025|1"], _project.Rows("select id, year, month from m"));
        Assert.False(Directory.Exists(_project.Folder["m.parquet/year=2024"]));
    }

    [Fact]
    public void A_failing_query_leaves_the_old_file()
    {
        _project.Model("m", "select 1 as id", "external");
        MaterializationTests.Ok(_project.Run());
        var before = System.IO.File.ReadAllBytes(_project.Folder["m.parquet"]);
        _project.Clear();
        _project.Model("m", "select (case when range < 90000 then 1 else error('no') end)::int as id from range(100000)", "external");
        Assert.True(_project.Run().HasFailed);
        Assert.Equal(before, System.IO.File.ReadAllBytes(_project.Folder["m.parquet"]));
        Assert.Equal(["m.parquet"], _project.Files);
    }

    [Fact]
    public void A_model_may_read_the_file_that_it_replaces()
    {
        _project.Model("m", "select 1 as id", "external");
        MaterializationTests.Ok(_project.Run());
        _project.Clear();
        _project.Model("m", "select id + 1 as id from {{ this }}", "external");
        MaterializationTests.Ok(_project.Run());
        Assert.Equal(["2"], _project.Rows("from m"));
    }

    [Fact]
    public void An_unknown_format_is_an_error()
    {
        _project.Model("m", "select 1 as id", "external", ("format", "xlsx"));
        Assert.Equal(("QN7260", "xlsx"), (_project.Run().Results[0].Fault!.Code, _project.Run().Results[0].Fault!.Value));
    }
}
