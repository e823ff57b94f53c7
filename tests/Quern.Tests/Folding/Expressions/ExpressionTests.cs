using Quern.Chunks;
using Quern.Folding.Declared;
using Quern.Folding.Expressions;
using Quern.Tests.Duck;

namespace Quern.Tests.Folding.Expressions;

/// <summary>Expressions by what the engine makes of their SQL, and by their errors.</summary>
public sealed class ExpressionTests
{
    const string Rows =
        "(values (1709191890123, 'Ab', 7, 2.5::DOUBLE, 1.25::DECIMAL(6,2), DATE '2024-02-29', true),"
        + " (-1, NULL, -7, NULL, NULL, NULL, NULL)) t(ts, name, n, x, price, born, ok)";

    static readonly FoldSource Source = new("t", [],
    [
        new("ts", LogicalType.Of(TypeKind.BigInt), EpochUnit.Milliseconds), new("name", LogicalType.Of(TypeKind.Varchar)),
        new("n", LogicalType.Of(TypeKind.Integer)), new("x", LogicalType.Of(TypeKind.Double)), new("price", LogicalType.Decimal(6, 2)),
        new("born", LogicalType.Of(TypeKind.Date)), new("ok", LogicalType.Of(TypeKind.Boolean)),
    ]);

    [Theory]
    [InlineData("1 + 2 * 3", "7")]
    [InlineData("(1 + 2) * 3", "9")]
    [InlineData("-n + 1", "-6")]
    [InlineData("n / 2", "3.5")]
    [InlineData("n / 0", "NULL")]
    [InlineData("n // 2", "3")]
    [InlineData("n % 4", "3")]
    [InlineData("n * 1000000000", "7000000000")]
    [InlineData("price * 2", "2.50")]
    [InlineData("lower(name) || '-' || n", "ab-7")]
    [InlineData("coalesce(nullif(name, 'Ab'), 'none')", "none")]
    [InlineData("length(name) + abs(-2)", "4")]
    [InlineData("floor(x)", "2.0")]
    [InlineData("case when n > 5 then 'big' when n > 0 then 'small' end", "big")]
    [InlineData("case n when 7 then 1 else 2.5 end", "1.0")]
    [InlineData("n > '5' and not (x < 2)", "true")]
    [InlineData("name in ('x', 'Ab')", "true")]
    [InlineData("name in ()", "false")]
    [InlineData("name not in ('x')", "true")]
    [InlineData("n between 7 and 7", "true")]
    [InlineData("n not between 1 and 6 or false", "true")]
    [InlineData("name like 'A_' and name not like '%!%' ", "true")]
    [InlineData("name like 'A!b' escape '!'", "true")]
    [InlineData("name is not null and x is null", "false")]
    [InlineData("born = '2024-02-29'", "true")]
    [InlineData("born < '2024-02-29 00:01'", "true")]
    [InlineData("'2024-03-01' > born", "true")]
    [InlineData("day(ts)", "2024-02-29")]
    [InlineData("hour(ts)", "2024-02-29 07:00:00")]
    [InlineData("minute(ts)", "2024-02-29 07:31:00")]
    [InlineData("week(ts)", "2024-02-26")]
    [InlineData("month(day(ts))", "2024-02-01")]
    [InlineData("quarter(ts)", "2024-01-01")]
    [InlineData("year(born)", "2024-01-01")]
    [InlineData("ts >= '2024-02-29 07:31:30'", "true")]
    [InlineData("ts < '2024-02-29 07:31:30'", "false")]
    [InlineData("hour(ts) = '2024-02-29 07:00'", "true")]
    [InlineData("hour(ts) = '2024-02-29 07:30'", "false")]
    [InlineData("month(ts) = '2024-02'", "true")]
    [InlineData("year(ts) = 2024", "true")]
    [InlineData("-- a comment\nn", "7")]
    public void The_engine_gives_the_value_of_an_expression(string text, string value) => Assert.Equal(value, Value(text, "UTC"));

