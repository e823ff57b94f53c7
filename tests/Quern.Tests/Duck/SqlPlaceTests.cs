using Quern.Duck;

namespace Quern.Tests.Duck;

public class SqlPlaceTests
{
    [Theory]
    [InlineData("abc", 0, "LINE 1: abc\n        ^")]
    [InlineData("abc\r\n\tdef", 7, "LINE 2: \tdef\n        \t ^")]
    [InlineData("é\nüx", 5, "LINE 2: üx\n         ^")]
    public void Shows_the_line_with_a_caret_below_the_column(string sql, int bytes, string expected) =>
        Assert.Equal(expected, SqlPlace.Find(sql, bytes)!.ToString());

    [Fact]
    public void Of_a_long_line_it_shows_what_is_around_the_column()
    {
        var sql = "select " + string.Join(", ", Enumerable.Range(0, 100).Select(i => $"column{i:d2}"));
        var place = SqlPlace.Find(sql, sql.IndexOf("column50", StringComparison.Ordinal))!;
        var lines = place.ToString().Split('\n');
        Assert.StartsWith("LINE 1: ...", lines[0], StringComparison.Ordinal);
        Assert.EndsWith("...", lines[0], StringComparison.Ordinal);
        Assert.Equal("column50", lines[0].Substring(lines[1].IndexOf('^', StringComparison.Ordinal), 8));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(3)]
    public void There_is_no_place_outside_the_text(int bytes) => Assert.Null(SqlPlace.Find("abc", bytes));
}
