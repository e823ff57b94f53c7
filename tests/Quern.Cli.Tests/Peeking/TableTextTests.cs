using Quern.Cli.Peeking;

namespace Quern.Cli.Tests.Peeking;

public sealed class TableTextTests
{
    [Fact]
    public void Numbers_stand_at_the_right_and_NULL_is_said() => Assert.Equal(
        [" n  text", "--  ----", " 1  a", "10  NULL"],
        TableText.Lines(["n", "text"], [true, false], [["1", "a"], ["10", null]], 80));

    [Fact]
    public void A_long_cell_is_cut_and_says_so() => Assert.Equal(
        ["t", new string('-', 32), new string('é', 29) + "..."],
        TableText.Lines(["t"], [false], [[new string('é', 40)]], 80));

    [Fact]
    public void A_cell_cannot_move_the_cursor() => Assert.Equal(
        ["t", "-------------", "a\\x1Bb\\x0Ac d"], TableText.Lines(["t"], [false], [["a\u001bb\nc\td"]], 80));

    [Theory]
    [InlineData(20)]
    [InlineData(40)]
    [InlineData(80)]
    public void Rows_fit_the_width_and_hidden_columns_are_counted(int width)
    {
        var names = Enumerable.Range(0, 30).Select(i => $"c{i}").ToArray();
        var lines = TableText.Lines(names, [.. names.Select(_ => false)], [[.. names.Select(n => n + "!")]], width);
        Assert.All(lines[..^1], line => Assert.InRange(line.Length, 0, width));
        var shown = lines[0].Split("  ", StringSplitOptions.RemoveEmptyEntries).Length;
        Assert.Equal($"({30 - shown} of 30 columns do not fit: a pipe, or --json, has all)", lines[^1]);
        Assert.InRange(shown, 4, 29);
    }

    [Fact]
    public void Wide_texts_make_room_for_all_columns_where_all_are_to_show()
    {
        var lines = TableText.Lines(
            ["column", "min", "max", "distinct"], [false, false, false, true], [["a", new string('x', 60), new string('y', 60), "123456"]], 50, narrows: true);
        Assert.Equal(3, lines.Count);
        Assert.EndsWith("  distinct", lines[0], StringComparison.Ordinal);
        Assert.EndsWith("...    123456", lines[2], StringComparison.Ordinal);
        Assert.All(lines, line => Assert.InRange(line.Length, 0, 50));
    }

    [Fact]
    public void CSV_tells_NULL_from_an_empty_text() => Assert.Equal(
        "a,\"b \"\"c\"\"\"\n,\"\"\n\" x\",\"1\n2\"\n", CsvText.Of(["a", "b \"c\""], [[null, ""], [" x", "1\n2"]]));

    [Fact]
    public void A_row_of_one_NULL_is_no_blank_line() => Assert.Equal("a\n\"\"\n", CsvText.Of(["a"], [[null]]));
}
