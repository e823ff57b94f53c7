using System.Text;
using Quern.Chunks;
using Quern.Csv;
using Quern.Tests.Files;

namespace Quern.Tests.Csv;

/// <summary>Inputs that come once, files of other encodings, and files whose columns differ.</summary>
public sealed class CsvInputTests : IDisposable
{
    readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_is_looked_at_first_is_read_all_the_same()
    {
        foreach (var bytes in new[] { "a,b\nc,d\n"u8.ToArray(), ScratchFolder.Gzip("a,b\nc,d\n"u8) })
        {
            using var input = new CsvInput(new Trickle(bytes), "input");
            Assert.Equal("a,b", Encoding.UTF8.GetString(input.Peek(3).Span));
            Assert.Equal("a,b\nc,d\n", Encoding.UTF8.GetString(input.Peek(100).Span));
            var taken = 0L;
            var read = Reading.Texts("-", 2, blockBytes: 3) with
            {
                Files = [new CsvFile("-", "input") { Input = input }],
                BytesRead = n => taken += n,
            };
            Assert.Equal("[a|b][c|d]", Reading.Shown(read));
            Assert.Equal(bytes.Length, taken);
            Assert.Equal(
                """
                error QN2019: an input that comes only once would have to be read twice
                  where   input
                  try     write it to a file first, and read that
                          name it once
                """,
                Assert.Throws<QuernException>(() => Reading.Rows(read)).Fault.ToString());
        }
    }

    [Theory]
    [InlineData("a,b\r\n1,\"x\r\ny\"\r\n3\r\n", "QN3106 input line 4 (byte 15)")]
    [InlineData("a,b\n1,\"x\n\ny\"z\n", "QN3107 input line 2 (byte 4), column 2 \"x\n\ny\"z")]
    [InlineData("a,b\n1,2\n\n3,\"4\n", "QN2015 input line 4 (byte 9)")]
    [InlineData("a,b\n\n1,2\r\n", "QN3108 input line 3 (byte 5), column 2 CRLF, after \"2\"")]
    [InlineData("a,b\n1,2\n3,\xFF\n", "QN2013 input line 3 (byte 10), column 2 \"c1\" \"�\", byte 0xFF")]
    public void Faults_of_an_input_that_comes_once_say_where(string text, string wanted)
    {
        foreach (var bytes in new[] { 1, 4, 1000 })
        {
            using var input = new CsvInput(new Trickle(Encoding.Latin1.GetBytes(text)), "input");
            var file = new CsvFile("-", "input") { Input = input };
            var read = Reading.Texts("-", 2, hasHeader: true, blockBytes: bytes) with { Files = [file] };
            var fault = Assert.Throws<QuernException>(() => Reading.Rows(read)).Fault;
            Assert.Equal(wanted, $"{fault.Code} {fault.Where}{(fault.Code is "QN3106" or "QN2015" ? "" : " " + fault.Value)}");
        }
    }

    [Theory]
    [InlineData(nameof(CsvEncoding.Latin1))]
    [InlineData(nameof(CsvEncoding.Windows1252))]
    [InlineData(nameof(CsvEncoding.Utf16))]
    public void Large_files_of_other_encodings_keep_every_character(string name)
    {
        var encoding = Enum.Parse<CsvEncoding>(name);
        var platform = encoding switch
        {
            CsvEncoding.Utf16 => Encoding.Unicode,
            CsvEncoding.Latin1 => Encoding.Latin1,
            _ => CodePagesEncodingProvider.Instance.GetEncoding(1252)!,
        };
        var random = new Random(7);
        var letters = encoding == CsvEncoding.Utf16 ? "aé日本😀z" : encoding == CsvEncoding.Latin1 ? "aéÿ\u0080\u009Fz" : "a€œŸéz";
        var runes = letters.EnumerateRunes().ToList();
        var texts = Enumerable.Range(0, 20_000).Select(_ =>
            string.Concat(Enumerable.Range(0, random.Next(30)).Select(_ => runes[random.Next(runes.Count)].ToString()))).ToList();
        var path = _folder.Write("a.csv", platform.GetBytes(string.Concat(texts.Select(t => $"{t},\"{t}\"\r\n"))));
        var read = Reading.Texts(path, 2, blockBytes: 5000) with { Dialect = new CsvDialect { HasHeader = false, Encoding = encoding } };
        var rows = Reading.Rows(read);
        Assert.Equal(texts, rows.Select(row => (string)row[0]!));
        Assert.Equal(texts, rows.Select(row => (string)row[1]!));
    }

