using System.Globalization;
using System.Text;
using Quern.Chunks;
using Quern.Csv;
using Quern.Csv.Values;
using Quern.Duck;
using Quern.Tests.Duck;
using Quern.Tests.Files;

namespace Quern.Tests.Csv;

public sealed class CsvTableTests : IDisposable
{
    readonly ScratchFolder _folder = new();
    readonly DuckSession _session = TestDuck.Memory();

    public void Dispose()
    {
        _session.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Threads_read_every_row_of_every_file_once()
    {
        const int rows = 30_000;
        var text = new StringBuilder("n,text,x\n");
        for (var i = 0; i < rows; i++)
            text.Append(CultureInfo.InvariantCulture, $"{i},\"a \"\"long\"\" text,\nof row {i}\",{i / 8.0}\n");
        var files = Enumerable.Range(0, 4).Select(i => i % 2 == 0
            ? _folder.Write($"{i}.csv", text.ToString())
            : _folder.WriteGzip($"{i}.csv.gz", text.ToString()));
        var small = Enumerable.Range(0, 300).Select(i => _folder.Write($"s{i}.csv", "n,text,x\n1,s,0.5\n"));
        var read = new CsvRead
        {
            Files = [.. files.Concat(small).Select(f => new CsvFile(f, f))],
            Columns = [new("n", TypeKind.BigInt), new("text", TypeKind.Varchar), new("x", TypeKind.Double)],
            BlockBytes = 5000,
        };
        _session.Register(new CsvView("mine", read, 8));
        var sum = rows * (rows - 1L) / 2;
        Assert.Equal(
            $"{(4 * rows) + 300} {(4 * sum) + 300} {rows + 1} {(4 * sum / 8.0) + 150}",
            _session.Scalar<string>(
                "select count(*) || ' ' || sum(n) || ' ' || count(distinct text) || ' ' || sum(x)::decimal(18, 1) from mine()")!
                .Replace(".0", "", StringComparison.Ordinal));
        Assert.Equal(
            4L * rows,
            _session.Scalar<long>("select count(*) from mine() where text = format(E'a \"long\" text,\\nof row {}', n) and x = n / 8.0"));
        Assert.Equal(10, _session.Scalar<long>("select count(*) from (from mine() limit 10)"));
    }

    [Fact]
    public void Sql_reads_with_names_types_and_options()
    {
        var path = _folder.Write("a.csv", "x\nday;amount;note\n2025-10-01 00:00:00 +0000 UTC;1.5;'a;b'\n;;\n");
        _session.Register(new CsvFunction(2));
        Assert.Equal(
            "2025-10-01 00:00:00|1.5|a;b NULL|NULL|NULL",
            _session.Scalar<string>(
                $"""
                select string_agg(coalesce(t::varchar, 'NULL') || '|' || coalesce(n::varchar, 'NULL') || '|' || coalesce(note, 'NULL'), ' ' order by t nulls last)
                from quern_csv([{Sql.Text(path)}], names = ['t', 'n', 'note'], types = ['timestamp', 'DOUBLE', 'VARCHAR'],
                    delim = ';', quote = '''', escape = '''', skip = 1, empty = 'null', block_bytes = 3)
                """));
    }

    [Fact]
    public void Sql_reads_a_glob_with_columns_formats_and_texts_for_NULL()
    {
        _folder.Write("2.csv", "day|amount|who\n02.10.2025|-|b\n");
        _folder.Write("1.csv", "day|amount|who\n01.10.2025|12.345|n/a\n03.10.2025|x|c\n");
        _session.Register(new CsvFunction(2, _folder.Path));
        Assert.Equal(
            "2025-10-01 12.35 NULL, 2025-10-02 NULL b, 2025-10-03 0.00 c",
            _session.Scalar<string>(
                """
                select string_agg(concat_ws(' ', day, coalesce(amount::varchar, 'NULL'), coalesce(who, 'NULL')), ', ' order by day)
                from quern_csv('*.csv', columns = {'day': 'date', 'amount': 'decimal(12, 2)', 'who': 'text'}, delim = '|',
                    formats = {'day': '%d.%m.%Y'}, nullstr = ['-', 'n/a'], bad = {'amount': 'zero'})
                """));
        Assert.Equal("DATE", _session.Scalar<string>("select typeof(day) from quern_csv(['1.csv'], columns = {'day': 'date', 'a': 'text', 'b': 'text'}, delim = '|', formats = {'day': '%d.%m.%Y'}) limit 1"));
    }

    [Fact]
    public void Sql_reads_by_a_schema()
    {
        _folder.Write("a.csv", "who;amount\nb;1.50\n;2\n");
        _folder.Write("a.yml", "version: 1\ndialect:\n  delimiter: ';'\ncolumns:\n- name: amount\n  type: decimal(12,2)\n- name: who\n  type: varchar\n");
        _session.Register(new CsvFunction(2, _folder.Path));
        Assert.Equal(
            "b 1.50, NULL 2.00",
            _session.Scalar<string>("select string_agg(coalesce(who, 'NULL') || ' ' || amount, ', ' order by amount) from quern_csv('*.csv', schema = 'a.yml')"));
        var fault = Assert.Throws<QuernException>(() => _session.Execute("from quern_csv('*.csv', schema = 'a.yml', delim = ',')")).Fault;
        Assert.Equal(("QN3003", "schema", "a schema, or delim: not both"), (fault.Code, fault.Where, fault.Wanted));
    }

    [Fact]
    public void A_read_with_a_name_stays_when_the_result_before_was_not_read_to_its_end()
    {
        var path = _folder.Write("a.csv", string.Concat(Enumerable.Repeat("1,2\n", 20_000)));
        _session.Register(new CsvView("one", Reading.Texts(path, 2), 1));
        Assert.Equal("1", _session.Scalar<string>("select c0 from one()"));
        _session.Register(new CsvView("two", Reading.Texts(path, 2), 1));
        Assert.Equal(20_000, _session.Scalar<long>("select count(*) from two()"));
    }

    [Fact]
    public void Sql_without_names_takes_those_of_the_header()
    {
        var path = _folder.Write("a.csv", "one,two\n1,\n");
        _session.Register(new CsvFunction(2));
        Assert.Equal("1", _session.Scalar<string>($"select one || two from quern_csv([{Sql.Text(path)}])"));
    }

    [Theory]
    [InlineData("[]::varchar[]", "files", null, "a path, a glob, or a list of them")]
    [InlineData("3", "files", null, "a path, a glob, or a list of them")]
    [InlineData("['a.csv'], delim = 'é'", "delim", "é", "one ASCII character")]
    [InlineData("['a.csv'], names = ['a'], types = ['integers']", "types", "integers", CellTypes.Names)]
    [InlineData("'a.csv', columns = {'a': 'int[]'}", "columns", "int[]", CellTypes.Names)]
    [InlineData("'a.csv', columns = 'a'", "columns", "a", "{'name': 'TYPE', ...}")]
    [InlineData("'a.csv', types = ['int']", "types", null, "names for them")]
    [InlineData("'a.csv', columns = {'a': 'int'}, encoding = 'ebcdic'", "encoding", "ebcdic", "utf-8, utf-16, latin1, windows-1252")]
    [InlineData("'a.csv', columns = {'a': 'int'}, nullstr = 1", "nullstr", "1", "a text or a list of texts")]
    [InlineData("'a.csv', columns = {'a': 'int'}, formats = 'x'", "formats", "x", "{'name': 'format', ...}")]
    [InlineData("['a.csv'], names = ['a'], types = ['double', 'double']", "types", "double, double", "a type for each name")]
    [InlineData("['a.csv'], names = ['a'], bad = 'skip'", "bad", "skip", "Fail or Null or Zero")]
    [InlineData("['a.csv'], names = ['a'], block_bytes = 0", "block_bytes", "0", "1 to 268435456")]
    public void Sql_says_which_argument_is_wrong(string arguments, string where, string? value, string wanted)
    {
        _session.Register(new CsvFunction(2));
        var fault = Assert.Throws<QuernException>(() => _session.Execute($"select * from quern_csv({arguments})")).Fault;
        Assert.Equal(("QN3003", where, value, wanted, ExitCode.Usage), (fault.Code, fault.Where, fault.Value, fault.Wanted, fault.ExitCode));
    }

    [Fact]
    public void A_fault_comes_out_of_the_query()
    {
        var text = string.Concat(Enumerable.Range(0, 10_000).Select(i => i == 9000 ? "1\n" : "1,2\n"));
        _session.Register(new CsvView("mine", Reading.Texts(_folder.Write("a.csv", text), 2, blockBytes: 1000), 2));
        var fault = Assert.Throws<QuernException>(() => _session.Execute("select max(c0) from mine()")).Fault;
        Assert.Equal(("QN3106", "a.csv line 9,001 (byte 36,000)"), (fault.Code, fault.Where));
    }

    [Fact]
    public void Equal_texts_stay_equal_and_others_apart()
    {
        var random = new Random(5);
        var texts = Enumerable.Range(0, 50_000).Select(i => (random.Next(3) switch
        {
            0 => $"a long text, one of few: {random.Next(20)}",
            1 => $"{random.Next(4)} the same beginning and the same end {random.Next(1_000_000)}, long enough",
            _ => new string('é', random.Next(5, 20)),
        }).Replace(",", "", StringComparison.Ordinal)).ToList();
        var rows = Reading.Rows(Reading.Texts(_folder.Write("a.csv", string.Join('\n', texts.Select(t => t + ",x"))), 2));
        Assert.Equal(texts, rows.Select(row => (string)row[0]!));
    }

    [Fact]
    public void A_row_may_have_any_number_of_cells()
    {
        const int columns = 100_000;
        var row = string.Join(',', Enumerable.Range(0, columns));
        var read = Reading.Texts(_folder.Write("a.csv", $"{row}\n{row}\n"), columns, blockBytes: 3000);
        Assert.Equal(["99999", "0"], Assert.Single(Reading.Rows(read, [columns - 1, 0]).Distinct(new Cells())));
    }

    [Fact]
    public void Threads_that_share_a_small_file_read_it_whole()
    {
        var text = new StringBuilder();
        for (var i = 0; i < 3000; i++)
            text.Append(i % 7 == 0 ? $"{i},\"x\"\",\n\"\",{i}\"\n" : i % 11 == 0 ? $"{i},5\" pipe\n" : $"{i}, \"blank\"\n");
        var path = _folder.Write("a.csv", text.ToString());
        var wanted = Reading.Rows(Reading.Texts(path, 2)).Select(r => string.Join('|', r)).Order().ToList();
        Assert.Equal(3000, wanted.Count);
        foreach (var bytes in new[] { 1, 7, 64, 1000 })
        {
            using var pass = new CsvPass(Reading.Texts(path, 2, blockBytes: bytes));
            var found = new List<string>();
            Parallel.For(0, 8, new ParallelOptions { MaxDegreeOfParallelism = 8 }, _ =>
            {
                using var chunks = new CsvChunks(pass);
                var mine = new List<string>();
                while (chunks.Next() is { } chunk)
                {
                    for (var row = 0; row < chunk.Rows; row++) mine.Add($"{chunk[0].GetValue(row)}|{chunk[1].GetValue(row)}");
                }
                lock (found) found.AddRange(mine);
            });
            Assert.Equal(wanted, found.Order());
        }
    }

    sealed class Cells : IEqualityComparer<object?[]>
    {
        public bool Equals(object?[]? x, object?[]? y) => x!.SequenceEqual(y!);

        public int GetHashCode(object?[] obj) => obj.Length;
    }

    [Fact]
    public void Reading_allocates_nothing_for_a_row()
    {
        var text = string.Concat(Enumerable.Range(0, 100_000).Select(i => string.Create(
            CultureInfo.InvariantCulture, $"{i},\"a text of some \"\"{i}\"\" letters\",{i * 0.37},2025-10-01 00:00:00\n")));
        var read = new CsvRead
        {
            Files = [new CsvFile(_folder.Write("a.csv", text), "a.csv")],
            Columns = [new("n", TypeKind.BigInt), new("text", TypeKind.Varchar), new("x", TypeKind.Double), new("t", TypeKind.Timestamp)],
            Dialect = new CsvDialect { HasHeader = false },
        };
        using (var first = new CsvPass(read))
        using (var warm = new CsvChunks(first))
            while (warm.Next() is not null) continue;
        using var pass = new CsvPass(read);
        using var chunks = new CsvChunks(pass);
        var rows = 0L;
        var before = GC.GetAllocatedBytesForCurrentThread();
        while (chunks.Next() is { } chunk) rows += chunk.Rows;
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 40_000);
        Assert.Equal(100_000, rows);
    }
}
