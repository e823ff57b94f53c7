using System.Globalization;
using System.Text;
using Quern.Csv.Inference;
using Quern.Csv.Schemas;
using Quern.Tests.Files;

namespace Quern.Tests.Csv.Inference;

public sealed class CsvInferenceTests : IDisposable
{
    readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_column_says_file_and_line_that_widened_it()
    {
        _folder.Write("a.csv", "id,n\n1,1\n2,2\n");
        _folder.Write("b.csv", "id,n\n\"3\n\",1\n4,2.5\n");
        foreach (var all in new[] { false, true })
        {
            var schema = Infer(all, "*.csv");
            Assert.Equal("n DOUBLE b.csv:4 2.5", $"{schema.Columns[1].Name} {schema.Columns[1].Type} {schema.Columns[1].Evidence!.WidenedAt} {schema.Columns[1].Evidence!.WidenedBy}");
            Assert.Equal(("b.csv:2", "values of several kinds"), (schema.Columns[0].Evidence!.WidenedAt, schema.Columns[0].Evidence!.Because));
        }
    }

    [Theory]
    [InlineData("a.csv")]
    [InlineData("link.yml")]
    public void A_schema_does_not_replace_its_input(string output)
    {
        _folder.Write("a.csv", "id\n1\n");
        File.CreateSymbolicLink(_folder["link.yml"], _folder["a.csv"]);
        var e = Assert.Throws<QuernException>(() => CsvInference.Run(Request("*.csv") with { Output = _folder[output] }));
        Assert.Equal(("QN1113", ExitCode.Usage), (e.Fault.Code, e.Fault.ExitCode));
    }

    [Fact]
    public void A_header_with_a_NUL_is_no_text()
    {
        _folder.Write("a.csv", "id,n\0x\n1,2\n");
        Assert.Equal("QN2013", Assert.Throws<QuernException>(() => CsvInference.Run(Request("*.csv"))).Fault.Code);
    }

    [Fact]
    public void Files_that_lack_a_column_are_named_in_their_order()
    {
        for (var i = 0; i < 30; i++) _folder.Write($"{i:00}.csv", i % 3 == 0 ? "id,n\n1,2\n" : i % 3 == 1 ? "id,x\n1,2\n" : "id\n1\n");
        var columns = CsvInference.Run(Request("*.csv")).Columns;
        Assert.Equal([false, true, true], columns.Select(c => c.Optional));
        Assert.Empty(columns[0].MissingIn);
        Assert.Equal(Enumerable.Range(0, 30).Where(i => i % 3 != 0).Select(i => $"{i:00}.csv"), columns[1].MissingIn);
    }

    [Fact]
    public void Every_row_and_a_sample_that_holds_them_all_say_the_same()
    {
        for (var seed = 0; seed < 150; seed++)
        {
            var random = new Random(seed);
            Write(random, "a.csv", 4, random.Next(1, 60));
            Write(new Random(seed + 1), "b.csv", 4, random.Next(1, 60));
            var (sample, all, one) = (Infer(false, "*.csv"), Infer(true, "*.csv"), Infer(true, "*.csv", threads: 1));
            Assert.Equal(all.ToYaml(), sample.ToYaml());
            Assert.Equal(one.ToYaml(), all.ToYaml());
        }
    }

