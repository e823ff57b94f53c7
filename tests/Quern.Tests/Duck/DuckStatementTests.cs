using System.Globalization;
using Quern.Chunks;

namespace Quern.Tests.Duck;

public class DuckStatementTests
{
    public static TheoryData<object?, string, string> Values => new()
    {
        { true, "BOOLEAN", "true" },
        { sbyte.MinValue, "TINYINT", "-128" },
        { short.MinValue, "SMALLINT", "-32768" },
        { int.MinValue, "INTEGER", "-2147483648" },
        { long.MinValue, "BIGINT", "-9223372036854775808" },
        { Int128.MinValue, "HUGEINT", "-170141183460469231731687303715884105728" },
        { byte.MaxValue, "UTINYINT", "255" },
        { ushort.MaxValue, "USMALLINT", "65535" },
        { uint.MaxValue, "UINTEGER", "4294967295" },
        { ulong.MaxValue, "UBIGINT", "18446744073709551615" },
        { UInt128.MaxValue, "UHUGEINT", "340282366920938463463374607431768211455" },
        { 1.5f, "FLOAT", "1.5" },
        { 0.1, "DOUBLE", "0.1" },
        { -79228162514264337593543950335m, "DECIMAL(29,0)", "-79228162514264337593543950335" },
        { 12.340m, "DECIMAL(29,3)", "12.340" },
        { new DateOnly(1600, 2, 29), "DATE", "1600-02-29" },
        { new TimeOnly(23, 59, 59, 999), "TIME", "23:59:59.999" },
        { new DateTime(1969, 12, 31, 23, 0, 0, DateTimeKind.Unspecified), "TIMESTAMP", "1969-12-31 23:00:00" },
        { new DateTimeOffset(2024, 1, 1, 1, 0, 0, TimeSpan.FromHours(2)), "TIMESTAMP WITH TIME ZONE", "2023-12-31 23:00:00+00" },
        { new Interval(14, 3, 1_500_000), "INTERVAL", "1 year 2 months 3 days 00:00:01.5" },
        { Guid.Parse("ff183823-2574-4bfd-b411-99ed177d3e43", CultureInfo.InvariantCulture), "UUID", "ff183823-2574-4bfd-b411-99ed177d3e43" },
        { "Zürich \0 and more than twelve bytes", "VARCHAR", "Zürich \0 and more than twelve bytes" },
        { new byte[] { 0, 97, 255 }, "BLOB", "\\x00a\\xFF" },
        { null, "\"NULL\"", "" },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void Every_value_is_bound_with_its_type(object? value, string type, string text)
    {
        using var session = TestDuck.Memory();
        using var statement = session.Prepare("select typeof(v), v::varchar from (select $v v)");
        statement.Bind("v", value);
        using var result = statement.Query();
        var chunk = result.Next()!;
        Assert.Equal((type, value is null ? null : text), (chunk[0].GetValue(0), chunk[1].GetValue(0)));
    }

    [Theory]
    [MemberData(nameof(Values))]
    public void What_was_bound_comes_back(object? value, string type, string text)
    {
        Assert.NotEqual(type, text);
        using var session = TestDuck.Memory();
        using var statement = session.Prepare("select $1");
        statement.Bind(1, value);
        using var result = statement.Query();
        var back = result.Next()![0].GetValue(0);
        // A decimal of 29 digits does not always fit.
        Assert.Equal(value is decimal ? text : value, back);
    }

    [Fact]
    public void Its_columns_are_known_before_it_runs()
    {
        using var session = TestDuck.Memory();
        using var statement = session.Prepare("select range a, 1.5 b, [range::varchar] c from range(3) where range > $1");
        Assert.Equal("a BIGINT, b DECIMAL(2,1), c VARCHAR[]", statement.Describe().ToString());
        using var open = session.Prepare("select $1 + 1 x");
        Assert.Equal(TypeKind.Invalid, open.Describe()[0].Type.Kind);
    }

    [Fact]
    public void A_parameter_that_is_not_there_is_refused()
    {
        using var session = TestDuck.Memory();
        using var statement = session.Prepare("select $a::int");
        Assert.Throws<ArgumentException>(() => statement.Parameter("b"));
        Assert.Throws<ArgumentOutOfRangeException>(() => statement.Bind(2, 1));
        Assert.Throws<ArgumentException>(() => statement.Bind(1, new object()));
    }

    [Fact]
    public void A_parameter_that_is_not_bound_is_told()
    {
        using var session = TestDuck.Memory();
        using var statement = session.Prepare("select $a::int");
        var thrown = Assert.Throws<QuernException>(() => statement.Execute());
        Assert.Equal("error QN9018: Invalid Input Error: Values were not provided for the following prepared statement parameters: a",
            thrown.Fault.ToString());
    }

    [Fact]
    public void Two_statements_cannot_be_one()
    {
        using var session = TestDuck.Memory();
        var thrown = Assert.Throws<QuernException>(() => session.Prepare("select 1; select 2"));
        Assert.Equal("error QN9018: Invalid Input Error: Cannot prepare multiple statements at once!", thrown.Fault.ToString());
    }

    [Fact]
    public void A_scalar_converts_and_may_be_missing()
    {
        using var session = TestDuck.Memory();
        Assert.Equal(6L, session.Scalar<long>("select sum(range) from range(4)"));
        Assert.Equal(1.5, session.Scalar<double>("select 1.5"));
        Assert.Equal("1.50", session.Scalar<string>("select 1.50"));
        Assert.Equal("[1, 2]", session.Scalar<string>("select [1, 2]"));
        Assert.Null(session.Scalar<int?>("select null::int"));
        Assert.Equal(7, session.Scalar<int?>("select 7::bigint"));
        Assert.Equal(0, session.Scalar<int>("select 1 limit 0"));
        Assert.Throws<OverflowException>(() => session.Scalar<int>("select 3000000000"));
    }
}
