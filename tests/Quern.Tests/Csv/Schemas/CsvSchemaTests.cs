using System.Text.Json;
using Quern.Chunks;
using Quern.Csv;
using Quern.Csv.Schemas;
using Quern.Tests.Files;
using Quern.Tests.House;

namespace Quern.Tests.Csv.Schemas;

public sealed class CsvSchemaTests : IDisposable
{
    const string Columns = "columns:\n  - name: id\n    type: INTEGER\n  - name: day\n    type: date\n    format: '%d.%m.%Y'\n";

    readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_is_written_reads_back_the_same()
    {
        var schema = Full();
        var again = SchemaReader.Read(schema.ToYaml(), "s.yml");
        Assert.Equal(schema.ToYaml(), again.ToYaml());
        Assert.Equal(schema.ToJson(), again.ToJson());
        Assert.Equal(schema.Dialect, again.Dialect);
        Assert.Equal(OnBad.Zero, again.Columns[0].OnBad);
    }

    [Fact]
    public void Any_text_reads_back_as_it_was()
    {
        string[] parts = ["a", " ", ":", "#", "-", "'", "\"", "\\", "\n", "\t", "yes", "null", "~", "1", "é", "😀", "{", "[", ",", "&", "*", "!", "%", "@", "`", "\u0001"];
        for (var seed = 0; seed < 3000; seed++)
        {
            var random = new Random(seed);
            var name = string.Concat(Enumerable.Range(0, random.Next(1, 5)).Select(_ => parts[random.Next(parts.Length)]));
            var schema = new CsvSchema { Columns = [new(name, LogicalType.Of(TypeKind.Varchar)) { Nulls = [name, ""] }] };
            var again = SchemaReader.Read(schema.ToYaml(), "s.yml").Columns[0];
            Assert.Equal((name, name), (again.Name, again.Nulls[0]));
        }
    }

    [Fact]
    public void What_is_not_said_is_as_usual()
    {
        var schema = SchemaReader.Read("version: 1\n" + Columns, "s.yml");
        Assert.Equal(new CsvDialect(), schema.Dialect);
        Assert.Equal([""], schema.Nulls);
        Assert.False(schema.IgnoresOthers);
        Assert.Equal(("day", "DATE", "%d.%m.%Y", OnBad.Fail), (schema.Columns[1].Name, schema.Columns[1].Type.ToString(), schema.Columns[1].Format, schema.Columns[1].OnBad));
    }

    [Theory]
    [InlineData("version: 1\ncolums: []\n", "QN4001: a schema has no key of this name\n  where   s.yml line 2, column 1\n  value   colums\n  wanted  version, evidence, dialect, nulls, other_columns, columns\n  try     columns:")]
    [InlineData("version: 1\ncolumns:\n  - name: a\n    typ: DATE\n", "QN4001: a schema has no key of this name\n  where   s.yml line 4, column 5\n  value   columns.typ\n  wanted  name, type, format, nulls, on_bad, optional, partition, missing_in, evidence\n  try     type:")]
    [InlineData("version: 1\ncolumns:\n  - name: a\n    type: INTEGR\n", "QN4002: the value of a key of a schema does not fit\n  where   s.yml line 4, column 11, columns.type\n  value   INTEGR\n  wanted  SQL's name of a type: INTEGER, DECIMAL(12,2), TIMESTAMP")]
    [InlineData("version: 1\ndialect: {delimiter: ab}\ncolumns:\n  - name: a\n    type: DATE\n", "QN4002: the value of a key of a schema does not fit\n  where   s.yml line 2, column 22, dialect.delimiter\n  value   ab\n  wanted  one ASCII character, or \\x01 to \\xFF")]
    [InlineData("version: 1\ncolumns:\n  - name: a\n", "QN4002: a key of a schema is missing\n  where   s.yml line 3, column 5, columns.type\n  wanted  SQL's name of a type: INTEGER, DECIMAL(12,2), TIMESTAMP")]
    [InlineData("version: 1\n", "QN4002: a key of a schema is missing\n  where   s.yml line 1, column 1, columns\n  wanted  a list of mappings with name, type, format, nulls, on_bad, optional, partition, missing_in, evidence")]
    [InlineData("version: 1\ncolumns: []\n", "QN4006: a schema has no columns\n  where   s.yml line 2, column 10\n  wanted  one or more")]
    [InlineData("version: 1\ncolumns:\n  - name: a\n    type: DATE\n  - name: A\n    type: DATE\n", "QN4006: a schema has a column twice\n  where   s.yml line 5, column 5\n  value   \"A\"\n  wanted  each name once, whatever the case of its letters")]
    [InlineData(Columns, "QN4007: the schema does not say which version of its format it has\n  where   s.yml line 1, column 1\n  try     version: 1    as its first line")]
    [InlineData("", "QN4007: the schema does not say which version of its format it has\n  where   s.yml\n  try     version: 1    as its first line")]
    [InlineData("version: 2\n" + Columns, "QN4002: the value of a key of a schema does not fit\n  where   s.yml line 1, column 10, version\n  value   2\n  wanted  1")]
    [InlineData("version: 1\nother_columns: drop\n" + Columns, "QN4002: the value of a key of a schema does not fit\n  where   s.yml line 2, column 16, other_columns\n  value   drop\n  wanted  fail or ignore")]
    public void A_mistake_is_named_with_its_place(string text, string error)
    {
        var thrown = Assert.Throws<QuernException>(() => SchemaReader.Read(text, "s.yml"));
        Assert.Equal("error " + error, thrown.Fault.ToString());
        Assert.Equal(ExitCode.Usage, thrown.Fault.ExitCode);
    }