    [Fact]
    public void The_types_do_not_depend_on_how_rows_are_dealt_to_files()
    {
        for (var seed = 0; seed < 60; seed++)
        {
            var random = new Random(seed);
            var columns = Enumerable.Range(0, 3).Select(_ => Cells.Column(random, 40)).ToArray();
            var rows = Enumerable.Range(0, 40).Select(r => string.Join(',', columns.Select(c => $"\"{c[r].Replace("\"", "\"\"", StringComparison.Ordinal)}\""))).ToArray();
            var types = new HashSet<string>();
            for (var deal = 0; deal < 4; deal++)
            {
                random.Shuffle(rows);
                var cut = random.Next(1, 39);
                _folder.Write("a.csv", "a,b,c\n" + string.Join('\n', rows[..cut]) + "\n");
                _folder.Write("b.csv", "a,b,c\n" + string.Join('\n', rows[cut..]) + "\n");
                var schema = CsvInference.Run(Request("*.csv") with { All = true, Threads = 1 + deal, Hints = new() { HasHeader = true, Delimiter = (byte)',' } });
                types.Add(string.Join(';', schema.Columns.Select(c => $"{c.Type} {c.Format} {string.Join(',', c.Nulls)} {c.Evidence!.Min} {c.Evidence.Max} {c.Evidence.Widest} {c.Evidence.Because}")));
            }
            Assert.True(types.Count == 1, $"seed {seed}: {string.Join('\n', types)}");
        }
    }

    [Fact]
    public void A_sample_sees_head_middle_and_tail_between_quotes_too()
    {
        var text = new StringBuilder("id,note,late\n");
        for (var i = 0; i < 20_000; i++)
            text.Append(CultureInfo.InvariantCulture, $"{i},\"a, \"\"b\"\"\nline, {i}\n\",{(i == 19_999 ? "x" : i == 10_000 ? "1.5" : "1")}\n");
        _folder.Write("a.csv", text.ToString());
        var schema = CsvInference.Run(Request("a.csv") with { PartBytes = 1 << 14 });
        Assert.False(schema.Evidence!.IsAll);
        Assert.InRange(schema.Evidence.Rows, 1000, 2500);
        Assert.Equal(0, schema.Evidence.RaggedRows);
        Assert.Equal(["BIGINT", "VARCHAR", "VARCHAR"], schema.Columns.Select(c => c.Type.ToString()));
        Assert.Equal("a.csv:59999", schema.Columns[2].Evidence!.WidenedAt);
        Assert.Null(schema.Columns[0].Evidence!.WidenedAt);
    }

    [Fact]
    public void Files_come_together_by_name_and_say_what_they_lack()
    {
        _folder.Write("a.csv", "id,name\n1,x\n");
        _folder.Write("b.csv", "NAME,extra,id\ny,2026-01-31,2\n");
        foreach (var all in new[] { false, true })
        {
            var schema = Infer(all, "*.csv");
            Assert.Equal("id INTEGER, name VARCHAR, extra DATE optional a.csv", Shown(schema));
            Assert.Equal(2, schema.Columns[0].Evidence!.Values);
        }
    }

    [Fact]
    public void Folders_of_partitions_are_columns()
    {
        _folder.Write("year=2025/month=01/a.csv", "id\n1\n");
        _folder.Write("year=2026/month=__HIVE_DEFAULT_PARTITION__/b.csv", "id\n2\n");
        var schema = Infer(false, ".");
        Assert.Equal("id INTEGER, year INTEGER partition, month VARCHAR partition", Shown(schema));
        Assert.Equal(1, schema.Columns[2].Evidence!.Nulls);
    }

    [Fact]
    public void Names_that_come_twice_or_are_missing_are_made_up() =>
        Assert.Equal("a VARCHAR, A_1 VARCHAR, column3 VARCHAR", ShownOf("a,A,\nx,y,z\n", header: true));

    [Fact]
    public void Without_a_header_columns_are_called_by_their_position() =>
        Assert.Equal("column1 INTEGER, column2 VARCHAR", ShownOf("1,x\n2,y\n", header: null));

    [Fact]
    public void An_empty_file_says_nothing()
    {
        _folder.Write("a.csv", "");
        _folder.Write("b.csv", "id\n1\n");
        var schema = Infer(true, "*.csv");
        Assert.Equal("id INTEGER", Shown(schema));
        Assert.Equal((2, 1), (schema.Evidence!.Files, schema.Evidence.EmptyFiles));
    }

    [Fact]
    public void A_header_alone_gives_texts() => Assert.Equal("id VARCHAR, name VARCHAR", ShownOf("id,name\n", header: null));

    [Fact]
    public void Nothing_at_all_is_an_error()
    {
        _folder.Write("a.csv", "");
        var error = Assert.Throws<QuernException>(() => Infer(false, "a.csv"));
        Assert.Equal(
            "error QN4005: no file has a record, so there is nothing to infer\n  where   a.csv\n  try     name files with rows", error.Fault.ToString());
    }

    [Fact]
    public void Gzip_is_looked_at_as_its_content_is()
    {
        _folder.WriteGzip("a.csv.gz", "id;day\n1;31.01.2026\n");
        Assert.Equal("id INTEGER, day DATE", Shown(Infer(false, "a.csv.gz")));
        Assert.Equal(Infer(true, "a.csv.gz").ToYaml(), Infer(false, "a.csv.gz").ToYaml());
    }

    [Fact]
    public void Said_NULLs_are_no_values()
    {
        _folder.Write("a.csv", "a,b\n1,x\n?,?\n");
        var schema = CsvInference.Run(Request("a.csv") with { Hints = new() { Nulls = ["?"] } });
        Assert.Equal("a INTEGER, b VARCHAR", Shown(schema));
        Assert.Equal((1, 1), (schema.Columns[0].Evidence!.Values, schema.Columns[0].Evidence!.Nulls));
        Assert.Equal(["?"], schema.Nulls);
    }

    [Fact]
    public void Rows_that_cannot_be_read_are_passed_over_and_told_with_the_line_of_the_first()
    {
        _folder.Write("a.csv", "a,b\n1,2\n1,,\n4,5\n6,7\n8,9\n1,2\n3,4\n5,6\n7,8\n");
        _folder.Write("b.csv", "a,b\n1,2\n1\n\"x\ny\",z,3\n6,\"7\"8\n8,9\n1,2\n3,\"4\n5,6\n7,8\n");
        foreach (var all in new[] { false, true })
        {
            var schema = CsvInference.Run(Request("*.csv") with { All = all, Hints = new() { Quote = (byte)'"' } });
            Assert.Equal(["INTEGER", "INTEGER"], schema.Columns.Select(c => c.Type.ToString()));
            Assert.Equal((12, 4, true), (schema.Evidence!.Rows, schema.Evidence.RaggedRows, schema.Evidence.IsAll));
            Assert.Equal(
                [
                    "a quote is never closed: it opens at b.csv:9",
                    "2 rows with another number of cells than the header: the first, b.csv:3, has 1, wanted 2",
                    "1 row with a field that goes on after its closing quote: the first is b.csv:6",
                ],
                schema.Evidence.Damage);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_quote_that_is_never_closed_is_found_in_a_file_that_is_longer_than_its_head(bool compressed)
    {
        var text = new StringBuilder("id,note\n");
        for (var i = 2; i < 60_000; i++) text.Append(CultureInfo.InvariantCulture, $"{i},{(i < 5 ? "\"x\"" : i == 400 ? "\"y" : "word")}\n");
        if (compressed) _folder.WriteGzip("a.csv.gz", text.ToString());
        else _folder.Write("a.csv", text.ToString());
        var name = compressed ? "a.csv.gz" : "a.csv";
        var said = new CsvHints { Quote = (byte)'"' };
        var sampled = CsvInference.Run(Request(name) with { PartBytes = 1 << 14, Hints = said }).Evidence!;
        Assert.Equal((false, $"a quote is never closed: it opens at {name}:400"), (sampled.IsAll, Assert.Single(sampled.Damage)));
        var guessed = CsvInference.Run(Request(name) with { PartBytes = 1 << 14 }).Evidence!;
        Assert.Contains($"{name}:400", string.Join(' ', [.. guessed.Doubts, .. guessed.Damage]), StringComparison.Ordinal);
        var all = CsvInference.Run(Request(name) with { All = true, Hints = said }).Evidence!;
        Assert.Equal((398, 1, $"a quote is never closed: it opens at {name}:400"), (all.Rows, all.RaggedRows, Assert.Single(all.Damage)));
    }

    [Fact]
    public void A_row_that_is_too_long_ends_the_look_at_every_row_and_says_which_quote_is_open()
    {
        _folder.Write("a.csv", "id,a,b\n1,\"x\ny\",\"z\n" + string.Concat(Enumerable.Repeat("1,2,3\n", 800_000)));
        Assert.Equal(
            "error QN2014: a record is longer than 2,097,152 bytes\n  where   a.csv line 2 (byte 7)\n"
            + "  value   a quote that opens in line 3 is not closed\n  try     look for a quote that is not closed",
            Assert.Throws<QuernException>(() => CsvInference.Run(Request("a.csv") with { All = true, Threads = 3, Hints = new() { Quote = (byte)'"' } })).Fault.ToString());
    }

    [Fact]
    public void Different_texts_are_counted_with_a_small_error()
    {
        foreach (var count in new[] { 0, 1, 10, 1_000, 50_000 })
        {
            var (sketch, other) = (new DistinctSketch(), new DistinctSketch());
            for (var i = 0; i < count; i++)
            {
                var text = Encoding.UTF8.GetBytes($"value {i}");
                sketch.Add(text);
                sketch.Add(text);
                if (i % 2 == 0) other.Add(text);
            }
            sketch.Add(other);
            // Three standard errors.
            Assert.InRange(sketch.Estimate(), count * 0.95, count * 1.05);
        }
    }

    void Write(Random random, string name, int columns, int rows)
    {
        var cells = Enumerable.Range(0, columns).Select(_ => Cells.Column(random, rows)).ToArray();
        var text = new StringBuilder("id," + string.Join(',', Enumerable.Range(0, columns).Select(c => $"c{c}")) + "\n");
        for (var row = 0; row < rows; row++)
            text.Append(CultureInfo.InvariantCulture, $"{row},").AppendJoin(',', cells.Select(c => $"\"{c[row].Replace("\"", "\"\"", StringComparison.Ordinal)}\"")).Append('\n');
        _folder.Write(name, text.ToString());
    }

    string ShownOf(string text, bool? header)
    {
        _folder.Write("one.csv", text);
        return Shown(CsvInference.Run(Request("one.csv") with { Hints = new() { HasHeader = header } }));
    }

    CsvSchema Infer(bool all, string input, int threads = 3) => CsvInference.Run(Request(input) with { All = all, Threads = threads });

    InferenceRequest Request(string input) => new() { BaseDirectory = _folder.Path, Inputs = [input], Threads = 2 };

    static string Shown(CsvSchema schema) => string.Join(
        ", ", schema.Columns.Select(c => $"{c.Name} {c.Type}{(c.Optional ? " optional " + string.Join(' ', c.MissingIn) : "")}{(c.Partition ? " partition" : "")}"));
}
