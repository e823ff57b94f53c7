using System.Globalization;
using System.Text;
using Quern.Chunks;
using Quern.Csv;
using Quern.Csv.Rejects;
using Quern.Duck;
using Quern.Tests.Duck;
using Quern.Tests.Files;

namespace Quern.Tests.Csv;

public sealed class CsvRejectsTests : IDisposable
{
    readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_rejected_row_keeps_its_bytes_and_says_where_it_stood()
    {
        var path = _folder.Write("a.csv", "n,text,x\n1,a,1.5\n2,b,\"1,5\"\n3,c\n4,\"d\"e,1\n5,\"f\ng\",\"h\"\n6,i,1,2\n7,j,7\n");
        var (rows, file) = Read(path, [new("n", TypeKind.Integer), new("text", TypeKind.Varchar), new("x", TypeKind.Double)]);
        Assert.Equal("[1|a|1.5][7|j|7]", rows);
        Assert.Equal(
            """"
            source,line,byte,column,code,message,raw
            "a.csv",3,17,"x","QN3001","a value does not fit its column: ""1,5"", wanted DOUBLE","2,b,""1,5"""
            "a.csv",4,27,,"QN3106","a row has another number of fields than the header: 2, wanted 3","3,c"
            "a.csv",5,31,,"QN3107","a field goes on after its closing quote","4,""d""e,1"
            "a.csv",6,40,"x","QN3001","a value does not fit its column: ""h"", wanted DOUBLE","5,""f
            g"",""h"""
            "a.csv",8,52,,"QN3106","a row has another number of fields than the header: 4, wanted 3","6,i,1,2"

            """",
            file);
    }

    [Theory]
    [InlineData(0.02, true)]
    [InlineData(0.005, false)]
    public void A_limit_in_percent_is_judged_on_the_way_where_the_size_is_not_known(double bad, bool ends)
    {
        var text = new StringBuilder("a,b\n");
        for (var i = 0; i < 400_000; i++) text.Append(i % (int)(1 / bad) == 0 && i < 300_000 ? "1\n" : "1,2\n");
        _folder.WriteGzip("a.csv.gz", text.ToString());
        Assert.True(RejectLimit.TryParse("1%", out var limit));
        using var rejects = new CsvRejects(limit);
        var counts = new CsvCounts(2);
        var read = Reading.Texts(_folder["a.csv.gz"], 2, hasHeader: true, blockBytes: 1 << 16) with { Rejects = rejects, Counts = counts };
        if (!ends)
        {
            Assert.Equal(398_500, Reading.Rows(read).Count);
            rejects.Judge();
            return;
        }
        Assert.Equal("QN3005", Assert.Throws<QuernException>(() => Reading.Rows(read)).Fault.Code);
        Assert.InRange(counts.Read, CsvRejects.LeastJudged - 3_000, CsvRejects.LeastJudged + 3_000);
    }

    [Fact]
    public void A_place_that_cannot_be_written_is_told_before_and_during_the_run()
    {
        Directory.CreateDirectory(_folder["folder"]);
        Assert.Equal("QN8003", Assert.Throws<QuernException>(() => new CsvRejects(path: _folder["folder"])).Fault.Code);
        Directory.CreateDirectory(_folder["gone"]);
        using var rejects = new CsvRejects(path: _folder["gone/bad.csv"], name: "gone/bad.csv");
        Directory.Delete(_folder["gone"]);
        var fault = Assert.Throws<QuernException>(() => rejects.Add(new(new CsvFile("/a", "a.csv"), 0, 1, null, "QN3106", "x"), "1"u8)).Fault;
        Assert.Equal(
            ("QN8001", "the folder of the output does not exist any more", "gone/bad.csv"), (fault.Code, fault.What, fault.Where));
    }

    [Fact]
    public void Bytes_that_are_no_text_stay_as_they_are()
    {
        var path = _folder.Write("a.csv", (byte[])[.. "a,b\n1,x\n2,caf"u8, 0xE9, .. "\n"u8, 0xFF, .. ",y\n"u8]);
        var (rows, _) = Read(path, [new("a", TypeKind.Integer), new("b", TypeKind.Varchar)]);
        Assert.Equal("[1|x]", rows);
        var bytes = File.ReadAllBytes(Path.Combine(_folder.Path, "rejects.csv"));
        Assert.True(bytes.AsSpan().IndexOf((byte[])[.. "\"2,caf"u8, 0xE9, (byte)'"']) > 0);
        Assert.True(bytes.AsSpan().IndexOf((byte[])[(byte)'"', 0xFF, .. ",y\""u8]) > 0);
        Assert.Contains("\"QN2013\",\"the file is not UTF-8: byte 0xE9 at 13\"", Encoding.Latin1.GetString(bytes), StringComparison.Ordinal);
    }

