using Quern.Arrow;
using Quern.Budget;
using Quern.Duck;
using Quern.Peeking;
using Quern.Tests.Duck;
using Quern.Tests.Files;

namespace Quern.Tests.Peeking;

public sealed class FilePeekTests : IDisposable
{
    readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_CSV_shows_its_types_and_first_rows()
    {
        _folder.Write("a.csv", "id;name\n1;x\n2;\n3;z\n");
        var preview = Peek("a.csv", rows: 2);
        Assert.Equal("CSV id INTEGER, name VARCHAR", Shown(preview));
        Assert.Equal((3, false, 19), (preview.RowCount, preview.IsEstimate, preview.SizeBytes));
        Assert.Equal("1|x;2|NULL", Rows(preview));
        Assert.Equal(["delimiter ;", "header", "types from all rows"], preview.Remarks);
    }

    [Fact]
    public void Ragged_rows_are_counted_and_said()
    {
        _folder.Write("a.csv", "id,name,n\n1,x,5\n2,y\n3,z,7,extra\n4,u,8\n5,v,9\n");
        var preview = Peek("a.csv");
        Assert.Equal((5, "1|x|5;2|y|NULL;3|z|7;4|u|8;5|v|9"), (preview.RowCount, Rows(preview)));
        Assert.Equal(
            ["delimiter ,", "header", "types from 3 rows", "2 ragged rows: cells that are missing show as NULL, further ones not at all"],
            preview.Remarks);
    }

    [Fact]
    public void More_rows_than_the_head_holds_are_not_cut_in_silence()
    {
        _folder.Write("a.csv", "id\n" + string.Concat(Enumerable.Repeat(new string('x', 99_999) + "\n", 20)));
        Assert.Equal("only the first 2 rows are shown: more do not fit the 262,144 bytes that are looked at", Peek("a.csv", rows: 5).Remarks[^1]);
        Assert.DoesNotContain(Peek("a.csv", rows: 2).Remarks, remark => remark.StartsWith("only", StringComparison.Ordinal));
    }

    [Fact]
    public void Statistics_leave_ragged_rows_out_and_say_where_the_first_is()
    {
        _folder.Write("a.csv", "id,name,n\n1,x,5\n2,y\n3,z,7\n4,u,8\n5,v,9\n6,w\n");
        var preview = Peek("a.csv", stats: true);
        Assert.Equal((6, 4), (preview.RowCount, preview.StatsRows));
        Assert.Equal(
            ["delimiter ,", "header", "types from 4 rows", "2 rows with another number of cells than the header: the first, a.csv:3, has 2, wanted 3"],
            preview.Remarks);
    }

    [Fact]
    public void A_quote_that_is_never_closed_is_said()
    {
        _folder.Write("a.csv", "id,name\n1,x\n2,y\n3,\"z\n4,u\n");
        Assert.Contains(Peek("a.csv").Remarks, remark => remark.Contains("never closed", StringComparison.Ordinal));
        _folder.Write("a.csv", "id,name\n1,x\n2,\"y\"\n3,\"z\"\n");
        Assert.DoesNotContain(Peek("a.csv").Remarks, remark => remark.Contains("never closed", StringComparison.Ordinal));
    }

    [Fact]
    public void Statistics_of_booleans_are_of_values_not_of_spellings()
    {
        _folder.Write("a.csv", "id,a,b\n1,True,TRUE\n2,false,true\n3,true,\n");
        Assert.Equal("id INTEGER 0 1 3 3; a BOOLEAN 0 false true 2; b BOOLEAN 1 true true 1", Stats(Peek("a.csv", stats: true)));
    }

