using System.Globalization;
using System.Text;
using Quern.Chunks;
using Quern.Csv;
using Quern.Duck;
using Quern.Tests.Duck;
using Quern.Tests.Files;

namespace Quern.Tests.Csv;

public sealed class CsvOrderedTests : IDisposable
{
    const long Little = 1;

    readonly ScratchFolder _folder = new();
    readonly DuckSession _session = TestDuck.Memory();

    public void Dispose()
    {
        _session.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Rows_come_in_the_order_of_the_files_whoever_parsed_them()
    {
        for (var seed = 0; seed < 40; seed++)
        {
            var random = new Random(seed);
            var bytes = random.Next(1, 3) == 1 ? random.Next(1, 60) : random.Next(60, 5000);
            var read = Reading.Texts("", 2, blockBytes: bytes) with { Files = Files(random) };
            var wanted = Reading.Rows(read).Select(row => (string)row[0]!);
            using var ordered = new CsvOrdered(read, random.Next(1, 6), bytes: random.Next(2) == 0 ? Little : 1 << 20);
            Assert.Equal(wanted, Rows(ordered));
        }
    }

    [Fact]
    public void A_query_gets_them_in_order_and_keeps_what_it_keeps()
    {
        const int rows = 20_000;
        var text = new StringBuilder();
        for (var i = 0; i < rows; i++)
            text.Append(CultureInfo.InvariantCulture, $"{i},\"a text of row {i % 977}\nthat is long\",{(i % 3 == 0 ? "" : i)}\n");
        var read = new CsvRead
        {
            Files = [new CsvFile(_folder.Write("a.csv", text.ToString()), "a.csv")],
            Columns = [new("n", TypeKind.BigInt), new("t", TypeKind.Varchar), new("x", TypeKind.Double) { Empty = OnEmpty.Null }],
            Dialect = new CsvDialect { HasHeader = false },
            BlockBytes = 3000,
        };
        _session.Register(new CsvView("ordered", read, 3, inOrder: true));
        _session.Register(new CsvView("free", read, 3));
        _session.Execute("create table kept as from ordered()");
        Assert.Equal(rows, _session.Scalar<long>("select count(*) from kept where n = rowid"));
        var file = Sql.File(_folder["a.parquet"]);
        _session.Execute($"copy (from ordered() where n % 5 > 0) to {file}");
        Assert.Equal(rows * 4 / 5, _session.Scalar<long>(
            $"""
            select count(*) from read_parquet({file}, file_row_number = true)
            where n = file_row_number // 4 * 5 + file_row_number % 4 + 1
            """));
        string[] queries =
        [
            "select md5(string_agg(n || t || coalesce(x, -1), ';' order by t, n)) from $",
            "select md5(list(t order by n)::varchar) from (from $ qualify row_number() over (partition by t order by n desc) < 4)",
            "select sum(a.n * b.n) || max(a.t || b.t) from $ a join $ b on a.t = b.t and a.n < b.n + 2000",
            "select md5(string_agg(t || c, ',' order by t)) from (select t, count(x) as c from (from $ union all from $) group by t)",
            "select md5(string_agg(s || l, ',' order by s)) from (select n % 97 as s, list(t order by n)::varchar as l from $ group by s)",
            "select sum(hash(f) % 1000) || count(*) from (select first_value(t) over (order by n rows 3000 preceding) as f from $)",
            "select count(*) || md5(max(q.t)) from kept q, (select t, n from $ where n % 501 = 7) p where p.t = q.t",
            "select md5(string_agg(t, '|' order by t desc)) from (select t from $ order by t desc, n limit 5000)",
        ];
        foreach (var query in queries)
        {
            var answers = new[] { "kept", "free()", "ordered()" }.Select(from =>
                _session.Scalar<string>(query.Replace("$", from, StringComparison.Ordinal))).ToList();
            Assert.Equal((query, answers[0], answers[0]), (query, answers[1], answers[2]));
        }
    }

    [Fact]
    public void Who_takes_few_rows_makes_it_read_little()
    {
        var text = string.Concat(Enumerable.Range(0, 300_000).Select(i => $"{i},x\n"));
        var bytes = 0L;
        var read = Reading.Texts(_folder.Write("a.csv", text), 2, blockBytes: 10_000) with { BytesRead = n => Interlocked.Add(ref bytes, n) };
        using (var ordered = new CsvOrdered(read, 3, bytes: Little))
        {
            Assert.Equal(0, Interlocked.Read(ref bytes));
            Assert.Equal("0", ordered.Next()![0].GetValue(0));
            // What the threads can do before they wait does not take long.
            for (var (last, now) = (-1L, 0L); last != now; (last, now) = (now, Interlocked.Read(ref bytes))) Thread.Yield();
            Assert.Equal(5, ordered.Chunks);
        }
        Assert.InRange(bytes, 10_000, (8 + 3 + 1) * 10_000L);
        _session.Register(new CsvView("mine", read, 3, inOrder: true));
        Assert.Equal(10, _session.Scalar<long>("select count(*) from (from mine() limit 10)"));
        Assert.Equal(300_000, _session.Scalar<long>("select count(*) from mine()"));
    }

    [Fact]
    public void The_first_fault_comes_in_its_turn()
    {
        var good = string.Concat(Enumerable.Range(0, 5000).Select(i => $"{i},x\n"));
        CsvFile[] files =
        [
            new(_folder.Write("a.csv", good), "a.csv"),
            new(_folder.WriteGzip("b.csv.gz", good + "1\n2,\"x\n"), "b.csv.gz"),
            new(_folder["none.csv"], "none.csv"),
        ];
        for (var seed = 0; seed < 20; seed++)
        {
            var random = new Random(seed);
            var read = Reading.Texts("", 2, blockBytes: random.Next(20, 3000)) with { Files = files };
            using var ordered = new CsvOrdered(read, random.Next(1, 5), bytes: Little);
            var rows = 0;
            var fault = Assert.Throws<QuernException>(() =>
            {
                while (ordered.Next() is { } chunk) rows += chunk.Rows;
            }).Fault;
            Assert.Equal(("QN3106", "b.csv.gz line 5,001 (byte 33,890)", 10_000), (fault.Code, fault.Where, rows));
        }
        using var missing = new CsvOrdered(Reading.Texts("", 2) with { Files = [files[0], files[2], files[0]] }, 2);
        var code = Assert.Throws<QuernException>(() => Rows(missing).Count()).Fault.Code;
        Assert.Equal("QN2001", code);
    }

    [Fact]
    public void Ends_its_threads_whenever_it_is_left()
    {
        var text = string.Concat(Enumerable.Range(0, 50_000).Select(i => $"{i},x\n"));
        var read = Reading.Texts(_folder.Write("a.csv", text), 2, blockBytes: 1000);
        for (var take = 0; take < 30; take++)
        {
            using var ordered = new CsvOrdered(read, 4, bytes: Little);
            for (var i = 0; i < take; i++) Assert.NotNull(ordered.Next());
        }
    }

    static IEnumerable<string> Rows(CsvOrdered ordered)
    {
        while (ordered.Next() is { } chunk)
        {
            for (var row = 0; row < chunk.Rows; row++) yield return (string)chunk[0].GetValue(row)!;
        }
    }

    CsvFile[] Files(Random random) =>
    [
        .. Enumerable.Range(0, random.Next(1, 8)).Select(file =>
        {
            var rows = random.Next(5) switch { 0 => 0, 1 => random.Next(5), _ => random.Next(8000) };
            var text = string.Concat(Enumerable.Range(0, rows).Select(i => $"{file}.{i}\"{(i % 7 == 0 ? "" : "x")},\"{i},\n\"\n"));
            var path = random.Next(3) == 0 ? _folder.WriteGzip($"{file}.csv.gz", text) : _folder.Write($"{file}.csv", text);
            return new CsvFile(path, path);
        }),
    ];
}
