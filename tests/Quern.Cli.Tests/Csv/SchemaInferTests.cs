using Quern.Csv.Schemas;

namespace Quern.Cli.Tests.Csv;

/// <summary><c>quern schema infer</c>.</summary>
public sealed class SchemaInferTests : IDisposable
{
    const string Yaml =
        """
        # What CSV files are. Runs that are given it read files so, or say what is different.
        version: 1
        evidence:
          files: 2
          rows: 4
          read: all
          dialect:
            - "delimiter ;: 6 of 6 records looked at have 3 cells; 1 in \""
            - "header: \"id\" stands above values (INTEGER) in column 1"
        dialect:
          delimiter: ";"
          quote: "\""
          escape: "\""
          header: true
          encoding: utf-8
        nulls: [""]
        columns:
          - name: id
            type: BIGINT
            evidence:
              values: 4
              nulls: 0
              min: "1"
              max: "5000000000"
              widest: "5000000000"
              because: a number beyond 32 bits
              widened_at: "data/b.csv:3"
              widened_by: "5000000000"
          - name: zip
            type: VARCHAR
            evidence:
              values: 3
              nulls: 1
              widest: "01067"
              because: zeros in front, as codes have
              widened_at: "data/a.csv:2"
              widened_by: "01067"
          - name: ordered
            type: DATE
            format: "%d.%m.%Y"
            optional: true
            missing_in: [data/b.csv]
            evidence:
              values: 2
              nulls: 0
              min: "31.01.2026"
              max: "01.02.2026"
              widest: "01.02.2026"
          - name: note
            type: VARCHAR
            optional: true
            missing_in: [data/a.csv]
            evidence:
              values: 2
              nulls: 0
              widest: "a; b"

        """;

    readonly Workdir _here = new();

    public SchemaInferTests()
    {
        Directory.CreateDirectory(_here.Path("data"));
        File.WriteAllText(_here.Path("data/a.csv"), "id;zip;ordered\n1;01067;31.01.2026\n2;;01.02.2026\n");
        File.WriteAllText(_here.Path("data/b.csv"), "zip;id;note\n10115;3;\"a; b\"\n10117;5000000000;x\n");
    }

    public void Dispose() => _here.Dispose();

    [Theory]
    [InlineData]
    [InlineData("--all")]
    [InlineData("--all", "--threads", "1")]
    [InlineData("--quiet")]
    public void Writes_the_schema_of_all_files_with_its_evidence(params string[] more) =>
        _here.Quern(["schema", "infer", "data/*.csv", .. more]).Is(ExitCode.Done, Yaml);

    [Fact]
    public void Writes_it_into_a_file_and_says_so()
    {
        _here.Quern("schema", "infer", "data", "--out", "s.yml").Is(
            ExitCode.Done, error: "s.yml   4 columns from all 4 rows of 2 files\n");
        Assert.Equal(Yaml, File.ReadAllText(_here.Path("s.yml")));
    }

    [Fact]
    public void Gives_the_same_as_JSON()
    {
        var json = _here.Quern("schema", "infer", "data/a.csv", "--json").Json;
        Assert.Equal("all", json.GetProperty("evidence").GetProperty("read").GetString());
        Assert.Equal(["INTEGER", "VARCHAR", "DATE"], json.GetProperty("columns").EnumerateArray().Select(c => c.GetProperty("type").GetString()));
    }

    [Fact]
    public void Writes_JSON_into_a_file_and_reports_on_standard_output()
    {
        var ended = _here.Quern("schema", "infer", "data/a.csv", "--json", "--out", "s.json", "--quiet");
        Assert.Equal((0, 0), (ended.Code, ended.Json.GetProperty("exit_code").GetInt32()));
        Assert.StartsWith("{", File.ReadAllText(_here.Path("s.json")), StringComparison.Ordinal);
        Assert.Equal(["id", "zip", "ordered"], CsvSchema.Load(_here.Path("s.json")).Columns.Select(c => c.Name));
    }

