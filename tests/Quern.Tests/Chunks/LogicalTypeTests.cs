using Quern.Chunks;
using Quern.Tests.Duck;

namespace Quern.Tests.Chunks;

public class LogicalTypeTests
{
    [Fact]
    public void Every_type_can_be_written_as_SQL_and_read_back()
    {
        using var session = TestDuck.Memory();
        using var all = session.Query(
            "select *, {'it''s \"b\"': [1::decimal(38,7)]} s, '[]'::json j, union_value(n := 1) u, "
            + "map {1: 'x'} m, 'a'::enum('a', 'it''s') e from test_all_types()");
        var types = all.Schema.Columns.Where(column => column.Type.Kind != TypeKind.Geometry).ToList();
        Assert.True(types.Count > 50);
        foreach (var (name, type) in types)
        {
            using var back = session.Query($"select null::{type}");
            Assert.Equal((name, type), (name, back.Schema[0].Type));
            Assert.Equal(type.GetHashCode(), back.Schema[0].Type.GetHashCode());
        }
    }

    [Fact]
    public void Every_type_can_be_given_to_DuckDB_and_read_back()
    {
        using var session = TestDuck.Memory();
        using var all = session.Query("select * exclude (geometry) from test_all_types()");
        using var appender = session.AppendInto("insert into t from fed", all.Schema, "fed");
        Assert.Equal(all.Schema.Columns.Select(column => column.Type), appender.Types);
    }

    [Theory]
    [InlineData(1, 0, 2)]
    [InlineData(4, 4, 2)]
    [InlineData(5, 0, 4)]
    [InlineData(9, 2, 4)]
    [InlineData(10, 2, 8)]
    [InlineData(18, 18, 8)]
    [InlineData(19, 0, 16)]
    [InlineData(38, 10, 16)]
    public void Decimals_are_as_wide_as_their_digits_need(int precision, int scale, int width) =>
        Assert.Equal(width, LogicalType.Decimal(precision, scale).Width);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(39, 0)]
    [InlineData(5, 6)]
    [InlineData(5, -1)]
    public void Impossible_decimals_are_refused(int precision, int scale) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => LogicalType.Decimal(precision, scale));

    [Fact]
    public void A_kind_with_parts_is_not_a_type_by_itself() => Assert.Throws<ArgumentException>(() => LogicalType.Of(TypeKind.List));
}