    [Theory]
    [InlineData("PK\u0003\u0004rest of it", "QN2013", "the file is a ZIP archive, as workbooks (.xlsx) are")]
    [InlineData("\u007fELF\u0002\u0001", "QN2013", "the file is a program")]
    [InlineData("{\"a\": 1}\n{\"a\": 2}\n", "QN4012", "the file is JSON, which is not looked into")]
    [InlineData("[\n  {\"a\": 1}\n]\n", "QN4012", "the file is JSON, which is not looked into")]
    public void A_file_of_another_kind_is_not_taken_for_CSV(string text, string code, string what)
    {
        _folder.Write("a.csv", text);
        var fault = Assert.Throws<QuernException>(() => Peek("a.csv")).Fault;
        Assert.Equal((code, what), (fault.Code, fault.What));
    }

    [Fact]
    public void A_folder_of_Parquet_is_looked_into_and_one_of_several_kinds_is_named()
    {
        using (var session = TestDuck.Memory())
        {
            session.Execute($"copy (select 1 as id) to {Sql.Text(Path.Combine(_folder.Path, "a.parquet"))} (format parquet)");
            session.Execute($"copy (select 2 as id, 'x' as name) to {Sql.Text(Path.Combine(_folder.Path, "b.parquet"))} (format parquet)");
        }
        var preview = Peek(".");
        Assert.Equal(("Parquet id INTEGER, name VARCHAR", 2, "1|NULL;2|x"), (Shown(preview), preview.RowCount, Rows(preview)));
        _folder.Write("c.csv", "id\n1\n");
        var fault = Assert.Throws<QuernException>(() => Peek(".")).Fault;
        Assert.Equal(("QN4013", "a.parquet is Parquet, c.csv CSV"), (fault.Code, fault.Value));
    }

    [Fact]
    public void Of_a_long_CSV_the_head_is_read_and_the_rows_are_estimated()
    {
        const int rows = 300_000;
        _folder.Write("a.csv", "id,name\n" + string.Concat(Enumerable.Range(0, rows).Select(i => $"{100_000_000 + i},\"name, {i % 7}\"\n")));
        var preview = Peek("a.csv", rows: 1);
        Assert.True(preview.IsEstimate);
        Assert.InRange(preview.RowCount!.Value, rows * 0.99, rows * 1.01);
        Assert.Equal("100000000|name, 0", Rows(preview));
    }

    [Fact]
    public void Statistics_are_those_of_all_rows()
    {
        _folder.Write("a.csv", "n,d,t\n10,31.01.2026,b\n9,01.02.2026,\n,02.02.2026,a\n");
        var preview = Peek("a.csv", stats: true);
        Assert.Equal("n INTEGER 1 9 10 2; d DATE %d.%m.%Y 0 31.01.2026 02.02.2026 3; t VARCHAR 1 a b 2", Stats(preview));
        Assert.Empty(preview.Rows);
    }

    [Fact]
    public void A_Parquet_file_is_known_by_its_bytes()
    {
        using (var session = TestDuck.Memory())
            session.Execute($"copy (select i as id, if(i = 1, null, 'x' || i) as name, [i] as list from range(5) t(i)) to {Sql.Text(Path.Combine(_folder.Path, "a.data"))} (format parquet)");
        var preview = Peek("a.data", rows: 2);
        Assert.Equal("Parquet id BIGINT, name VARCHAR, list BIGINT[]", Shown(preview));
        Assert.Equal(5, preview.RowCount);
        Assert.Equal("0|x0|[0];1|NULL|[1]", Rows(preview));
        Assert.Equal("id BIGINT 0 0 4 5; name VARCHAR 1 x0 x4 4; list BIGINT[] 0 [0] [4] 5", Stats(Peek("a.data", stats: true)));
    }

