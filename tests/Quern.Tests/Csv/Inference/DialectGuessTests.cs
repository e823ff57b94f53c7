using System.Globalization;
using System.Text;
using Quern.Csv;
using Quern.Csv.Inference;

namespace Quern.Tests.Csv.Inference;

public sealed class DialectGuessTests
{
    [Theory]
    [InlineData("a,b\n1,2\n", ", \" \" header")]
    [InlineData("a;b\n1,5;2\n2,5;3\n", "; \" \" header")]
    [InlineData("1,5;2,5\n2,5;3,5\n", "; \" \" no header")]
    [InlineData("a\tb\r\n1\t2\r\n", "tab \" \" header")]
    [InlineData("a|b|c\nx, y|z|1\nu, v|w|2\n", "| \" \" header")]
    [InlineData("a\u0001b\n1\u00012\n", "\\x01 \" \" header")]
    [InlineData("id,'name'\n1,'a, b'\n2,'c, d'\n", ", ' ' header")]
    [InlineData("id,name\n1,\"a \\\" , b\"\n2,\"c\"\n", ", \" \\ header")]
    [InlineData("name,text\n\"a\",\"it's, so\"\n\"b\",\"don't\"\n", ", \" \" header")]
    [InlineData("id,size\n1,5\" disk\n2,3\" disk\n", ", \" \" header")]
    [InlineData("1,2\n3,4\n", ", \" \" no header")]
    [InlineData("name\nx\ny\n", ", \" \" header")]
    [InlineData("1\n2\n", ", \" \" no header")]
    [InlineData("# made by me\na,b\n1,2\n# end\n", ", \" \" comment # header")]
    [InlineData("# made by me\n#a,b\n1,2\n", ", \" \" skip 1 header")]
    [InlineData("Report of May\n\nid;name\n1;x\n2;y\n", "; \" \" skip 2 header")]
    [InlineData("a,b\n\"x\ny\",1\n\"u\nv\",2\n", ", \" \" header")]
    [InlineData("", ", \" \" header")]
    [InlineData("no delimiter here\nnor here, really\n", ", \" \" header")]
    public void A_dialect_is_found_from_the_head(string text, string wanted) => Assert.Equal(wanted, Shown(Guess(text)));

    [Fact]
    public void What_the_user_says_wins_and_is_said()
    {
        var (dialect, evidence) = DialectGuess.Of([Start("a;b\n1;2\n")], new CsvHints { Delimiter = (byte)',', HasHeader = false });
        Assert.Equal(", \" \" no header", Shown(dialect));
        Assert.Equal(["delimiter ,: said by you; 2 of 2 records looked at have 1 cell", "no header: said by you"], evidence);
    }

    [Fact]
    public void The_evidence_says_what_was_counted() => Assert.Equal(
        [
            "delimiter ;: 3 of 3 records looked at have 2 cells; 2 in \"",
            "header: \"b\" stands above values (INTEGER) in column 2",
        ],
        DialectGuess.Of([Start([.. "a;b\n\"x\";1\n\"5 "u8, 0x80, .. "\";2\n"u8])], new CsvHints()).Evidence);

    [Theory]
    [InlineData("a,b\nx,y\nz,y\n", "header: texts that differ from each other and do not come again")]
    [InlineData("a,b\na,y\nz,y\n", "no header: \"a\" comes again below")]
    [InlineData("a,a\nx,y\n", "no header: two texts of the first record are the same, or one is empty")]
    [InlineData("a,1\nx,y\n", "no header: \"1\" is no name")]
    [InlineData("a,1\nx,2\n", "no header: \"1\" in column 2 is a value like those below it (INTEGER)")]
    [InlineData("a,2026\nx,2\n", "no header: \"2026\" in column 2 is a value like those below it (INTEGER)")]
    [InlineData("a,b\n", "header: one record, all texts")]
    public void Whether_there_is_a_header_has_a_reason(string text, string because) =>
        Assert.Equal(because, DialectGuess.Of([Start(text)], new CsvHints()).Evidence[^1]);

