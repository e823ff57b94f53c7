using Quern.Duck;

namespace Quern.Tests.Duck;

public class DuckErrorTests
{
    [Theory]
    [InlineData(
        "selec 1",
        "error QN9010: Parser Error: syntax error at or near \"selec\"\n  where   LINE 1: selec 1\n                  ^")]
    [InlineData(
        "select x from range(3)",
        "error QN9011: Binder Error: Referenced column \"x\" not found in FROM clause!\n" +
        "  where   LINE 1: select x from range(3)\n                         ^\n" +
        "  try     Candidate bindings: \"range\"")]
    [InlineData(
        "select 1,\n  nope(2)",
        "error QN9012: Catalog Error: Scalar Function with name nope does not exist!\n  where   LINE 2:   nope(2)\n                    ^\n" +
        "  try     Did you mean \"now\"?")]
    [InlineData(
        "select 'x'::int",
        "error QN9013: Conversion Error: Could not convert string 'x' to INT32\n" +
        "  where   LINE 1: select 'x'::int\n                            ^")]
    [InlineData(
        "select * from 'no-such-file.parquet'", "error QN9014: IO Error: No files found that match the pattern \"no-such-file.parquet\"")]
    [InlineData(
        "select 'é', 'x'::int",
        "error QN9013: Conversion Error: Could not convert string 'x' to INT32\n" +
        "  where   LINE 1: select 'é', 'x'::int\n                                 ^")]
    [InlineData(
        "set nonsense = 1",
        "error QN9012: Catalog Error: unrecognized configuration parameter \"nonsense\"\n" +
        "  try     Did you mean: \"nested_loop_join_threshold\"")]
    public void Tells_what_and_where_with_the_caret_below_its_place(string sql, string expected)
    {
        using var session = TestDuck.Memory();
        var thrown = Assert.Throws<QuernException>(() => session.Execute(sql));
        Assert.Equal(expected, thrown.Fault.ToString());
    }

    [Fact]
    public void An_error_while_streaming_comes_from_the_read()
    {
        using var session = TestDuck.Memory();
        using var result = session.Query("select (if(range < 900000, '1', 'x'))::int from range(1000000)");
        var thrown = Assert.Throws<QuernException>(() =>
        {
            while (result.Next() is not null)
            {
            }
        });
        var fault = Assert.IsType<DuckFault>(thrown.Fault);
        Assert.Equal((DuckErrorKind.Conversion, ExitCode.Failed), (fault.Kind, fault.ExitCode));
        Assert.Equal((1, 38), (fault.Place!.Line, fault.Place.Column));
    }

    [Fact]
    public void Out_of_memory_is_told_with_what_DuckDB_advises()
    {
        using var database = DuckDatabase.Open(TestDuck.Options with { MemoryLimitBytes = 20_000_000 });
        using var session = database.Connect();
        var thrown = Assert.Throws<QuernException>(
            () => session.Execute("create table t as select hash(range) h, range from range(5000000) order by h"));
        var fault = Assert.IsType<DuckFault>(thrown.Fault);
        Assert.Equal((DuckErrorKind.OutOfMemory, "QN9015", ExitCode.MemoryLimit), (fault.Kind, fault.Code, fault.ExitCode));
        Assert.NotEmpty(fault.Try);
    }

    [Fact]
    public void The_failing_one_of_many_statements_is_shown_with_its_own_line()
    {
        using var session = TestDuck.Memory();
        var thrown =
            Assert.Throws<QuernException>(() => session.Execute("create table t(a int);\ninsert into t values (1);\nselect b from t;"));
        Assert.Equal("LINE 3: select b from t;\n               ^", thrown.Fault.Where);
        Assert.Equal(1, session.Scalar<long>("select count(*) from t"));
    }

    [Theory]
    [InlineData("no_such_setting", "1", "error QN9018: Invalid Input Error: The following options were not recognized: no_such_setting")]
    [InlineData("threads", "many", "error QN9022: DuckDB does not accept the setting threads\n  value   many")]
    public void A_setting_at_opening_is_checked(string name, string value, string expected)
    {
        var options = TestDuck.Options with { Settings = new Dictionary<string, string> { [name] = value } };
        var thrown = Assert.Throws<QuernException>(() => DuckDatabase.Open(options));
        Assert.Equal(expected, thrown.Fault.ToString());
    }

    [Fact]
    public void A_file_that_is_no_database_is_an_IO_error()
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, new string('x', 20_000));
            var thrown = Assert.Throws<QuernException>(() => DuckDatabase.Open(TestDuck.Options with { Path = file }));
            Assert.Equal("QN9014", thrown.Fault.Code);
            Assert.Contains(file, thrown.Fault.What, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
