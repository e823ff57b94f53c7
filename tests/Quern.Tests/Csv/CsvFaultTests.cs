using System.Text;
using Quern.Chunks;
using Quern.Csv;
using Quern.Tests.Files;

namespace Quern.Tests.Csv;

public sealed class CsvFaultTests : IDisposable
{
    readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Names_the_line_of_a_row_with_too_few_cells() => Assert.Equal(
        """
        error QN3106: a row has another number of fields than the header
          where   a.csv line 4 (byte 12)
          value   1 field
          wanted  2 fields, as in the header
          try     look for a missing quote or delimiter in the line
                  export the file again: it may have been cut short
        """,
        Fault("a,b\n1,\"x\ny\"\n3\n", 2));

    [Fact]
    public void Names_the_value_that_does_not_fit() => Assert.Equal(
        """
        error QN3001: a value does not fit its column
          where   a.csv line 3 (byte 8), column 2 "c1"
          value   "1.2e3 EUR"
          wanted  DOUBLE
          try     correct the cell
                  read the column as VARCHAR
        """,
        Fault("a,b\n1,2\n3,1.2e3 EUR\n", 2, TypeKind.Double));

    [Fact]
    public void Names_the_byte_that_is_not_utf8() => Assert.Equal(
        """
        error QN2013: the file is not UTF-8
          where   a.csv line 2 (byte 7), column 2 "c1"
          value   "x�y", byte 0xFC
          try     iconv -f WINDOWS-1252 -t UTF-8 a.csv   if it comes from a Windows program
        """,
        Fault(Encoding.Latin1.GetBytes("a,b\n1,xüy\n"), 2));

    [Fact]
    public void A_quantity_that_is_not_utf8_fails_also_where_bad_ones_are_null()
    {
        var read = Reading.Texts(_folder.Write("a.csv", Encoding.Latin1.GetBytes("a,b\n1,2\n3,x\n5,\"\u00FC7\"\n")), 2, hasHeader: true);
        read = read with { Columns = [.. read.Columns.Select(c => c with { Type = LogicalType.Of(TypeKind.Double), Bad = OnBad.Null })] };
        var fault = Assert.Throws<QuernException>(() => Reading.Rows(read)).Fault;
        Assert.Equal(("QN2013", "a.csv line 4 (byte 14), column 2 \"c1\""), (fault.Code, fault.Where));
    }

    [Theory]
    [InlineData(600, true)]
    [InlineData(CsvRead.DefaultMaxRowBytes, false)]
    public void More_memory_is_advised_only_where_it_makes_longer_records_possible(int mostBytes, bool isAdvised)
    {
        var path = _folder.Write("a.csv", Encoding.UTF8.GetBytes("a,b\n1," + new string('x', mostBytes) + "\n"));
        var fault = Assert.Throws<QuernException>(() => Reading.Rows(Reading.Texts(path, 2, hasHeader: true) with { MaxRowBytes = mostBytes })).Fault;
        Assert.Equal(("QN2014", isAdvised), (fault.Code, fault.Try.Any(t => t.Contains("--memory", StringComparison.Ordinal))));
    }

    [Fact]
    public void Names_the_row_whose_quote_is_never_closed() => Assert.Equal(
        """
        error QN2015: a quote is never closed
          where   a.csv line 2 (byte 4)
          try     close it, or double a quote that is data
                  export the file again: it may have been cut short
        """,
        Fault("a,b\n1,\"x\n3,4\n", 2));

    [Fact]
    public void Names_what_follows_a_closing_quote() => Assert.Equal(
        """
        error QN3107: a field goes on after its closing quote
          where   a.csv line 2 (byte 4), column 2
          value   "x"y
          try     write "" for a quote that is data
                  export the file again: it may have been cut short
        """,
        Fault("a,b\n1,\"x\"y\n3,4\n", 2));

