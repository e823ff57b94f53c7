using System.Text;
using Quern.Files;

namespace Quern.Tests.Files;

public class CsvScanTests
{
    [Fact]
    public void Reads_back_what_was_written_with_every_buffer_size()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            var (bytes, records) = CsvText.Make(random, random.Next(1, 12));
            foreach (var bufferBytes in new[] { 3, 4, 5, 7, 64 })
            {
                using var scan = new CsvScan(new MemoryStream(bytes), bufferBytes: bufferBytes);
                foreach (var record in records)
                {
                    Assert.True(scan.Read(), $"seed {seed}, buffer {bufferBytes}: a record is missing");
                    Assert.Equal(record.Fields, Enumerable.Range(0, scan.KeptCount).Select(scan.Text));
                    var raw = Enumerable.Range(0, scan.KeptCount).Select(i => Encoding.UTF8.GetString(scan.Raw(i)));
                    Assert.Equal(record.Raw, raw);
                    Assert.Equal((record.Line, record.ByteOffset + Mark(bytes, record)), (scan.Line, scan.ByteOffset));
                }
                Assert.False(scan.Read(), $"seed {seed}, buffer {bufferBytes}: a record too many");
            }
        }

        static long Mark(byte[] bytes, CsvText.Record record) => record.ByteOffset == 0
            && bytes.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? 3 : 0;
    }

    [Theory]
    [InlineData("a\"b,c\n", "a\"b|c")]
    [InlineData("\"a\"b,c\n", "ab|c")]
    [InlineData("\"a\"b\"c\",d\n", "ab\"c\"|d")]
    [InlineData("a\rb,c\r\n", "a\rb|c")]
    [InlineData("a,b\r", "a|b\r")]
    [InlineData("\"\",\n", "|")]
    [InlineData("\"open,\n", "open,\n")]
    public void Is_lenient_outside_the_standard(string text, string fields)
    {
        using var scan = new CsvScan(new MemoryStream(Encoding.UTF8.GetBytes(text)), bufferBytes: 3);
        Assert.True(scan.Read());
        Assert.Equal(fields.Split('|'), Enumerable.Range(0, scan.KeptCount).Select(scan.Text));
        Assert.False(scan.Read());
    }

    [Fact]
    public void Tells_blank_lines_from_empty_fields()
    {
        using var scan = new CsvScan(new MemoryStream("\n\r\n\"\"\n,\n\r\n"u8.ToArray()), bufferBytes: 3);
        var blank = new List<bool>();
        while (scan.Read()) blank.Add(scan.IsBlank);
        Assert.Equal([true, true, false, false, true], blank);
    }

    [Fact]
    public void Keeps_no_more_than_the_limit_and_goes_on_counting()
    {
        var text = "a,\"" + new string('x', 5000) + "\",c\nd,e\n";
        using var scan = new CsvScan(new MemoryStream(Encoding.UTF8.GetBytes(text)), limitBytes: 100, bufferBytes: 64);
        Assert.True(scan.Read());
        Assert.True(scan.IsTooLong);
        Assert.Equal((3, 98), (scan.FieldCount, scan.Text(1).Length));
        Assert.True(scan.Read());
        Assert.False(scan.IsTooLong);
        Assert.Equal((2L, "d", "e"), (scan.Line, scan.Text(0), scan.Text(1)));
    }
}
