using System.Text;
using Quern.Jinja.Values;
using Quern.Models.Results;

namespace Quern.Tests.Models.Seeds;

/// <summary>Seeds against the engine's own COPY.</summary>
public sealed class SeedRowsTests : IDisposable
{
    readonly TestProject _project = new();

    public void Dispose() => _project.Dispose();

    [Theory]
    [InlineData("date", "2024-01-02", "2024-1-2", "2024/01/02", "infinity", "2024-13-01", "0044-03-15 (BC)", " 2024-01-02 ",
        "13/02/2024", "01/02/2024", "02-13-2024", "13.02.2024", "2024 02 13")]
    [InlineData("timestamp", "2024-01-02 03:04:05.123456", "2024-01-02T03:04:05Z", "2024-01-02 03:04:05+02", "2024-01-02", "2024-1-2 3:4:5", "x",
        "13/02/2024 10:11:12", "13/02/2024")]
    [InlineData("timestamptz", "2024-01-02 03:04:05", "2024-01-02T03:04:05Z", "2024-01-02 03:04:05+02", "2024-01-02")]
    [InlineData("time", "03:04:05", "3:4:5", "03:04:05.5", "25:00:00")]
    [InlineData("boolean", "true", "F", "t", "1", "0", "yes", "TRUE", "2")]
    [InlineData("integer", "1", "-2", "+3", "007", " 7 ", "1.5", "1e3", "1_000", "2147483648", "0x10", "null")]
    [InlineData("bigint", "9223372036854775807", "9223372036854775808", "-0")]
    [InlineData("hugeint", "170141183460469231731687303715884105727", "1e20")]
    [InlineData("double", "1", "-.5", "1e400", "nan", "inf", "-Infinity", "1,5", "0.1", "5e-324", "123456789012345678901234567890")]
    [InlineData("decimal(10,2)", "1.005", "1.004", "-1.5e2", "123456789.00", "12345678.99", ".5")]
    [InlineData("varchar", "x", " padded ", "\"\"", "\"a \"\"b\"\"\"", "\"line\nline\"", "null", "NULL", "é", "\"x\"")]
    [InlineData("varchar(2)", "abc")]
    [InlineData("uuid", "00000000-0000-0000-0000-000000000001", "{00000000-0000-0000-0000-000000000001}", "x")]
    [InlineData("integer[]", "\"[1, 2]\"", "[1]", "1")]
    [InlineData("json", "\"{\"\"a\"\": 1}\"", "{")]
    [InlineData("interval", "1 day", "2 h")]
    [InlineData("blob", "abc", "\\x41")]
    public void A_value_becomes_what_COPY_makes_of_it(string type, params string[] values)
    {
        var differences = new List<string>();
        for (var i = 0; i < values.Length; i++)
        {
            var (name, cell) = ($"s{i}", values[i].Contains(',', StringComparison.Ordinal) && values[i][0] != '"' ? $"\"{values[i]}\"" : values[i]);
            _project.Clear();
            _project.Seed(name, $"k,v\n1,{cell}\n", ("column_types", new Dict { ["v"] = type }));
            var status = Assert.Single(_project.Run().Results).Status;
            var ours = status == NodeStatus.Success ? Shown(name) : "error";
            var theirs = Copied($"copy_{name}", $"k integer, v {type}", _project.Folder[$"seeds/{name}.csv"]);
            if (ours != theirs) differences.Add($"{cell}: {ours}, not {theirs}");
        }
        Assert.Empty(differences);
    }

    [Fact]
    public void A_moment_with_a_zone_that_is_none_is_an_error_where_COPY_makes_it_NULL()
    {
        _project.Seed("s", "k,v\n1,x\n", ("column_types", new Dict { ["v"] = "timestamptz" }));
        Assert.Equal(NodeStatus.Error, Assert.Single(_project.Run().Results).Status);
    }

    [Fact]
    public void Rows_of_many_chunks_arrive_once_each_and_in_order()
    {
        var text = new StringBuilder("id,day,note\n");
        for (var i = 0; i < 300_000; i++) text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{i},2024-01-02,\"a\nb {i}\"\n");
        _project.Seed("s", text.ToString());
        Assert.Equal("INSERT 300000", Assert.Single(_project.Run().Results).Message);
        Assert.Equal(["300000|0|INTEGER|DATE"], _project.Rows(
            "select count(*), count(*) filter (id <> r or note <> concat('a', chr(10), 'b ', id)), any_value(typeof(id)), any_value(typeof(day)) " +
            "from (select *, row_number() over () - 1 r from s)"));
    }

    [Fact]
    public void Tables_of_any_text_are_those_that_COPY_fills()
    {
        var random = new Random(20240102);
        string[] words = ["", "a", " b", "\"\"", "\"c,d\"", "\"e\nf\"", "\"g \"\"h\"\"\"", "1", "-2.50", "2024-02-29", "é€😀", "#x", "'", "\\", "long text of many bytes, not", "null"];
        for (var round = 0; round < 30; round++)
        {
            var end = round % 3 == 0 ? "\r\n" : "\n";
            var width = 1 + random.Next(5);
            var text = new StringBuilder(string.Join(',', Enumerable.Range(0, width).Select(c => $"c{c}"))).Append(end);
            for (var row = random.Next(50); row >= 0; row--)
            {
                var cells = Enumerable.Range(0, width).Select(_ => words[random.Next(words.Length)].Replace(", not", "", StringComparison.Ordinal));
                text.AppendJoin(',', cells);
                if (row > 0 || round % 2 == 0) text.Append(end);
            }
            _project.Clear();
            _project.Seed($"t{round}", text.ToString());
            var made = Assert.Single(_project.Run().Results);
            Assert.True(made.Status == NodeStatus.Success, $"{made.Fault}\n{text}");
            var columns = string.Join(", ", Enumerable.Range(0, width).Select(c => $"c{c} varchar"));
            _project.Execute($"create table u{round} ({columns})");
            _project.Execute(
                $"copy u{round} from '{_project.Folder[$"seeds/t{round}.csv"]}' (format csv, header true, delimiter ',', quote '\"', escape '\"', auto_detect false)");
            var texts = string.Join(", ", Enumerable.Range(0, width).Select(c => $"c{c}"));
            Assert.Equal(_project.Rows($"select {texts} from u{round}"), _project.Rows($"select columns(*)::varchar from t{round}"));
        }
    }

    string Shown(string table) => string.Join("; ", _project.Rows($"select v::varchar, typeof(v) from {table}"));

    string Copied(string table, string columns, string path)
    {
        _project.Execute($"create table {table} ({columns})");
        try
        {
            _project.Execute($"copy {table} from '{path}' (format csv, header true, delimiter ',')");
        }
        catch (QuernException)
        {
            return "error";
        }
        return Shown(table);
    }
}