    [Theory]
    [InlineData("day(ts)", "Asia/Tokyo", "2024-02-29")]
    [InlineData("hour(ts)", "Asia/Kolkata", "2024-02-29 13:00:00")]
    [InlineData("hour(ts)", "America/New_York", "2024-02-29 02:00:00")]
    [InlineData("day(ts)", "Pacific/Honolulu", "2024-02-28")]
    [InlineData("ts >= '2024-02-29 13:01:30'", "Asia/Kolkata", "true")]
    [InlineData("ts >= '2024-02-29 13:01:31'", "Asia/Kolkata", "false")]
    public void Moments_fall_into_buckets_of_the_zone(string text, string zone, string value) => Assert.Equal(value, Value(text, zone));

    [Theory]
    [InlineData("n +", "QN7530", "n +\n   ^")]
    [InlineData("(n", "QN7530", "(n\n  ^")]
    [InlineData("name = 'x", "QN7530", "name = 'x\n       ^")]
    [InlineData("n ? 1", "QN7530", "n ? 1\n  ^")]
    [InlineData("n 1", "QN7530", "n 1\n  ^")]
    [InlineData("12ab", "QN7530", "12ab\n^")]
    [InlineData("lower(nam)", "QN7531", "lower(nam)\n      ^")]
    [InlineData("1 + lowr(name)", "QN7533", "1 + lowr(name)\n    ^")]
    [InlineData("name + 1", "QN7532", "name + 1\n^")]
    [InlineData("n = 'seven'", "QN7534", "n = 'seven'\n    ^")]
    [InlineData("n = null", "QN7534", "n = null\n    ^")]
    [InlineData("born = 'yesterday'", "QN7534", "born = 'yesterday'\n       ^")]
    [InlineData("name = 5", "QN7534", "name = 5\n       ^")]
    [InlineData("n = name", "QN7532", "n = name\n    ^")]
    [InlineData("day(name)", "QN7532", "day(name)\n    ^")]
    [InlineData("n and ok", "QN7532", "n and ok\n^")]
    [InlineData("case when ok then 1 else 'a' end", "QN7532", "case when ok then 1 else 'a' end\n^")]
    public void An_error_shows_its_place_in_the_text(string text, string code, string shown)
    {
        var error = Assert.Throws<QuernException>(() => new Binder(Columns("UTC")).Bind(ExpressionParser.Parse(text)));
        Assert.Equal((code, shown), (error.Fault.Code, error.Fault.Value));
        Assert.Equal(ExitCode.Usage, error.Fault.ExitCode);
    }

    [Fact]
    public void The_nearest_column_is_named()
    {
        var error = Assert.Throws<QuernException>(() => new Binder(Columns("UTC")).Bind(ExpressionParser.Parse("prise > 1")));
        Assert.Equal(
            "error QN7531: there is no column of this name\n  value   prise > 1\n          ^\n  wanted  ts, name, n, x, price, born, ok\n  try     price",
            error.Fault.ToString());
    }

    [Fact]
    public void Very_deep_expressions_are_refused_not_fatal()
    {
        var error = Assert.Throws<QuernException>(() => ExpressionParser.Parse(new string('(', 100_000) + "n"));
        Assert.Equal("QN7530", error.Fault.Code);
        Assert.Equal("QN7530", Assert.Throws<QuernException>(() => ExpressionParser.Parse(string.Concat(Enumerable.Repeat("not ", 100_000)) + "ok")).Fault.Code);
        Assert.Equal("QN7530", Assert.Throws<QuernException>(() => ExpressionParser.Parse(string.Concat(Enumerable.Repeat("- ", 100_000)) + "n")).Fault.Code);
    }

    static string Value(string text, string zone)
    {
        var columns = Columns(zone);
        var bound = new Binder(columns).Bind(ExpressionParser.Parse(text));
        using var duck = TestDuck.Memory();
        var sql = new ExpressionSql(columns).Of(bound.Tree);
        var type = duck.Scalar<string>($"select typeof({sql}) from {Rows} limit 1");
        // The engine counts the digits of small constants; kinds agree.
        Assert.True(type!.Split('(')[0] == bound.Type.ToString().Split('(')[0] || text.All(c => !char.IsLetter(c)), $"{text} is {type}, not {bound.Type}");
        return duck.Scalar<string>($"select coalesce(({sql})::varchar, 'NULL') from {Rows} limit 1")!;
    }

    static FoldColumns Columns(string zone) => new(Source, TimeZoneInfo.FindSystemTimeZoneById(zone));
}