    [Fact]
    public void Names_a_line_end_that_is_not_the_files() => Assert.Equal(
        """
        error QN3108: a row has another line end than the first one
          where   a.csv line 2 (byte 4), column 2
          value   CRLF, after "2"
          wanted  LF, as in the first line
          try     sed -i 's/\r$//' a.csv     makes every line end LF
                  put a cell with a line end in quotes
        """,
        Fault("a,b\n1,2\r\n3,4\n", 2));

    [Fact]
    public void Names_a_header_of_another_width() => Assert.Equal(
        """
        error QN3002: the header has another number of fields than expected
          where   a.csv
          value   1 field
          wanted  2 fields
          try     look at the first line of the file: is the delimiter right?
                  name all columns of the file, in their order
        """,
        Fault("a;b\n1;2\n", 2));

    [Theory]
    [InlineData("a.csv")]
    [InlineData("a.csv.gz")]
    public void Refuses_a_row_that_is_longer_than_agreed(string name)
    {
        var text = $"a,b\n1,2\n3,\"{new string('x', 600)}\"\n";
        var path = name.EndsWith(".gz", StringComparison.Ordinal) ? _folder.WriteGzip(name, text) : _folder.Write(name, text);
        var read = Reading.Texts(path, 2, hasHeader: true) with { MaxRowBytes = 600 };
        foreach (var bytes in new[] { 10, 100, 1 << 20 })
        {
            var fault = Assert.Throws<QuernException>(() => Reading.Rows(read with { BlockBytes = bytes })).Fault;
            Assert.Equal(("QN2014", "a record is longer than 600 bytes", $"{name} line 3 (byte 8)"), (fault.Code, fault.What, fault.Where));
        }
        Assert.Equal(2, Reading.Rows(read with { MaxRowBytes = 610 }).Count);
    }

    [Theory]
    [InlineData("row without delimiters")]
    [InlineData("row, with a \"flaw\" behind its end")]
    [InlineData("\"quote that is never closed")]
    public void Of_a_row_that_is_too_long_nothing_else_is_said(string begin)
    {
        var text = $"1,2\n{begin.PadRight(700, 'x')}\"x\"\"\r,\n3\n";
        var files = new[] { _folder.Write("a.csv", text), _folder.WriteGzip("a.csv.gz", text) };
        foreach (var path in files)
        {
            foreach (var bytes in new[] { 1, 3, 10, 64, 100, 350, 600, 1 << 20 })
            {
                var fault = Assert.Throws<QuernException>(
                    () => Reading.Rows(Reading.Texts(path, 2, blockBytes: bytes) with { MaxRowBytes = 600 })).Fault;
                Assert.Equal(("QN2014", $"{Path.GetFileName(path)} line 2 (byte 4)"), (fault.Code, fault.Where));
            }
        }
    }

    [Theory]
    [InlineData(7_000, null)]
    [InlineData(9_000, "QN2014")]
    public void How_long_a_head_may_be_does_not_depend_on_the_size_of_blocks(int headBytes, string? code)
    {
        var text = $"{new string('x', headBytes)}\na,b\n1,2\n";
        var files = new[] { _folder.Write("a.csv", text), _folder.WriteGzip("a.csv.gz", text) };
        foreach (var path in files)
        {
            foreach (var bytes in new[] { 1, 10, 1_000, 1 << 20 })
            {
                var read = Reading.Texts(path, 2, hasHeader: true, blockBytes: bytes) with { MaxRowBytes = 600 };
                Assert.Equal(code ?? "[1|2]", Reading.Shown(read with { Dialect = read.Dialect with { LinesAbove = 1 } }));
            }
        }
    }

    [Theory]
    [InlineData("\r\na,b\n12,3\r\n")]
    [InlineData("\r\na,b\r12,3\r\n")]
    [InlineData("\na,b\r12,3\n")]
    [InlineData("\na,b\r\n12,3\n")]
    [InlineData("\ra,b\n12,3\r")]
    public void A_header_with_another_line_end_than_blank_lines_above_is_refused(string text)
    {
        var files = new[] { _folder.Write("a.csv", text), _folder.WriteGzip("a.csv.gz", text) };
        foreach (var path in files)
        {
            for (var bytes = 1; bytes < 20; bytes++)
                Assert.Equal("QN3108", Reading.Shown(Reading.Texts(path, 2, hasHeader: true, blockBytes: bytes)));
        }
    }

