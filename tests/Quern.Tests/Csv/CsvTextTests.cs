using System.Globalization;
using System.Text;
using Quern.Chunks;
using Quern.Csv;
using Quern.Duck;
using Quern.Tests.Duck;
using Quern.Tests.Files;

namespace Quern.Tests.Csv;

/// <summary>Texts of a chunk lie in one piece of the engine's memory: every operator that keeps texts must get them right.
/// The memory that they came from is overwritten as soon as they were handed over, each block as soon as its reader is done with it, and a
/// chunk whose memory the engine shares as soon as it asks for the next.</summary>
public sealed class CsvTextTests : IDisposable
{
    const int Rows = 40_000;

    readonly ScratchFolder _folder = new();
    readonly DuckSession _session = TestDuck.Memory();

    public CsvTextTests()
    {
        var random = new Random(3);
        var text = new StringBuilder();
        for (var i = 0; i < Rows; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{i},");
            text.Append(random.Next(5) switch
            {
                0 => "",
                1 => $"short {i % 50}",
                2 => $"a longer text, of few: {i % 40}".Replace(",", "", StringComparison.Ordinal),
                3 => $"\"with \"\"quotes\"\",\nand lines: {i}\"",
                _ => $"ever another text: {i} {new string('x', random.Next(1, 90))}",
            });
            text.Append(random.Next(400) == 0 ? $",{new string((char)('a' + (i % 26)), random.Next(8_000, 20_000))}\n" : ",étranger encore une fois\n");
        }
        var path = _folder.Write("a.csv", text.ToString());
        var read = Reading.Texts(path, 3, blockBytes: 20_000) with { Columns = [new("n", TypeKind.BigInt), new("t", TypeKind.Varchar) { Empty = OnEmpty.Null }, new("u", TypeKind.Varchar)] };
        _session.Register(new CsvView("csv", read, 3));
        _session.Register(new CsvView("csv_in_order", read, 3, inOrder: true));
        // The same rows as the engine reads them.
        _session.Execute(
            $$"""
            create table wanted as from read_csv({{Sql.File(path)}}, auto_detect = false, header = false, delim = ',', quote = '"', escape = '"', new_line = '\n', max_line_size = 100000,
                columns = {n: 'BIGINT', t: 'VARCHAR', u: 'VARCHAR'})
            """);
    }

    public void Dispose()
    {
        _session.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("join", "select c.n, c.t, c.u from {0} c join (select n, t from {0}) d on c.t = d.t and c.n = d.n union all select n, t, u from {0} where t is null")]
    [InlineData("join of a table", "select c.n, c.t, c.u from {0} c join wanted d on c.n = d.n")]
    [InlineData("sort", "select * from {0} order by t desc, n")]
    [InlineData("top", "select * from {0} order by n limit 100000")]
    [InlineData("window", "select n, first_value(t) over (partition by n % 7 order by n rows between current row and current row) as t, u from {0}")]
    [InlineData("lag", "select n, lead(t, 0) over (order by n) as t, u from {0}")]
    [InlineData("list", "select unnest(n) as n, unnest(t) as t, unnest(u) as u from (select list(n) as n, list(t) as t, list(u) as u from {0} group by n % 100)")]
    [InlineData("union", "select * from {0} union select * from {0}")]
    [InlineData("union all", "select * from {0} where n % 2 = 0 union all select * from {0} where n % 2 = 1")]
    [InlineData("distinct", "select distinct * from {0}")]
    [InlineData("group", "select n, any_value(t) as t, max(u) as u from {0} group by n")]
    [InlineData("least and greatest", "select n, min(t) as t, arg_max(u, n) as u from {0} group by n")]
    [InlineData("struct", "select s.n, s.t, s.u from (select struct_pack(n := n, t := t, u := u) as s from {0})")]
    [InlineData("map", "select n, m['t'] as t, m['u'] as u from (select n, map(['t', 'u'], [t, u]) as m from {0})")]
    [InlineData("table", "select * from (from {0}) order by 1")]
    [InlineData("materialized", "with c as materialized (from {0}) select c.n, c.t, d.u from c join c d on c.n = d.n")]
    [InlineData("limit", "select * from {0} limit 1000000")]
    [InlineData("string functions", "select n, substr(t || 'x', 1, length(t)) as t, reverse(reverse(u)) as u from {0}")]
    public void Texts_come_out_of_every_operator_as_they_went_in(string name, string sql)
    {
        foreach (var source in new[] { "csv()", "csv_in_order()" })
        {
            _session.Execute($"create or replace table found as {string.Format(CultureInfo.InvariantCulture, sql, source)}");
            Assert.Equal((name, Rows, 0L, 0L), (
                name,
                _session.Scalar<long>("select count(*) from found"),
                _session.Scalar<long>("select count(*) from (from found except all from wanted)"),
                _session.Scalar<long>("select count(*) from (from wanted except all from found)")));
        }
    }

    [Fact]
    public void Texts_of_one_long_aggregate_are_whole() => Assert.Equal(
        _session.Scalar<string>("select md5(string_agg(coalesce(t, 'NULL') || u, '|' order by n)) from wanted"),
        _session.Scalar<string>("select md5(string_agg(coalesce(t, 'NULL') || u, '|' order by n)) from csv()"));

    [Fact]
    public void An_ordered_copy_writes_the_rows_of_the_file()
    {
        var path = Path.Combine(_folder.Path, "a.parquet");
        _session.Execute($"copy (from csv_in_order()) to {Sql.File(path)} (format parquet)");
        Assert.Equal(0, _session.Scalar<long>($"select count(*) from (select row_number() over () - 1 as i, n, t, u from {Sql.File(path)}) p join wanted w on p.i = w.n where (p.n, p.t, p.u) is distinct from (w.n, w.t, w.u)"));
        Assert.Equal(Rows, _session.Scalar<long>($"select count(*) from {Sql.File(path)}"));
    }

    [Fact]
    public void Spilled_texts_come_back()
    {
        _session.Execute($"set memory_limit = '60MB'; set temp_directory = {Sql.Text(Path.Combine(_folder.Path, "spill"))}; set threads = 2");
        _session.Execute("create table found as select a.n, a.t, a.u from csv() a order by a.u, a.t, a.n");
        Assert.Equal(0, _session.Scalar<long>("select count(*) from (from found except all from wanted)"));
    }
}