    [Theory]
    [InlineData(ArrowCodec.None, "not compressed")]
    [InlineData(ArrowCodec.Zstd, "zstd")]
    public void An_Arrow_file_is_known_by_its_bytes(ArrowCodec codec, string remark)
    {
        using (var session = TestDuck.Memory())
        using (var file = File.Create(Path.Combine(_folder.Path, "a.data")))
        using (var rows = session.Query("select i as id, if(i = 1, null, 'x' || i) as name from range(5) t(i)"))
        using (var writer = new ArrowWriter(file, rows.Schema, new ArrowOptions { Codec = codec }))
        {
            while (rows.Next() is { } chunk) writer.Write(chunk);
            writer.Complete();
        }
        var preview = Peek("a.data", rows: 2);
        Assert.Equal("Arrow IPC id BIGINT, name VARCHAR", Shown(preview));
        Assert.Equal((5, "0|x0;1|NULL"), (preview.RowCount, Rows(preview)));
        Assert.Equal(["1 batches", remark], preview.Remarks);
        Assert.Equal("id BIGINT 0 0 4 5; name VARCHAR 1 x0 x4 4", Stats(Peek("a.data", stats: true)));
    }

    [Fact]
    public void A_database_lists_its_tables_and_shows_one()
    {
        using (var database = DuckDatabase.Open(TestDuck.Options with { Path = Path.Combine(_folder.Path, "a.duckdb") }))
        using (var session = database.Connect())
            session.Execute("create table t as select 1 as a, 'x' as b; create schema s; create table s.u as select 2 as c; create view v as select * from t");
        var preview = Peek("a.duckdb");
        Assert.Equal("s.u table 1 1, t table 1 2, v view  2", string.Join(", ", preview.Tables!.Select(t => $"{t.Name} {t.Kind} {t.Rows} {t.Columns}")));
        Assert.Equal("1|x", Rows(Peek("a.duckdb:t")));
        Assert.Equal("2", Rows(Peek("a.duckdb:s.u")));
        Assert.Equal("1|x", Rows(Peek("a.duckdb:v")));
        Assert.Equal(
            "error QN4010: the database has no table of this name\n  where   a.duckdb\n  value   \"tt\"\n  wanted  s.u, t, v\n"
            + "  try     a.duckdb:t\n          quern peek a.duckdb     lists its tables",
            Assert.Throws<QuernException>(() => Peek("a.duckdb:tt")).Fault.ToString());
    }

    [Fact]
    public void A_table_may_have_a_dot_in_its_name()
    {
        using (var database = DuckDatabase.Open(TestDuck.Options with { Path = Path.Combine(_folder.Path, "a.duckdb") }))
        using (var session = database.Connect())
            session.Execute("create table \"2024.01\" as select 7 as a");
        Assert.Equal("2024.01 1", string.Join(", ", Peek("a.duckdb").Tables!.Select(t => $"{t.Name} {t.Rows}")));
        Assert.Equal("7", Rows(Peek("a.duckdb:2024.01")));
    }

    [Fact]
    public void A_name_with_a_colon_is_a_file_when_there_is_one()
    {
        _folder.Write("a.csv:t", "id\n1\n");
        Assert.Equal("1", Rows(Peek("a.csv:t")));
    }

    [Fact]
    public void A_table_of_a_file_that_is_no_database_is_not_found()
    {
        _folder.Write("a.csv", "id\n1\n");
        Assert.Equal("QN2001", Assert.Throws<QuernException>(() => Peek("a.csv:t")).Fault.Code);
    }

    Preview Peek(string input, int rows = 20, bool stats = false) => FilePeek.Look(
        new PeekRequest { Input = input, BaseDirectory = _folder.Path, Rows = rows, Stats = stats },
        new MemoryLedger(new MemorySize(400_000_000)));

    static string Shown(Preview preview) => $"{preview.Format} {string.Join(", ", preview.Columns.Select(c => $"{c.Name} {c.Type}"))}";

    static string Rows(Preview preview) => string.Join(';', preview.Rows.Select(row => string.Join('|', row.Select(cell => cell ?? "NULL"))));

    static string Stats(Preview preview) => string.Join("; ", preview.Columns.Select(c => $"{c.Name} {c.Type} {c.Nulls} {c.Min} {c.Max} {c.Distinct}"));
}