    [Fact]
    public void Warns_of_a_quote_that_is_never_closed()
    {
        File.WriteAllText(_here.Path("x.csv"), "id,name\n1,x\n2,\"y\n3,z\n");
        var ended = _here.Quern("schema", "infer", "x.csv");
        Assert.Equal((0, "warning QN4014: no quotes: a double quote in front of a cell is never closed: x.csv:3\n"), (ended.Code, ended.Error));
        Assert.Contains("quote: none", ended.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_a_file_with_another_delimiter()
    {
        File.WriteAllText(_here.Path("data/c.csv"), "id\tzip\n1\t01067\n2\t01068\n");
        var ended = _here.Quern("schema", "infer", "data");
        Assert.Equal(1, ended.Code);
        Assert.StartsWith("error QN4011: the files have several delimiters\n  where   data/c.csv\n", ended.Error, StringComparison.Ordinal);
        Assert.Equal(0, _here.Quern("schema", "infer", "data", "--delimiter", ";").Code);
    }

    [Fact]
    public void Looks_at_standard_input()
    {
        var ended = _here.Bash("gzip -c data/a.csv | \"$quern\" schema infer - --all");
        Assert.Equal((0, ""), (ended.Code, ended.Error));
        Assert.Contains("    type: DATE\n    format: \"%d.%m.%Y\"\n", ended.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Takes_what_is_said_about_the_files()
    {
        File.WriteAllText(_here.Path("x.csv"), "a|'1'|?\nb|'2|3'|x\n");
        var ended = _here.Quern("schema", "infer", "x.csv", "--delimiter", "|", "--quote", "'", "--no-header", "--null", "?", "--json");
        Assert.Equal((0, ""), (ended.Code, ended.Error));
        var dialect = ended.Json.GetProperty("dialect");
        Assert.Equal(("|", "'", "'", false), (dialect.GetProperty("delimiter").GetString(), dialect.GetProperty("quote").GetString(),
            dialect.GetProperty("escape").GetString(), dialect.GetProperty("header").GetBoolean()));
        Assert.Equal(1, ended.Json.GetProperty("columns")[2].GetProperty("evidence").GetProperty("nulls").GetInt64());
    }

    [Fact]
    public void Says_what_it_would_do() => _here.Quern("schema", "infer", "data/*.csv", "--all", "--threads", "3", "--explain").Is(
        ExitCode.Done, "looks at every row, on 3 threads, of\n  data/*.csv\nwrites the schema to standard output\n");

    [Fact]
    public void Goes_on_behind_a_row_that_cannot_be_read_and_names_it()
    {
        File.WriteAllText(_here.Path("x.csv"), "a,b\n1,2\n3\n");
        var ended = _here.Quern("schema", "infer", "x.csv", "--all");
        Assert.Equal(0, ended.Code);
        Assert.Contains("rows: 1\n  ragged_rows: 1\n", ended.Output, StringComparison.Ordinal);
        Assert.Contains("QN4015", ended.Error, StringComparison.Ordinal);
        Assert.Contains("x.csv:3", ended.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--delimiter", "::", "not a byte", "one ASCII character, tab, comma, semicolon, pipe, space, or \\x01 to \\xFF")]
    [InlineData("--encoding", "utf-9", "not an encoding", "utf-8, utf-16, latin1, windows-1252\n  try     --encoding utf-8")]
    [InlineData("--skip", "-1", "not a number of lines", "0 to 1000000")]
    public void Refuses_a_value_that_is_none(string option, string value, string what, string wanted) =>
        _here.Quern("schema", "infer", "data/a.csv", $"{option}={value}").Is(
            ExitCode.Usage, error: $"error QN1005: {what}\n  where   {option}\n  value   \"{value}\"\n  wanted  {wanted}\n");

    [Fact]
    public void Is_what_the_word_schema_means() => Assert.Contains(
        "  try     quern schema infer\n", _here.Quern("schema", "data/a.csv").Error, StringComparison.Ordinal);

    [Fact]
    public void Finds_no_file() => _here.Quern("schema", "infer", "data/*.tsv").Is(
        ExitCode.Usage,
        error:
        $"""
        error QN2002: no file matches
          where   data, which holds a.csv, b.csv
          value   "data/*.tsv"
          try     ls {_here.Path("data")}

        """);
}