    [Fact]
    public void Random_files_are_seen_to_be_what_they_were_written_as()
    {
        const int files = 600;
        var wrong = new List<string>();
        for (var seed = 0; seed < files; seed++)
        {
            var random = new Random(seed);
            var delimiter = ",;\t|\u0001"[random.Next(5)];
            var quote = random.Next(5) == 0 ? '\'' : '"';
            var text = Written(random, delimiter, quote);
            var found = Guess(text);
            if (found.Delimiter != delimiter || !found.HasHeader || (text.Contains(quote, StringComparison.Ordinal) && found.Quote != quote))
                wrong.Add($"seed {seed}: {Shown(found)} for\n{text[..Math.Min(300, text.Length)]}");
        }
        Assert.True(wrong.Count == 0, $"{wrong.Count} of {files} wrong:\n{string.Join('\n', wrong.Take(3))}");
    }

    [Theory]
    [InlineData(new byte[] { 0xEF, 0xBB, 0xBF, 0x61 }, "Utf8 a byte order mark 3 a")]
    [InlineData(new byte[] { 0xFF, 0xFE, 0x61, 0 }, "Utf16 a byte order mark 2 a")]
    [InlineData(new byte[] { 0xFE, 0xFF, 0, 0x61 }, "Utf16 a byte order mark 2 a")]
    [InlineData(new byte[] { 0x61, 0, 0x62, 0, 0x0A, 0 }, "Utf16 every second byte is zero 0 ab\n")]
    [InlineData(new byte[] { 0xC3, 0xA4 }, "Utf8  0 ä")]
    [InlineData(new byte[] { 0xE4 }, "Latin1 bytes that are not UTF-8, none from 0x80 to 0x9F 0 ä")]
    [InlineData(new byte[] { 0x80, 0xE4 }, "Windows1252 bytes that are not UTF-8, some from 0x80 to 0x9F 0 €ä")]
    public void An_encoding_is_known_by_its_mark_or_by_its_bytes(byte[] bytes, string wanted)
    {
        var guess = EncodingGuess.Of(bytes, isAll: true);
        Assert.Equal(wanted, $"{guess.Encoding} {guess.Because} {guess.MarkBytes} {Encoding.UTF8.GetString(guess.Decode(bytes))}");
    }

    [Fact]
    public void A_character_that_the_head_cuts_is_no_other_encoding() =>
        Assert.Equal(CsvEncoding.Utf8, EncodingGuess.Of([0x61, 0xC3], isAll: false).Encoding);

    static string Written(Random random, char delimiter, char quote)
    {
        var columns = random.Next(2, 9);
        var text = new StringBuilder(string.Join(delimiter, Enumerable.Range(0, columns).Select(i => $"name_{i}"))).Append('\n');
        for (var row = random.Next(4, 30); row > 0; row--)
        {
            for (var i = 0; i < columns; i++)
            {
                if (i > 0) text.Append(delimiter);
                text.Append(i switch
                {
                    0 => random.Next(1000).ToString(CultureInfo.InvariantCulture),
                    1 => $"{quote}words, and; more| of\tthem{(random.Next(3) == 0 ? $"\n{quote}{quote}x{quote}{quote}" : "")}{quote}",
                    2 => "2026-01-31",
                    _ => random.NextDouble().ToString("R", CultureInfo.InvariantCulture),
                });
            }
            text.Append('\n');
        }
        return text.ToString();
    }

    static CsvDialect Guess(string text) => DialectGuess.Of([Start(text)], new CsvHints()).Dialect;

    static FileStart Start(string text) => Start(Encoding.UTF8.GetBytes(text));

    static FileStart Start(byte[] bytes) =>
        FileStart.Of(new CsvFile("a.csv", "a.csv"), bytes, isAll: true, null, isPlain: true);

    static string Shown(CsvDialect dialect)
    {
        var quote = dialect.Quote is { } q ? CsvByte.Shown(q) : "none";
        var more = (dialect.Comment is { } comment ? $"comment {(char)comment} " : "") + (dialect.LinesAbove > 0 ? $"skip {dialect.LinesAbove} " : "");
        return $"{CsvByte.Shown(dialect.Delimiter)} {quote} {CsvByte.Shown(dialect.Escape)} {more}{(dialect.HasHeader ? "header" : "no header")}";
    }
}
