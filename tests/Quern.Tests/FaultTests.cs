namespace Quern.Tests;

public class FaultTests
{
    [Fact]
    public void Prints_each_part_on_a_line_of_its_own()
    {
        var fault = new Fault("QN3107", "value does not fit its column")
        {
            Where = "orders.csv line 48,213",
            Value = "\"1.2e3 EUR\"",
            Try = ["first", "second"],
        };
        Assert.Equal(
            "error QN3107: value does not fit its column\n" +
            "  where   orders.csv line 48,213\n" +
            "  value   \"1.2e3 EUR\"\n" +
            "  try     first\n" +
            "          second",
            fault.ToString());
    }

    [Fact]
    public void Indents_the_further_lines_of_a_part()
    {
        var fault = new Fault("QN7005", "'x' is undefined") { Where = "a.sql:3:4\ncalled at b.sql:1:2" };
        Assert.Equal(
            "error QN7005: 'x' is undefined\n" +
            "  where   a.sql:3:4\n" +
            "          called at b.sql:1:2",
            fault.ToString());
    }

    [Fact]
    public void Shows_what_a_terminal_would_obey()
    {
        var fault = new Fault("QN3102", "the time cannot be read") { Value = "\u001b[2J\0\r\u0085x\ty" };
        Assert.Equal("error QN3102: the time cannot be read\n  value   \\x1B[2J\\x00\\x0D\\x85x\ty", fault.ToString());
    }

    [Fact]
    public void A_line_end_in_a_sentence_or_a_hint_begins_no_labelled_line()
    {
        var fault = new Fault("QN2001", "no\nfile") { Try = ["rm a\nb"] };
        Assert.Equal("error QN2001: no\n    file\n  try     rm a\\x0Ab", fault.ToString());
    }
}
