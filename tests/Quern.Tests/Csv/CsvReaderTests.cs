using Quern.Csv;
using Quern.Tests.Files;

namespace Quern.Tests.Csv;

public sealed class CsvReaderTests : IDisposable
{
    readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("a,b\n1,2\n", "[a|b][1|2]")]
    [InlineData("a,b\r\n1,2\r\n", "[a|b][1|2]")]
    [InlineData("a,b\r1,2\r", "[a|b][1|2]")]
    [InlineData("a,b\n1,2", "[a|b][1|2]")]
    [InlineData("a,b\r\n1,2\r", "[a|b][1|2]")]
    [InlineData("a,b\r\n1,2\r\n\r", "[a|b][1|2]")]
    [InlineData("\uFEFFa,b\n", "[a|b]")]
    [InlineData("\uFEFF\"a\",b\n", "[a|b]")]
    [InlineData("\uFEFF", "")]
    [InlineData("", "")]
    [InlineData("\n", "")]
    [InlineData("\n\na,b\n\n\n1,2\n\n", "[a|b][1|2]")]
    [InlineData("\r\na,b\r\n\r\n1,2\r\n\r\n", "[a|b][1|2]")]
    [InlineData(",\n,", "[|][|]")]
    [InlineData("\"\",\"\"\n", "[|]")]
    [InlineData("\"a,b\",\"c\nd\"\n", "[a,b|c\nd]")]
    [InlineData("a,b\n\"1\r\n\",2\n", "[a|b][1\r\n|2]")]
    [InlineData("a,b\r\"c\rd\",e\r\r", "[a|b][c\rd|e]")]
    [InlineData("\"a\n\n\nb\",c\n\n\nd,e", "[a\n\n\nb|c][d|e]")]
    [InlineData("\"a\"\"b\",c\n", "[a\"b|c]")]
    [InlineData("\"\"\"\",c\n", "[\"|c]")]
    [InlineData("\"\"\"a\"\"\",c\n", "[\"a\"|c]")]
    [InlineData("a,\"b\"\"\"", "[a|b\"]")]
    [InlineData("a\"b,c\n1,2\n", "[a\"b|c][1|2]")]
    [InlineData("a\"\"b,c\n", "[a\"\"b|c]")]
    [InlineData("a,b\"\n1,2\n", "[a|b\"][1|2]")]
    [InlineData("  a\"b\",c\n", "[  a\"b\"|c]")]
    [InlineData("5\",6\"\n\"7\",8\n", "[5\"|6\"][7|8]")]
    [InlineData(" a , b \n", "[ a | b ]")]
    [InlineData("a, \"b\"\n", "[a|b]")]
    [InlineData(" \"a,x\",b\n", "[a,x|b]")]
    [InlineData("\"a\" ,c\n", "[a|c]")]
    [InlineData(" \"a\"\"b\" ,c\n", "[a\"b|c]")]
    [InlineData("a,\"b\"  \r\n1,2\r\n", "[a|b][1|2]")]
    [InlineData("a,  \"b\"\r\n1,2\r\n", "[a|  \"b\"][1|2]")]
    [InlineData("a,\t\"b\"\n", "[a|\t\"b\"]")]
    [InlineData("\" a \",c\n", "[ a |c]")]
    [InlineData("a,b,\n", "[a|b]")]
    [InlineData("a,b,\"\",\n", "[a|b]")]
    [InlineData("a\0b,c\n", "[a\0b|c]")]
    [InlineData("é,日本語\n😀,\"ü\"\"\"\n", "[é|日本語][😀|ü\"]")]
    [InlineData("a\n", "QN3106")]
    [InlineData("a,b,c\n", "QN3106")]
    [InlineData("a,b, \n", "QN3106")]
    [InlineData("a,b\n   \n1,2\n", "QN3106")]
    [InlineData("a,b\n\"\"\n", "QN3106")]
    [InlineData("a,b\"c\nd\"\n", "QN3106")]
    [InlineData("\"a,b\n1,2\n", "QN2015")]
    [InlineData("1,2\n\"a,b\n", "QN2015")]
    [InlineData("a,b\n1,2\n\"", "QN2015")]
    [InlineData("a,b\n\"c\",\"d\"\"", "QN2015")]
    [InlineData("\"a\"b,c\n", "QN3107")]
    [InlineData("\"a\"\t,b\n", "QN3107")]
    [InlineData(" \"a\" x,b\n", "QN3107")]
    [InlineData("\"a\" \"b\",c\n", "QN3107")]
    [InlineData("a,\"b\"x\"c\"\n1,2\n", "QN3107")]
    [InlineData("a,b\n1,2\r\n", "QN3108")]
    [InlineData("a,b\r\n1,2\n", "QN3108")]
    [InlineData("a,b\r1,2\n", "QN3108")]
    [InlineData("a,b\n1,2\r3,4\n", "QN3108")]
    [InlineData("a,b\n\r\n1,2\n", "QN3108")]
    [InlineData("a,b\r\n\r\r\n1,2\r\n", "QN3108")]
    [InlineData("a\rb,c\n", "QN3106")]
    public void Reads_what_is_written_wherever_a_block_ends(string text, string wanted)
    {
        var path = _folder.Write("a.csv", text);
        var gzip = _folder.WriteGzip("a.csv.gz", text);
        foreach (var bytes in new[] { 1, 2, 3, 5, 7, 16, 64, 1 << 20 })
        {
            foreach (var scalar in new[] { false, true })
            {
                foreach (var file in new[] { path, gzip })
                {
                    var read = Reading.Texts(file, 2, blockBytes: bytes) with { ForceScalar = scalar };
                    Assert.Equal((bytes, scalar, file, wanted), (bytes, scalar, file, Reading.Shown(read)));
                }
            }
        }
    }

    [Theory]
    [InlineData("a\n\nb\n", "[a][b]")]
    [InlineData("a\n\"\"\nb\n", "[a][][b]")]
    [InlineData("a\n \nb\n", "[a][ ][b]")]
    [InlineData("a\r\n\r\nb\r\n\r\n", "[a][b]")]
    [InlineData(",\n,\n", "[][]")]
    public void Passes_over_blank_lines_of_one_column(string text, string wanted) =>
        Assert.Equal(wanted, Reading.Shown(Reading.Texts(_folder.Write("a.csv", text), 1)));

    [Theory]
    [InlineData("h,i\n1,2\n", 0, "[1|2]")]
    [InlineData("h,i", 0, "")]
    [InlineData("\uFEFFh,i\r\n1,2\r\n", 0, "[1|2]")]
    [InlineData("\"h\nx\",i\n1,2\n", 0, "[1|2]")]
    [InlineData("\"h\r\n\",i\n1,2\n", 0, "[1|2]")]
    [InlineData("\n\nh,i\n1,2\n", 0, "[1|2]")]
    [InlineData("x\ny\nh,i\n1,2\n", 2, "[1|2]")]
    [InlineData("a \"title\"\r\n\r\nh,i\r\n1,2\r\n", 2, "[1|2]")]
    [InlineData("x", 2, "")]
    [InlineData("h\n1,2\n", 0, "QN3002")]
    [InlineData("h,i,j\n1,2\n", 0, "QN3002")]
    public void Passes_over_what_stands_above_the_rows(string text, int linesAbove, string wanted)
    {
        foreach (var file in new[] { _folder.Write("a.csv", text), _folder.WriteGzip("a.csv.gz", text) })
        {
            foreach (var bytes in new[] { 1, 3, 1 << 20 })
            {
                var read = Reading.Texts(file, 2, blockBytes: bytes) with { Dialect = new CsvDialect { LinesAbove = linesAbove } };
                Assert.Equal(wanted, Reading.Shown(read));
            }
        }
    }

    [Theory]
    [InlineData("a;'b;c'\n", ';', '\'', '\'', "[a|b;c]")]
    [InlineData("a\t\"b\"\n", '\t', null, '"', "[a|\"b\"]")]
    [InlineData("a,\"b\\\"c\"\n\"d\\\\\",\"e\n\"\n", ',', '"', '\\', "[a|b\"c][d\\|e\n]")]
    public void Takes_other_dialects(string text, char delimiter, char? quote, char escape, string wanted)
    {
        var dialect = new CsvDialect
        {
            Delimiter = (byte)delimiter,
            Quote = quote is { } q ? (byte)q : null,
            Escape = (byte)escape,
            HasHeader = false,
        };
        var path = _folder.Write("a.csv", text);
        foreach (var bytes in new[] { 1, 2, 3, 1 << 20 })
            Assert.Equal(wanted, Reading.Shown(Reading.Texts(path, 2, blockBytes: bytes) with { Dialect = dialect }));
    }

    [Fact]
    public void Reads_only_the_columns_that_are_asked_for()
    {
        var read = Reading.Texts(_folder.Write("a.csv", "a,b,c\n1,2,3\n"), 3);
        Assert.Equal([["c", "a"], ["3", "1"]], Reading.Rows(read, [2, 0]));
    }

    [Fact]
    public void Reports_every_byte_it_reads_once()
    {
        var text = string.Concat(Enumerable.Range(0, 1000).Select(i => $"{i},\"x\ny\"\n"));
        var (plain, gzip) = (_folder.Write("a.csv", "h,i\n" + text), _folder.WriteGzip("b.csv.gz", "h,i\n" + text));
        var read = Reading.Texts(plain, 2, hasHeader: true, blockBytes: 100);
        var bytes = 0L;
        var rows = Reading.Rows(read with
        {
            Files = [new(plain, "a"), new(gzip, "b"), new(_folder.Write("c.csv"), "c"), new(_folder.Write("d.csv", "h,i"), "d")],
            BytesRead = count => bytes += count,
        });
        Assert.Equal(2000, rows.Count);
        Assert.Equal(new FileInfo(plain).Length + new FileInfo(gzip).Length + 3, bytes);
    }
}