    /// <summary>A thread that takes a later block of a faulty file meets what the fault left behind.</summary>
    [Fact]
    public void Behind_a_flaw_other_readers_end_in_peace()
    {
        var text = "\"\"y\r\n\"\"y\"n,zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz\"\"\"yw00\nzzzzzzzzzzz,,\n";
        for (var bytes = 1; bytes < text.Length; bytes++)
        {
            using var pass = new CsvPass(Reading.Texts(_folder.Write("a.csv", text), 3, blockBytes: bytes));
            using var first = pass.OpenReader();
            using var second = pass.OpenReader();
            using var sink = new DropSink();
            Assert.Throws<QuernException>(() => first.Fill(sink));
            try
            {
                while (second.Fill(sink) > 0)
                {
                }
            }
            catch (QuernException e)
            {
                Assert.Equal(("QN3107", "a.csv line 1 (byte 0), column 1"), (e.Fault.Code, e.Fault.Where));
            }
        }
    }

    [Theory]
    [InlineData("a,b\n1,2\n", "QN2010")]
    [InlineData("", "QN2010")]
    public void A_gzip_that_is_cut_short_is_no_shorter_file(string text, string code)
    {
        var bytes = ScratchFolder.Gzip(Encoding.UTF8.GetBytes(text));
        var path = _folder.Write("a.csv.gz", bytes.AsSpan(0, bytes.Length - 4));
        Assert.Equal(code, Reading.Shown(Reading.Texts(path, 2)));
    }

    [Fact]
    public void A_file_that_is_not_there_is_said_to_be() =>
        Assert.Equal("QN2001", Reading.Shown(Reading.Texts(_folder["none.csv"], 2)));

    [Fact]
    public void Reports_the_first_fault_whoever_finds_one_first()
    {
        // An open quote turns every later row inside out; rows with three cells stand far behind it.
        var text = new StringBuilder("a,b\n");
        for (var i = 0; i < 20_000; i++) text.Append(i == 500 ? "1,\"2\n" : i > 10_000 ? "1,\"2\",3\n" : "1,2\n");
        var read = Reading.Texts(_folder.Write("a.csv", text.ToString()), 2, hasHeader: true, blockBytes: 1000);
        for (var i = 0; i < 5; i++)
        {
            using var pass = new CsvPass(read);
            var faults = new List<string?>();
            Parallel.For(0, 4, _ =>
            {
                using var chunks = new CsvChunks(pass);
                try
                {
                    while (chunks.Next() is not null)
                    {
                    }
                }
                catch (QuernException e)
                {
                    lock (faults) faults.Add(e.Fault.Code + " " + e.Fault.Where);
                }
            });
            Assert.NotEmpty(faults);
            Assert.All(faults, fault => Assert.Equal("QN3107 a.csv line 502 (byte 2,004), column 2", fault));
        }
    }

    string Fault(string text, int columns, TypeKind kind = TypeKind.Varchar) => Fault(Encoding.UTF8.GetBytes(text), columns, kind);

    string Fault(byte[] text, int columns, TypeKind kind = TypeKind.Varchar)
    {
        var read = Reading.Texts(_folder.Write("a.csv", text), columns, hasHeader: true);
        read = read with { Columns = [.. read.Columns.Select(c => c with { Type = LogicalType.Of(kind) })] };
        var faults = new[] { 1, 3, 10, 1 << 20 }
            .Select(bytes => Assert.Throws<QuernException>(() => Reading.Rows(read with { BlockBytes = bytes })).Fault.ToString()).Distinct();
        return Assert.Single(faults);
    }
}
