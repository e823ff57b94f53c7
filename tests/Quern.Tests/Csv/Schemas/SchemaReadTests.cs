using System.Globalization;
using System.Text;
using Quern.Csv;
using Quern.Csv.Inference;
using Quern.Csv.Schemas;
using Quern.Duck;
using Quern.Tests.Csv.Inference;
using Quern.Tests.Duck;
using Quern.Tests.Files;

namespace Quern.Tests.Csv.Schemas;

/// <summary>What is inferred is read by it.</summary>
public sealed class SchemaReadTests : IDisposable
{
    readonly ScratchFolder _folder = new();
    readonly DuckSession _session = TestDuck.Memory();

    public void Dispose()
    {
        _session.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Files_that_were_looked_at_read_without_a_fault_and_as_the_engine_casts_them()
    {
        const int rows = 25;
        for (var seed = 0; seed < 250; seed++)
        {
            var random = new Random(seed);
            var columns = Enumerable.Range(0, 4).Select(_ => Cells.Column(random, rows)).ToArray();
            var text = new StringBuilder("n,a,b,c,d\n");
            for (var row = 0; row < rows; row++)
                text.Append(CultureInfo.InvariantCulture, $"{row},").AppendJoin(',', columns.Select(c => $"\"{c[row].Replace("\"", "\"\"", StringComparison.Ordinal)}\"")).Append('\n');
            _folder.Write("a.csv", text.ToString());
            var schema = Reloaded(Infer("a.csv"));
            var found = Texts(schema, _folder["a.csv"]);
            for (var i = 0; i < columns.Length; i++)
            {
                var column = schema.Columns[i + 1];
                var nulls = schema.Nulls.Concat(column.Nulls).ToList();
                for (var row = 0; row < rows; row++)
                {
                    var cell = columns[i][row];
                    var wanted = nulls.Contains(cell) ? null : Cast(cell, column);
                    if (found[row][i + 1] != wanted)
                        Assert.Fail($"seed {seed}, {column.Name} {column.Type} {column.Format}: \"{cell}\" is {found[row][i + 1] ?? "NULL"}, not {wanted ?? "NULL"}");
                }
            }
        }
    }

    [Fact]
    public void Files_with_other_columns_and_folders_come_together()
    {
        _folder.Write("month=01/a.csv", "id,name\n1,x\n2,\n");
        _folder.Write("month=02/b.csv", "day,ID\n31.01.2026,3\n");
        var schema = Reloaded(Infer("."));
        var files = new[] { "month=01/a.csv", "month=02/b.csv" }.Select(name => new CsvFile(_folder[name], name)).ToList();
        var rows = Reading.Rows(schema.ToRead(files)).Select(row => string.Join('|', row.Select(Shown))).Order(StringComparer.Ordinal);
        Assert.Equal(["1|x|NULL|01", "2|NULL|NULL|01", "3|NULL|2026-01-31|02"], rows);
    }

    [Theory]
    [InlineData("utf-16", CsvEncoding.Utf16)]
    [InlineData("iso-8859-1", CsvEncoding.Latin1)]
    public void Files_in_other_encodings_are_looked_at_and_read(string name, CsvEncoding encoding)
    {
        var text = "größe;wert\n" + string.Concat(Enumerable.Range(0, 300).Select(i => $"fünf {i};{(i == 200 ? "2.5" : "1")}\n"));
        var bytes = Encoding.GetEncoding(name);
        _folder.Write("a.csv", [.. bytes.GetPreamble(), .. bytes.GetBytes(text)]);
        var (sample, all) = (Infer("a.csv", all: false), Infer("a.csv"));
        Assert.Equal(sample.ToYaml(), all.ToYaml());
        Assert.Equal((encoding, "größe", "DOUBLE", "a.csv:202"), (all.Dialect.Encoding, all.Columns[0].Name, all.Columns[1].Type.ToString(), all.Columns[1].Evidence!.WidenedAt));
        Assert.Equal("fünf 299", Texts(all, _folder["a.csv"])[299][0]);
    }

    [Fact]
    public void Files_that_differ_in_their_encodings_are_looked_at_and_read_together()
    {
        string[] names = ["a.csv", "b.csv", "c.csv", "d.csv", "e.csv", "f.csv"];
        string[] texts = ["a-größe", "b-größe", "c-größe €", "plain", "e-größe", "f-größe"];
        Encoding[] encodings = [new UTF8Encoding(), Encoding.Unicode, Encoding.Latin1, Encoding.ASCII, Encoding.Latin1, Encoding.BigEndianUnicode];
        for (var i = 0; i < names.Length; i++)
        {
            var bytes = encodings[i].GetBytes($"id,text\n{i},{texts[i].Replace('€', '\u0080')}\n");
            _folder.Write(names[i], [.. encodings[i].GetPreamble(), .. bytes]);
        }
        foreach (var all in new[] { false, true })
        {
            var schema = Infer(".", all);
            Assert.Equal(
                "encodings differ: utf-8 in a.csv and 1 more; utf-16 in b.csv and 1 more (a byte order mark); "
                + "windows-1252 in c.csv and 1 more (bytes that are not UTF-8, some from 0x80 to 0x9F)",
                schema.Evidence!.Dialect[0]);
            Assert.Contains("encoding: auto\n", schema.ToYaml(), StringComparison.Ordinal);
            var read = Reloaded(schema).ToRead([.. names.Select(name => new CsvFile(_folder[name], name))]);
            Assert.Equal(
                texts.Select((text, i) => $"{i} {text}"),
                Reading.Rows(read).Select(row => $"{row[0]} {row[1]}").Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void A_head_of_ASCII_is_in_the_encoding_of_the_others()
    {
        _folder.Write("a.csv", "id,text\n1,x\n"u8.ToArray());
        _folder.Write("b.csv", Encoding.Latin1.GetBytes("id,text\n1,größe\n"));
        Assert.Equal("encoding latin1: bytes that are not UTF-8, none from 0x80 to 0x9F", Infer(".").Evidence!.Dialect[0]);
        Assert.Equal((CsvEncoding.Latin1, false), (Infer(".").Dialect.Encoding, Infer(".").Dialect.EncodingByFile));
    }

    [Fact]
    public void A_row_that_does_not_keep_the_schema_is_an_error_with_its_place()
    {
        _folder.Write("a.csv", "id,name\n1,x\n");
        var schema = Infer("a.csv");
        _folder.Write("a.csv", "id,name\n1,x\nzwei,y\n");
        var fault = Assert.Throws<QuernException>(() => Texts(schema, _folder["a.csv"])).Fault;
        Assert.Equal(("QN3001", "\"zwei\"", "INTEGER"), (fault.Code, fault.Value, fault.Wanted));
        Assert.Contains("line 3", fault.Where, StringComparison.Ordinal);
    }

    [Fact]
    public void A_type_that_CSV_cannot_be_read_as_is_an_error_before_a_row_is()
    {
        _folder.Write("a.csv", "id\n1\n");
        var schema = SchemaReader.Read("version: 1\ncolumns:\n  - name: id\n    type: BLOB\n", "s.yml");
        Assert.Equal("QN3004", Assert.Throws<QuernException>(() => schema.ToRead([new CsvFile(_folder["a.csv"], "a.csv")])).Fault.Code);
    }

    CsvSchema Infer(string input, bool all = true) => CsvInference.Run(new InferenceRequest { BaseDirectory = _folder.Path, Inputs = [input], All = all, Threads = 2 });

    static CsvSchema Reloaded(CsvSchema schema) => SchemaReader.Read(schema.ToYaml(), "s.yml");

    /// <summary>Rows as the engine spells their values.</summary>
    static List<string?[]> Texts(CsvSchema schema, string path)
    {
        using var session = TestDuck.Memory();
        session.Register(new CsvView("mine", schema.ToRead([new CsvFile(path, Path.GetFileName(path))]), 1));
        var rows = new List<string?[]>();
        using var result = session.Query("select columns(*)::varchar from mine()");
        while (result.Next() is { } chunk)
        {
            for (var row = 0; row < chunk.Rows; row++)
                rows.Add([.. Enumerable.Range(0, chunk.Schema.Count).Select(i => chunk[i].IsNull(row) ? null : Quern.Chunks.ValueText.Read(chunk[i], row))]);
        }
        return rows;
    }

    string? Cast(string cell, SchemaColumn column) => _session.Scalar<string>(column.Format is { } format
        ? $"select strptime({Sql.Text(cell)}, {Sql.Text(format)})::{column.Type}::varchar"
        : $"select {Sql.Text(cell)}::{column.Type}::varchar");

    static string Shown(object? value) => value switch
    {
        null => "NULL",
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        _ => string.Create(CultureInfo.InvariantCulture, $"{value}"),
    };
}
