using System.Text;
using Quern.Csv.Records;
using Quern.Tests.Files;

namespace Quern.Tests.Csv.Records;

public sealed class CsvHeaderTests : IDisposable
{
    readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Theory]
    [InlineData("id,name\n1,Ann\n", "id|name", "1|Ann")]
    [InlineData("id,name\r\n1,Ann\r\n2,Bo\r\n", "id|name", "1|Ann")]
    [InlineData("\uFEFFid,name\n1,Ann", "id|name", "1|Ann")]
    [InlineData("\uFEFF\"id\",\"the, \"\"name\"\"\nhere\"\n,\n", "id|the, \"name\"\nhere", "|")]
    [InlineData("\n\r\nid,name\n\n1,Ann,extra\n", "id|name", "1|Ann|extra")]
    [InlineData("id\n\n7\n", "id", "7")]
    [InlineData("id,name", "id|name", null)]
    [InlineData("id,name\n", "id|name", null)]
    public void Reads_names_and_first_record(string text, string columns, string? row)
    {
        var plain = CsvHeader.Read(_scratch.Write("a.csv", text));
        Assert.Equal(columns.Split('|'), plain.Columns);
        Assert.Equal(row?.Split('|'), plain.FirstRow);
        var zipped = CsvHeader.Read(_scratch.WriteGzip("a.csv.gz", text));
        Assert.Equal(plain.Columns, zipped.Columns);
        Assert.Equal(plain.FirstRow, zipped.FirstRow);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\uFEFF")]
    [InlineData("\n\r\n\n")]
    public void An_empty_file_has_no_columns(string text)
    {
        foreach (var path in new[] { _scratch.Write("a.csv", text), _scratch.WriteGzip("a.csv.gz", text) })
        {
            var header = CsvHeader.Read(path);
            Assert.Empty(header.Columns);
            Assert.Null(header.FirstRow);
        }
    }

    [Fact]
    public void Reads_headers_of_generated_records()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var (bytes, records) = CsvText.Make(new Random(seed), 3);
            var header = CsvHeader.Read(_scratch.WriteGzip("a.csv.gz", bytes));
            Assert.Equal(records[0].Fields, header.Columns);
            Assert.Equal(records[1].Fields, header.FirstRow);
        }
    }

    [Fact]
    public void Does_not_read_beyond_the_first_record()
    {
        var rows = string.Concat(Enumerable.Range(0, 100_000).Select(i => $"{i},{i * 7919}\n"));
        var zipped = ScratchFolder.Gzip(Encoding.UTF8.GetBytes("id,name\n1,Ann\n" + rows));
        var header = CsvHeader.Read(_scratch.Write("a.csv.gz", zipped.AsSpan(0, zipped.Length / 2)));
        Assert.Equal(["1", "Ann"], header.FirstRow);
    }

    [Fact]
    public void Names_what_is_not_text()
    {
        Assert.Equal("error QN2013: the file is UTF-16\n  where   a.csv line 1 (byte 0)\n" +
            "  try     iconv -f UTF-16 -t UTF-8 a.csv",
            Fails("a.csv", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("id,name\n")]));
        Assert.Equal("error QN2013: the file is gzip, but its name does not end in .gz\n" +
            "  where   a.csv line 1 (byte 0)\n  try     name it a.csv.gz",
            Fails("a.csv", ScratchFolder.Gzip("id\n"u8)));
        Assert.Equal("error QN2013: the file is not text\n  where   a.csv line 1 (byte 0)\n  try     is this CSV?",
            Fails("a.csv", "PAR1\0\0,\n"u8));
        Assert.Equal("error QN2013: the file is not UTF-8\n  where   a.csv line 2 (byte 8), column 2\n" +
            "  value   \"M\uFFFDller\", byte 0xFC\n" +
            "  try     iconv -f WINDOWS-1252 -t UTF-8 a.csv   if it comes from a Windows program",
            Fails("a.csv", [.. "id,name\n1,M"u8, 0xFC, .. "ller\n"u8]));
    }

    [Fact]
    public void Names_what_never_ends()
    {
        Assert.Equal("error QN2015: a quote in the header is never closed\n  where   a.csv line 1 (byte 0)\n" +
            "  try     close it, or double a quote that is data",
            Fails("a.csv", "id,\"name\n1,Ann\n"u8));
        Assert.Equal("error QN2014: the first record is longer than 1,048,576 bytes\n" +
            "  where   a.csv line 2 (byte 8)\n" +
            "  try     close a quote that was left open\n          is this CSV?",
            Fails("a.csv", [.. "id,name\n1,\""u8, .. Enumerable.Repeat((byte)'x', 1 << 20)]));
    }

    [Fact]
    public void Names_a_broken_gzip_file()
    {
        var zipped = ScratchFolder.Gzip("id,name\n1,Ann\n"u8);
        Assert.Equal("error QN2010: the gzip file is cut short\n  where   a.csv.gz, ends at byte 12\n" +
            "  try     fetch or write the file again\n" +
            "          gzip -dc a.csv.gz > rescued.csv   what is left of it", Fails("a.csv.gz", zipped.AsSpan(0, 12)));
        Assert.Equal("error QN2011: not a gzip file\n  where   a.csv.gz, its first bytes are not those of gzip\n" +
            "  try     remove .gz from the name if it is not compressed", Fails("a.csv.gz", "id,name\n1,Ann\n"u8));
    }

    [Fact]
    public void Names_a_file_that_is_not_there()
    {
        _scratch.Write("orders.csv");
        Assert.Equal("error QN2001: no such file or folder\n  where   BASE/order.csv (BASE holds orders.csv)\n" +
            "  try     BASE/orders.csv, the nearest name there",
            _scratch.Text(ScratchFolder.FaultOf(() => CsvHeader.Read(_scratch["order.csv"]))));
        Assert.Equal("error QN2005: a folder, where a file is needed\n  where   BASE",
            _scratch.Text(ScratchFolder.FaultOf(() => CsvHeader.Read(_scratch.Path))));
    }

    string Fails(string name, ReadOnlySpan<byte> content)
    {
        var path = _scratch.Write(name, content);
        return ScratchFolder.FaultOf(() => CsvHeader.Read(path, name)).ToString();
    }
}