    [Fact]
    public void A_quote_that_is_never_closed_takes_the_rest_of_the_file_and_says_so()
    {
        var (rows, file) = Read(_folder.Write("a.csv", "a,b\n1,x\n2,\"y\n3,z\n4,z\n"), [new("a", TypeKind.Integer), new("b", TypeKind.Varchar)]);
        Assert.Equal("[1|x]", rows);
        Assert.EndsWith("\"a.csv\",3,8,,\"QN2015\",\"a quote is never closed: all that follows is in this row, with 3 line ends\",\"2,\"\"y\n3,z\n4,z\n\"\n", file, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a,b\r\n1,x\r\n2,y\n3,z\r\n", "[1|x][3|z]", "2,y")]
    [InlineData("a,b\n1,x\n2,y\rz\n3,z\n", "[1|x][3|z]", "2,y\rz")]
    [InlineData("a,b\r1,x\r2,y\nz\r3,z\r", "[1|x][3|z]", "2,y\nz")]
    [InlineData("a,b\r\n1,x\r\n2,y\r3,z\r\n4,z\r\n", "[1|x][4|z]", "2,y\r3,z")]
    public void A_row_with_another_line_end_goes_alone(string text, string wanted, string raw)
    {
        var (rows, file) = Read(_folder.Write("a.csv", text), [new("a", TypeKind.Integer), new("b", TypeKind.Varchar)]);
        Assert.Equal(wanted, rows);
        Assert.EndsWith($",\"QN3108\",\"a row has another line end than the first one\",\"{raw}\"\n", file, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a,b\r\n1,x\r\n2,y\rz", "[1|x]", "2,y\rz")]
    [InlineData("a,b\r\n1,x\r\n\n3,z\r\n", "[1|x][3|z]", "")]
    public void A_row_with_another_line_end_ends_where_it_ends(string text, string wanted, string raw)
    {
        foreach (var bytes in new[] { 1, 3, 7, 1 << 20 })
        {
            var (rows, file) = Read(_folder.Write("a.csv", text), [new("a", TypeKind.Integer), new("b", TypeKind.Varchar)], bytes);
            Assert.Equal(wanted, rows);
            Assert.EndsWith($",\"QN3108\",\"a row has another line end than the first one\",{(raw.Length == 0 ? "" : $"\"{raw}\"")}\n", file, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("x,y,")]
    [InlineData("x,y,,\"\",")]
    [InlineData("x,\"y\",\"\"")]
    public void Empty_cells_behind_the_last_column_are_bytes_of_the_row(string row)
    {
        var (_, file) = Read(_folder.Write("a.csv", $"a,b\n{row}\n1,z\n"), [new("a", TypeKind.Integer), new("b", TypeKind.Varchar)]);
        Assert.EndsWith($"wanted INTEGER\",\"{row.Replace("\"", "\"\"", StringComparison.Ordinal)}\"\n", file, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"a\"b")]
    [InlineData("a\rb")]
    [InlineData("a,b,c")]
    [InlineData("\"a")]
    public void A_row_that_is_too_long_ends_the_read_whatever_else_is_wrong_with_it(string begin)
    {
        var path = _folder.Write("a.csv", "1,x\n" + begin + new string('y', 600) + "\n2,z\n");
        foreach (var bytes in new[] { 1, 50, 1 << 20 })
        {
            using var rejects = new CsvRejects();
            var read = Of(path, [new("a", TypeKind.Varchar), new("b", TypeKind.Varchar)], bytes, hasHeader: false) with { MaxRowBytes = 500, Rejects = rejects };
            var fault = Assert.Throws<QuernException>(() => Reading.Rows(read)).Fault;
            Assert.Equal((bytes, "QN2014", "a.csv line 2 (byte 4)", 0L), (bytes, fault.Code, fault.Where, rejects.Rows));
        }
    }

    [Fact]
    public void Without_a_bad_row_the_file_has_its_header_only()
    {
        var (_, file) = Read(_folder.Write("a.csv", "a\n1\n"), [new("a", TypeKind.Integer)]);
        Assert.Equal("source,line,byte,column,code,message,raw\n", file);
    }

    [Fact]
    public void Rows_of_random_damaged_files_are_kept_or_set_aside_wherever_blocks_begin()
    {
        for (var seed = 0; seed < 150; seed++)
        {
            var random = new Random(seed);
            var text = Damaged(random);
            var path = _folder.Write("a.csv", text);
            CsvColumn[] columns = [new("a", TypeKind.Integer), new("b", TypeKind.Varchar) { Nulls = ["N"] }, new("c", TypeKind.Double) { Empty = OnEmpty.Null }];
            var whole = Read(path, columns, 1 << 20, hasHeader: false);
            foreach (var bytes in new[] { random.Next(1, 12), random.Next(12, 200) })
            {
                var parts = Read(path, columns, bytes, hasHeader: false);
                if (whole != parts) Assert.Fail($"seed {seed}, blocks of {bytes}: {Encoding.Latin1.GetString(text)}\n{whole}\n{parts}");
            }
        }
    }

    [Fact]
    public void The_engine_sets_the_same_rows_aside()
    {
        // But for fields that go on behind their quotes: there it drops all rows that follow.
        using var session = TestDuck.Memory();
        var different = new List<string>();
        var rejected = 0L;
        for (var seed = 0; seed < 150; seed++)
        {
            var random = new Random(seed);
            var text = new StringBuilder();
            for (var row = 0; row < 30; row++)
            {
                text.Append(random.Next(12) switch
                {
                    0 => "x,bad,1.5\n",
                    1 => "1,short\n",
                    2 => "1,long,2,3\n",
                    3 => "1,worse,1.2.3\n",
                    _ => $"{row},\"some \"\"text\"\", and\nmore\",{row}.25\n",
                });
            }
            var path = _folder.Write("a.csv", text.ToString());
            var (found, file) = Read(path, [new("a", TypeKind.Integer), new("b", TypeKind.Varchar), new("c", TypeKind.Double)], hasHeader: false);
            var wanted = session.Scalar<string>(
                $$"""
                select coalesce(string_agg('[' || a || '|' || b || '|' || c || ']', ''), '') from read_csv({{Sql.File(path)}}, auto_detect = false, header = false,
                    delim = ',', quote = '"', escape = '"', nullstr = 'never', new_line = '\n', ignore_errors = true, columns = {a: 'INTEGER', b: 'VARCHAR', c: 'DOUBLE'})
                """);
            rejected += file.Split("\"QN").Length - 1;
            if (Normal(found) != Normal(wanted!)) different.Add($"seed {seed}:\n{text}\nwanted {wanted}\nfound {found}");
        }
        Assert.Empty(different.Take(1));
        Assert.True(rejected > 500);

        static string Normal(string rows) => rows.Replace(".0]", "]", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2", 3, 100, "QN3005")]
    [InlineData("3", 3, 100, null)]
    [InlineData("3%", 3, 100, null)]
    [InlineData("2.9%", 3, 100, "QN3005")]
    [InlineData("0", 0, 10, null)]
    [InlineData("0%", 1, 10, "QN3005")]
    public void A_limit_ends_the_run_when_it_is_exceeded(string limit, int bad, int all, string? code)
    {
        var text = string.Concat(Enumerable.Range(0, all).Select(i => i % (all / Math.Max(bad, 1)) == 1 && i / (all / Math.Max(bad, 1)) < bad ? "x\n" : "1\n"));
        Assert.True(RejectLimit.TryParse(limit, out var parsed));
        using var rejects = new CsvRejects(parsed);
        var read = Of(_folder.Write("a.csv", text), [new("a", TypeKind.Integer)], hasHeader: false) with { Rejects = rejects };
        var fault = Record.Exception(() =>
        {
            Reading.Rows(read);
            rejects.Judge();
        }) as QuernException;
        Assert.Equal(code, fault?.Fault.Code);
    }

    [Fact]
    public void A_limit_in_percent_that_cannot_be_met_any_more_ends_the_read_before_its_end()
    {
        var text = string.Concat(Enumerable.Range(0, 50_000).Select(i => "bad value\n"));
        Assert.True(RejectLimit.TryParse("1%", out var limit));
        using var rejects = new CsvRejects(limit);
        var read = Of(_folder.Write("a.csv", text), [new("a", TypeKind.Integer)], hasHeader: false) with { Rejects = rejects };
        var fault = Assert.Throws<QuernException>(() => Reading.Rows(read)).Fault;
        Assert.Equal(("QN3005", "at most 1% of the rows"), (fault.Code, fault.Wanted));
        Assert.InRange(rejects.Rows, 2_000, 10_000);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("101%")]
    [InlineData("%")]
    [InlineData("x")]
    [InlineData("")]
    public void A_limit_is_a_number_or_a_part(string text) => Assert.False(RejectLimit.TryParse(text, out _));

    [Fact]
    public void Bad_cells_that_something_stands_for_are_counted_by_column()
    {
        var read = Of(
            _folder.Write("a.csv", "x,y,1\n1,,z\n,2,3\n\"q\",1e999,4\n"),
            [
                new("a", TypeKind.Integer) { Bad = OnBad.Zero },
                new("b", TypeKind.Double) { Bad = OnBad.Null, Empty = OnEmpty.Null },
                new("c", LogicalType.Decimal(5, 2)) { Bad = OnBad.Zero },
            ],
            hasHeader: false) with
        { Counts = new(3) };
        Assert.Equal("[0|NULL|1.00][1|NULL|0.00][0|2|3.00][0|Infinity|4.00]", Reading.Shown(read).Replace("∞", "Infinity", StringComparison.Ordinal));
        Assert.Equal((3L, 1L, 1L), (read.Counts.Bad(0), read.Counts.Bad(1), read.Counts.Bad(2)));
        Assert.Equal((4L, 4L, 0L), (read.Counts.Read, read.Counts.Kept, read.Counts.Rejected));
    }

    [Fact]
    public void A_folder_that_is_not_there_is_told_before_reading() =>
        Assert.Equal("QN8001", Assert.Throws<QuernException>(() => new CsvRejects(null, Path.Combine(_folder.Path, "no", "rejects.csv"))).Fault.Code);

    [Fact]
    public void Many_threads_set_rows_aside_in_one_order()
    {
        var text = new StringBuilder();
        for (var i = 0; i < 60_000; i++) text.Append(CultureInfo.InvariantCulture, $"{(i % 97 == 5 ? "x" : "")}{i},\"text\nof {i}\"\n");
        var path = _folder.Write("a.csv", text.ToString());
        var first = "";
        foreach (var threads in new[] { 1, 4 })
        {
            using var session = TestDuck.Memory();
            using var rejects = new CsvRejects(null, Path.Combine(_folder.Path, "rejects.csv"));
            var read = Of(path, [new("n", TypeKind.BigInt), new("t", TypeKind.Varchar)], 5000, false) with { Rejects = rejects, Counts = new(2) };
            session.Register(new CsvView("mine", read, threads));
            var rows = session.Scalar<string>("select count(*) || ' ' || sum(n) || ' ' || count(distinct t) from mine()");
            rejects.Complete();
            Assert.True(read.Counts.AddUp);
            Assert.Equal((60_000, rejects.Rows), (read.Counts.Read, read.Counts.Rejected));
            var all = rows + File.ReadAllText(Path.Combine(_folder.Path, "rejects.csv"));
            if (first.Length == 0) first = all;
            Assert.Equal(first, all);
        }
        Assert.Equal(60_000 / 97 + 1, first.Split("QN3001").Length - 1);
        Assert.Contains("\"a.csv\",11,", first.Replace(path, "a.csv", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    static byte[] Damaged(Random random)
    {
        var text = new List<byte>();
        var lineEnd = random.Next(3) switch { 0 => "\n", 1 => "\r\n", _ => "\r" };
        for (var row = 0; row < random.Next(1, 15); row++)
        {
            for (var i = 0; i < (random.Next(12) == 0 ? random.Next(1, 6) : 3); i++)
            {
                if (i > 0) text.Add((byte)',');
                text.AddRange(Encoding.UTF8.GetBytes(random.Next(16) switch
                {
                    0 => "x",
                    1 => "\"a \"\"long\"\" enough text,\nwith all\"",
                    2 => "\"a\"b",
                    3 => "N",
                    4 => "",
                    5 => "é",
                    6 => "\"12\"",
                    7 => i == 1 ? "another long enough text" : "3",
                    _ => random.Next(1000).ToString(CultureInfo.InvariantCulture),
                }));
                if (random.Next(60) == 0) text.Add(0xE9);
            }
            text.AddRange(Encoding.UTF8.GetBytes(random.Next(25) == 0 ? "\r" : lineEnd));
            if (random.Next(20) == 0) text.AddRange(Encoding.UTF8.GetBytes(lineEnd));
        }
        if (random.Next(20) == 0) text.Insert(random.Next(text.Count), (byte)'"');
        return [.. text];
    }

    static CsvRead Of(string path, CsvColumn[] columns, int blockBytes = 1 << 20, bool hasHeader = true) => new()
    {
        Files = [new CsvFile(path, Path.GetFileName(path))],
        Columns = columns,
        Dialect = new CsvDialect { HasHeader = hasHeader },
        BlockBytes = blockBytes,
    };

    /// <summary>The rows that stay, and the file of the others.</summary>
    (string Rows, string File) Read(string path, CsvColumn[] columns, int blockBytes = 1 << 20, bool hasHeader = true)
    {
        var output = Path.Combine(_folder.Path, "rejects.csv");
        using var rejects = new CsvRejects(null, output);
        var read = Of(path, columns, blockBytes, hasHeader) with { Rejects = rejects, Counts = new(columns.Length) };
        var rows = Reading.Rows(read);
        rejects.Complete();
        Assert.True(read.Counts.AddUp, "read = kept + rejected");
        Assert.Equal((rows.Count, rejects.Rows), (read.Counts.Kept, read.Counts.Rejected));
        Assert.Equal(rejects.Rows, rejects.ByCode.Values.Sum());
        return (string.Concat(rows.Select(row => $"[{string.Join('|', row.Select(v => Convert.ToString(v, CultureInfo.InvariantCulture) ?? "NULL"))}]")), Encoding.Latin1.GetString(File.ReadAllBytes(output)));
    }
}
