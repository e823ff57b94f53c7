using Quern.Jinja.Values;
using Quern.Models.Results;
using Quern.Models.Seeds;

namespace Quern.Tests.Models;

public sealed class SeedTests : IDisposable
{
    readonly TestProject _project = new();

    public void Dispose() => _project.Dispose();

    [Theory]
    [InlineData("INTEGER", "1", "-2", "", "NULL", " 7 ")]
    [InlineData("INTEGER", "", "null")]
    [InlineData("INTEGER", "007")]
    [InlineData("BIGINT", "2147483648")]
    [InlineData("INTEGER", "2147483647", "-2147483648")]
    [InlineData("HUGEINT", "9223372036854775808")]
    [InlineData("DOUBLE", "1", "2.5", "1e3", ".5")]
    [InlineData("DATE", "2024-01-02", "")]
    [InlineData("TIMESTAMP", "2024-01-02 03:04:05")]
    [InlineData("TIMESTAMP", "2024-01-02T03:04:05")]
    [InlineData("VARCHAR", "2024-01-02", "1")]
    [InlineData("VARCHAR", "1", "2024-01-02")]
    [InlineData("VARCHAR", "2024-13-02")]
    [InlineData("BOOLEAN", "true", "False", "")]
    [InlineData("VARCHAR", "true", "yes")]
    [InlineData("VARCHAR", "1", "x")]
    [InlineData("VARCHAR", "1,000")]
    public void The_type_of_a_column_is_the_first_that_all_values_fit(string type, params string[] values)
    {
        var types = new SeedTypes();
        foreach (var value in values) types.Add(value);
        Assert.Equal(type, types.Type);
    }

    [Fact]
    public void A_seed_whose_quote_is_never_closed_is_refused_and_its_table_stays()
    {
        _project.Seed("s", "id,name\n1,x\n");
        MaterializationTests.Ok(_project.Run());
        _project.Folder.Write("seeds/s.csv", "id,name\n1,x\n2,\"y\n3,z\n4,w\n");
        var result = Assert.Single(_project.Run().Results);
        Assert.Equal(("QN2015", "seeds/s.csv line 3 (byte 12)"), (result.Fault?.Code, result.Fault?.Where));
        Assert.Equal(["1|x"], _project.Rows("from s"));
    }

    [Fact]
    public void A_blank_line_of_a_single_column_is_a_missing_value()
    {
        _project.Seed("s", "id\n1\n\n2\n");
        MaterializationTests.Ok(_project.Run());
        Assert.Equal(["1", "2", "-"], _project.Rows("select id from s order by id nulls last"));
    }

    [Fact]
    public void A_seed_that_is_not_UTF8_is_refused_with_its_line()
    {
        _project.Seed("s", "id\n1\n");
        _project.Folder.Write("seeds/s.csv", System.Text.Encoding.Latin1.GetBytes("id,name\n1,x\n2,é\n"));
        var fault = Assert.Single(_project.Run().Results).Fault;
        Assert.Equal(("QN2013", "seeds/s.csv line 3 (byte 14), column 2 \"name\"", "\"\uFFFD\", byte 0xE9"), (fault?.Code, fault?.Where, fault?.Value));
        _project.Folder.Write("seeds/s.csv", System.Text.Encoding.Unicode.GetPreamble().Concat(System.Text.Encoding.Unicode.GetBytes("id\n1\n")).ToArray());
        Assert.Equal("the file is UTF-16", Assert.Single(_project.Run().Results).Fault?.What);
    }

