using Quern.Chunks;
using Quern.Csv;
using Quern.Duck;
using Quern.Tests.Duck;
using Quern.Tests.Files;

namespace Quern.Tests.Csv;

/// <summary>Text cases of dialects, read in every way there is, and by DuckDB.</summary>
public sealed class CsvCaseTests : IDisposable
{
    readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string> Names() =>
        [.. Directory.GetFiles(CsvCase.Folder, "*.case").Select(f => Path.GetFileNameWithoutExtension(f)!).Order()];

    [Theory]
    [MemberData(nameof(Names))]
    public void Reads_as_the_case_says(string name)
    {
        var item = CsvCase.Load(name);
        var plain = _folder.Write("a.csv", item.File);
        using var zstd = new Zstd();
        var frame = new byte[Zstd.Bound(item.File.Length)];
        var size = zstd.Compress(item.File, frame, 3);
        CsvFile[] files =
        [
            new(plain, "a.csv"),
            new(_folder.WriteGzip("a.csv.gz", item.File), "a.csv.gz"),
            new(_folder.Write("a.csv.zst", frame.AsSpan(0, size)), "a.csv.zst"),
        ];
        foreach (var bytes in new[] { 1, 2, 3, 5, 7, 16, 64, 1 << 20 })
        {
            foreach (var file in files)
            {
                var read = item.Read(file, bytes);
                Assert.Equal((file.Name, bytes, item.Rows), (file.Name, bytes, Shown(() => Reading.Rows(read))));
                Assert.Equal((file.Name, bytes, item.Rows), (file.Name, bytes, Shown(() => Reading.Rows(read with { ForceScalar = true }))));
                Assert.Equal((file.Name, bytes, item.Rows), (file.Name, bytes, Shown(() => Ordered(read))));
                using var once = new CsvInput(new MemoryStream(File.ReadAllBytes(file.Path)), "input");
                Assert.Equal(
                    ("input", bytes, item.Rows),
                    ("input", bytes, Shown(() => Reading.Rows(read with { Files = [new CsvFile("-", "input") { Input = once }] }))));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Reads_as_DuckDB_does_where_the_case_says_so(string name)
    {
        var item = CsvCase.Load(name);
        if (item.Duckdb == "cannot") return;
        var found = Duckdb(item, _folder.Write("a.csv", item.File));
        switch (item.Duckdb)
        {
            case "same": Assert.Equal(item.Rows, found); break;
            case "fails": Assert.StartsWith("fault", found, StringComparison.Ordinal); break;
            default: Assert.NotEqual(item.Rows, found); break;
        }
    }

    [Fact]
    public void There_are_cases() => Assert.InRange(Names().Count, 25, 1000);

    static string Duckdb(CsvCase item, string path)
    {
        var dialect = item.Dialect;
        var columns = string.Join(", ", Enumerable.Range(0, item.Columns).Select(i => $"c{i}: 'VARCHAR'"));
        var comment = dialect.Comment is { } c ? $", comment = '{(char)c}'" : "";
        var encoding = item.Encoding == "latin1" ? ", encoding = 'latin-1'" : "";
        using var session = TestDuck.Memory();
        try
        {
            using var result = session.Query(
                $$"""
                select * from read_csv({{Sql.File(path)}}, auto_detect = false, header = {{dialect.HasHeader}}, skip = {{dialect.LinesAbove}},
                    delim = {{Text(dialect.Delimiter)}}, quote = {{Text(dialect.Quote)}},
                    escape = {{(dialect.Quote is null ? "''" : Text(dialect.Escape))}},
                    nullstr = '{{item.Null ?? "never"}}', columns = {{{columns}}}{{comment}}{{encoding}})
                """);
            var rows = new List<object?[]>();
            while (result.Next() is { } chunk) Add(rows, chunk);
            return Shown(() => rows);
        }
        catch (QuernException e)
        {
            return "fault " + e.Fault;
        }
    }

    static string Text(byte? value) => value is null ? "''" : Sql.Text(((char)value).ToString());

    static List<object?[]> Ordered(CsvRead read)
    {
        var rows = new List<object?[]>();
        using var ordered = new CsvOrdered(read, 3);
        while (ordered.Next() is { } chunk) Add(rows, chunk);
        return rows;
    }

    static void Add(List<object?[]> rows, Chunk chunk)
    {
        for (var row = 0; row < chunk.Rows; row++)
            rows.Add([.. Enumerable.Range(0, chunk.Schema.Count).Select(i => chunk[i].GetValue(row))]);
    }

    static string Shown(Func<List<object?[]>> read)
    {
        try
        {
            return string.Join('\n', read().Select(row => string.Join(" | ", row.Select(CsvCase.Shown))));
        }
        catch (QuernException e)
        {
            return "fault " + e.Fault.Code;
        }
    }
}