    [Fact]
    public void The_schema_for_editors_is_the_table_of_the_reader() =>
        Assert.Equal(SchemaJson.Text(), Repository.Read("docs/csv-schema.schema.json"));

    [Fact]
    public void A_schema_written_as_JSON_keeps_what_the_schema_for_editors_asks()
    {
        using var rules = JsonDocument.Parse(SchemaJson.Text());
        using var document = JsonDocument.Parse(Full().ToJson());
        Keeps(document.RootElement, rules.RootElement, "");
    }

    [Fact]
    public void A_read_finds_its_columns_by_the_headers_of_files()
    {
        var schema = SchemaReader.Read("version: 1\nnulls: ['', NA]\n" + Columns + "    optional: true\n    nulls: ['?']\n    on_bad: 'null'\n", "s.yml");
        var read = schema.ToRead([File("a.csv", "id,day\n"), File("b.csv", "DAY,ID\n"), File("c.csv", "id\n")]);
        Assert.Equal((null, null), (read.Files[0].Positions, read.Files[0].Width));
        Assert.Equal([1, 0], read.Files[1].Positions);
        Assert.Equal([0, -1], read.Files[2].Positions);
        Assert.Equal(1, read.Files[2].Width);
        Assert.Equal(["NA"], read.Nulls);
        Assert.Equal((OnBad.Null, OnEmpty.Null, "%d.%m.%Y"), (read.Columns[1].Bad, read.Columns[1].Empty, read.Columns[1].Format));
        Assert.Equal(["NA", "?"], read.Columns[1].Nulls);
        Assert.Null(read.Columns[0].Nulls);
    }

    [Fact]
    public void A_column_that_the_schema_does_not_know_is_no_surprise()
    {
        var schema = SchemaReader.Read("version: 1\n" + Columns, "s.yml");
        var error = Assert.Throws<QuernException>(() => schema.ToRead([File("a.csv", "id,day,idd\n")]));
        Assert.Equal(
            "error QN4003: a file has a column that the schema does not know\n  where   a.csv\n  value   \"idd\"\n  wanted  id, day\n"
            + "  try     rename it to \"id\", if it is that one\n          quern schema infer     makes a schema of all columns\n"
            + "          other_columns: ignore     in the schema passes over such columns",
            error.Fault.ToString());
        Assert.Equal([0, 1], (schema with { IgnoresOthers = true }).ToRead([File("a.csv", "id,day,idd\n")]).Files[0].Positions);
    }

    [Fact]
    public void A_column_that_a_file_lacks_is_no_surprise()
    {
        var error = Assert.Throws<QuernException>(() => SchemaReader.Read("version: 1\n" + Columns, "s.yml").ToRead([File("a.csv", "id\n")]));
        Assert.Equal(
            "error QN4004: a file lacks a column of the schema\n  where   a.csv\n  value   id\n  wanted  \"day\"\n"
            + "  try     optional: true     at the column in the schema makes it NULL there",
            error.Fault.ToString());
    }