    [Fact]
    public void A_seed_is_made_emptied_and_made_anew()
    {
        _project.Seed("s", "id,name,day\n1,\"a, \"\"b\"\"\nc\",2024-01-02\n2,,\n");
        Assert.Equal("INSERT 2", Run().Message);
        Assert.Equal(["main.s base table id INTEGER, name VARCHAR, day DATE"], _project.Relations());
        Assert.Equal(["1|a, \"b\"\nc|2024-01-02", "2|-|-"], _project.Rows("select id, name, day::varchar from s"));
        Set("day,id,name\n2024-05-06,9,z\n");
        Assert.Equal("INSERT 1", Run().Message);
        Assert.Equal(["9|z|2024-05-06"], _project.Rows("select id, name, day::varchar from s"));
        Set("id,extra\n1,2.5\n");
        var error = Run();
        Assert.Equal(("QN7241", "id, extra", "id, name, day"), (error.Fault!.Code, error.Fault.Value, error.Fault.Wanted));
        Assert.Equal(["9|z|2024-05-06"], _project.Rows("select id, name, day::varchar from s"));
        _project.FullRefresh = true;
        var made = Run();
        Assert.Equal(("CREATE 1", 1L, "CREATE"), (made.Message, made.Rows, made.Response["code"]));
        Assert.Equal(["main.s base table id INTEGER, extra DOUBLE"], _project.Relations());
    }

    [Fact]
    public void Types_delimiter_and_byte_order_mark_are_respected()
    {
        _project.Seed(
            "s", "\uFEFFid;sku;unused\r\n1;007;\r\n", ("delimiter", ";"),
            ("column_types", new Dict { ["sku"] = "varchar(4)", ["nowhere"] = "date" }));
        Assert.Equal(NodeStatus.Success, Run().Status);
        Assert.Equal(["main.s base table id INTEGER, sku VARCHAR, unused INTEGER"], _project.Relations());
        Assert.Equal(["1|007|-"], _project.Rows("from s"));
    }

    [Fact]
    public void A_seed_without_rows_is_an_empty_table()
    {
        _project.Seed("s", "a,b\n");
        Assert.Equal("INSERT 0", Run().Message);
        Assert.Equal(["main.s base table a INTEGER, b INTEGER"], _project.Relations());
    }

    [Theory]
    [InlineData("", "a seed begins with a line of column names: the file is empty")]
    [InlineData("a,,c\n1,2,3\n", "a seed begins with a line of column names: a column has no name")]
    [InlineData("a,\"b\n1,2\n", "a seed begins with a line of column names: a quote in it is not closed, or a name goes on behind its quote")]
    [InlineData("a,A\n1,2\n", "a seed begins with a line of column names: the column `a` comes twice")]
    public void A_header_that_is_none_is_an_error(string csv, string what)
    {
        _project.Seed("s", csv);
        var result = Run();
        Assert.Equal(("QN7242", what, "seeds/s.csv line 1"), (result.Fault!.Code, result.Fault.What, result.Fault.Where));
    }

    [Fact]
    public void A_record_of_another_width_is_refused_with_its_line()
    {
        _project.Seed("s", "a,b\n1,\"x\ny\"\n2,y,z\n");
        var fault = Run().Fault;
        Assert.Equal(("QN3106", "seeds/s.csv line 4 (byte 12)", "3 fields"), (fault?.Code, fault?.Where, fault?.Value));
    }

    [Theory]
    [InlineData("||")]
    [InlineData("\"")]
    public void A_delimiter_that_is_none_is_an_error(string delimiter)
    {
        _project.Seed("s", "a\n1\n", ("delimiter", delimiter));
        Assert.Equal("QN7242", Run().Fault?.Code);
    }

    [Fact]
    public void A_view_of_the_name_stays()
    {
        _project.Execute("create view s as select 1");
        _project.Seed("s", "a\n1\n");
        Assert.Equal("QN7240", Run().Fault!.Code);
        Assert.Equal(["1"], _project.Rows("from s"));
    }

    [Fact]
    public void A_value_that_does_not_fit_leaves_the_old_rows()
    {
        _project.Seed("s", "a\n1\n");
        Run();
        Set("a\nx\n");
        var fault = Run().Fault;
        Assert.Equal(("QN3001", "seeds/s.csv line 2 (byte 2), column 1 \"a\"", "\"x\""), (fault?.Code, fault?.Where, fault?.Value));
        Assert.Equal(["1"], _project.Rows("from s"));
    }

    NodeResult Run() => Assert.Single(_project.Run().Results);

    void Set(string csv) => _project.Folder.Write("seeds/s.csv", csv);
}
