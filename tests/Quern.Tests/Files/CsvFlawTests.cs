using Quern.Files;

namespace Quern.Tests.Files;

public sealed class CsvFlawTests : IDisposable
{
    readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Theory]
    [InlineData("a,b\n1,2\n")]
    [InlineData("a,b\r\n1,2\r\n\r\n3,4")]
    [InlineData("\uFEFFa,b\n\n\"1\",\"x \"\"y\"\"\n z\"\n")]
    [InlineData("a,b\n1,say \"hi\"\n\"\",\"\"\"\"\n")]
    [InlineData("a\n1\n\n3\n")]
    [InlineData("a,b\n\"x\r\ny\",☃\n")]
    [InlineData("")]
    public void Finds_nothing_where_nothing_is_wrong(string csv) => Assert.Null(Find(csv));

    [Theory]
    [InlineData("a,b\n1,2\n3\n", "QN3106", "a.csv line 3 (byte 8)", "1 field")]
    [InlineData("a,b\n1,2\n\n3,4,5", "QN3106", "a.csv line 4 (byte 9)", "3 fields")]
    [InlineData("a,b\n\"x\ny\",\"2\" \n", "QN3107", "a.csv line 2 (byte 4), column 2", "\"2\" ")]
    [InlineData("a,b\n1,\"2\"\"3\"4\n", "QN3107", "a.csv line 2 (byte 4), column 2", "\"2\"\"3\"4")]
    [InlineData("a,b\n1,2\r\n", "QN3108", "a.csv line 2 (byte 4)", "CRLF")]
    [InlineData("a,b\r\n1,2\n", "QN3108", "a.csv line 2 (byte 5)", "LF")]
    [InlineData("a,b\n1,2\r3\n", "QN3108", "a.csv line 2 (byte 4), column 2", "\"2\\r3\"")]
    [InlineData("a,b\n1,\"2\n3,4\n", "QN2015", "a.csv line 2 (byte 4)", null)]
    public void Names_the_first_flaw_and_its_place(string csv, string code, string where, string? value)
    {
        var fault = Find(csv);
        Assert.Equal((code, where, value), (fault?.Code, fault?.Where, fault?.Value));
    }

    [Fact]
    public void Names_the_byte_that_is_not_UTF_8()
    {
        var fault = CsvFlaw.Find(_scratch.Write("a.csv", (byte[])[.. "a,b\n☃,"u8, 0xC3, (byte)'(', (byte)'\n']), "a.csv");
        Assert.Equal(("QN2013", "a.csv line 2 (byte 4), column 2", "\"\uFFFD(\", byte 0xC3"), (fault?.Code, fault?.Where, fault?.Value));
    }

    [Fact]
    public void Holds_records_to_the_limit_of_the_engine()
    {
        var csv = _scratch.Write("a.csv", "a,b\n12345678,90\n123456789,01\n");
        Assert.Null(CsvFlaw.Find(csv, limitBytes: 11));
        Assert.Equal("a record is longer than 10 bytes", CsvFlaw.Find(csv, limitBytes: 10)?.What);
    }

    Fault? Find(string csv) => CsvFlaw.Find(_scratch.Write("a.csv", csv), "a.csv");
}