    [Fact]
    public void Files_without_a_header_have_the_columns_in_their_order()
    {
        var schema = SchemaReader.Read("version: 1\ndialect: {header: false}\n" + Columns, "s.yml");
        Assert.Null(schema.ToRead([File("a.csv", "1,2\n")]).Files[0].Positions);
        var error = Assert.Throws<QuernException>(() => schema.ToRead([File("a.csv", "1,2,3\n")]));
        Assert.Equal(("QN4008", "3 columns", "2 columns"), (error.Fault.Code, error.Fault.Value, error.Fault.Wanted));
    }

    [Fact]
    public void Partitions_are_constants_of_a_file()
    {
        var schema = SchemaReader.Read("version: 1\ncolumns:\n  - name: id\n    type: INTEGER\n  - name: month\n    type: VARCHAR\n    partition: true\n", "s.yml");
        var file = schema.ToRead([File("month=01/a.csv", "id\n")]).Files[0];
        Assert.Equal([0, -1], file.Positions);
        Assert.Equal([null, "01"], file.Constants);
        Assert.Equal("QN4009", Assert.Throws<QuernException>(() => schema.ToRead([File("b.csv", "id\n")])).Fault.Code);
    }

    [Fact]
    public void A_saved_schema_is_loaded_from_its_file()
    {
        var path = Path.Combine(_folder.Path, "s.yml");
        Full().Save(path);
        Assert.Equal(Full().ToYaml(), CsvSchema.Load(path).ToYaml());
        Assert.Equal("QN2001", Assert.Throws<QuernException>(() => CsvSchema.Load(path + "x")).Fault.Code);
    }

    static CsvSchema Full() => new()
    {
        Dialect = new CsvDialect { Delimiter = (byte)'\t', Quote = null, Escape = (byte)'\\', HasHeader = false, LinesAbove = 2, Comment = (byte)'#', Encoding = CsvEncoding.Windows1252 },
        Nulls = ["", "NULL"],
        IgnoresOthers = true,
        Evidence = new SchemaEvidence { Files = 2, EmptyFiles = 1, Rows = 10, RaggedRows = 3, Damage = ["3 rows with another number of cells than the header: the first, a.csv:7, has 3, wanted 2"], IsAll = true, Dialect = ["delimiter tab: 1 of 1", "no header: \"1\" is a value"] },
        Columns =
        [
            new SchemaColumn("a: b", LogicalType.Decimal(18, 2)) { OnBad = OnBad.Zero, Optional = true, MissingIn = ["x.csv", "y.csv"] },
            new SchemaColumn("yes", LogicalType.Of(TypeKind.Timestamp))
            {
                Format = "%d.%m.%Y %H:%M",
                Nulls = ["?", "no"],
                OnBad = OnBad.Null,
                Evidence = new ColumnEvidence { Values = 3, Nulls = 4, Min = "1", Max = "0x10", Widest = "# no comment", WidenedAt = "a.csv:7", WidenedBy = "{}", Because = new string('a', 200) + ": b" },
            },
            new SchemaColumn("month", LogicalType.Of(TypeKind.Varchar)) { Partition = true },
        ],
    };

    CsvFile File(string name, string text) => new(_folder.Write(name, text), name);

    /// <summary>Checks what the rules of this schema use: kinds, keys, words.</summary>
    static void Keeps(JsonElement value, JsonElement rule, string path)
    {
        if (rule.TryGetProperty("type", out var type))
        {
            var kind = value.ValueKind switch
            {
                JsonValueKind.Object => "object",
                JsonValueKind.Array => "array",
                JsonValueKind.Number => "integer",
                JsonValueKind.String => "string",
                _ => "boolean",
            };
            Assert.True(type.GetString() == kind, $"{path} is {kind}");
        }
        if (rule.TryGetProperty("enum", out var words)) Assert.Contains(value.GetString(), words.EnumerateArray().Select(w => w.GetString()));
        if (rule.TryGetProperty("pattern", out var pattern)) Assert.Matches(pattern.GetString()!, value.GetString());
        if (value.ValueKind == JsonValueKind.Array)
            foreach (var item in value.EnumerateArray()) Keeps(item, rule.GetProperty("items"), path + "[]");
        if (value.ValueKind != JsonValueKind.Object) return;
        foreach (var property in value.EnumerateObject())
        {
            Assert.True(rule.GetProperty("properties").TryGetProperty(property.Name, out var below), $"{path}.{property.Name} is not known");
            Keeps(property.Value, below, $"{path}.{property.Name}");
        }
    }
}