    [Theory]
    [InlineData(new byte[] { 0x61, 0, 0x0A, 0, 0x00, 0xD8, 0x0A, 0 }, "a.csv (byte 4)")]
    [InlineData(new byte[] { 0x61, 0, 0x0A, 0, 0x00, 0xD8 }, "a.csv (byte 4)")]
    [InlineData(new byte[] { 0x61, 0, 0x0A, 0, 0x62 }, "a.csv (byte 4)")]
    public void Half_a_character_of_utf16_is_an_error(byte[] bytes, string where)
    {
        var dialect = new CsvDialect { HasHeader = false, Encoding = CsvEncoding.Utf16 };
        var read = Reading.Texts(_folder.Write("a.csv", bytes), 1) with { Dialect = dialect };
        var fault = Assert.Throws<QuernException>(() => Reading.Rows(read)).Fault;
        Assert.Equal(("QN2013", "the file is not UTF-16", where), (fault.Code, fault.What, fault.Where));
    }

    [Fact]
    public void Files_have_their_columns_in_any_order_and_may_lack_some()
    {
        var read = new CsvRead
        {
            Files =
            [
                new CsvFile(_folder.Write("a.csv", "b,a\n1.5,x\n2.5,\n"), "a.csv")
                {
                    Positions = [1, 0, -1, -1], Width = 2, Constants = [null, null, "7", "\"q\""],
                },
                new CsvFile(_folder.Write("b.csv", "o,a,b\n,y,3\n"), "b.csv") { Positions = [1, 2, -1, -1], Width = 3 },
                new CsvFile(_folder.Write("c.csv", "a\n\nlong text of a row\n"), "c.csv")
                {
                    Positions = [0, -1, -1, -1], Width = 1, Constants = [null, null, "-9", "a long constant for every row"],
                },
            ],
            Columns =
            [
                new("a", TypeKind.Varchar) { Empty = OnEmpty.Null },
                new("b", TypeKind.Double),
                new("year", TypeKind.BigInt),
                new("part", TypeKind.Varchar),
            ],
        };
        foreach (var bytes in new[] { 1, 5, 1 << 20 })
        {
            Assert.Equal(
                "[x|1.5|7|\"q\"][NULL|2.5|7|\"q\"][y|3|NULL|NULL][NULL|NULL|-9|a long constant for every row]"
                + "[long text of a row|NULL|-9|a long constant for every row]",
                Reading.Shown(read with { BlockBytes = bytes }));
            var some = Reading.Rows(read with { BlockBytes = bytes, Files = [read.Files[0]] }, [3, 2]);
            Assert.Equal(("\"q\"", 7L, 2), ((string)some[0][0]!, (long)some[0][1]!, some.Count));
        }
        var ragged = Assert.Throws<QuernException>(() => Reading.Rows(read with
        {
            Files = [read.Files[1] with { Path = _folder.Write("b.csv", "o,a,b\ny,3\n") }],
        })).Fault;
        Assert.Equal(("QN3106", "2 fields", "3 fields, as in the header"), (ragged.Code, ragged.Value, ragged.Wanted));
    }

    [Fact]
    public void A_folder_that_is_none_of_its_columns_type_is_named() => Assert.Equal(
        """
        error QN3001: a value does not fit its column
          where   a.csv, whose path says "year"
          value   "x"
          wanted  BIGINT
          try     rename the folder
                  read the column as VARCHAR
        """,
        Assert.Throws<QuernException>(() => Reading.Rows(new CsvRead
        {
            Files = [new CsvFile(_folder.Write("a.csv", "a\n1\n"), "a.csv") { Positions = [0, -1], Width = 1, Constants = [null, "x"] }],
            Columns = [new("a", TypeKind.BigInt), new("year", TypeKind.BigInt)],
        })).Fault.ToString());

    [Theory]
    [InlineData(',', ',', '"', null, "quote")]
    [InlineData(',', ' ', '"', null, "quote")]
    [InlineData('\n', '"', '"', null, "delimiter")]
    [InlineData(',', '"', ',', null, "escape")]
    [InlineData(',', '"', '"', '"', "comment")]
    [InlineData(',', '"', '"', '\r', "comment")]
    public void Bytes_that_contradict_each_other_are_refused(char delimiter, char quote, char escape, char? comment, string where)
    {
        var dialect = new CsvDialect { Delimiter = (byte)delimiter, Quote = (byte)quote, Escape = (byte)escape, Comment = (byte?)comment };
        var fault = Assert.Throws<QuernException>(dialect.Check).Fault;
        Assert.Equal(("QN3006", where, ExitCode.Usage), (fault.Code, fault.Where, fault.ExitCode));
    }

    /// <summary>Gives a byte at a time, as a slow pipe may.</summary>
    sealed class Trickle(byte[] bytes) : MemoryStream(bytes)
    {
        public override int Read(Span<byte> buffer) => base.Read(buffer.IsEmpty ? buffer : buffer[..1]);

        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, 1));
    }
}
