using System.Globalization;
using Quern.Chunks;
using Quern.Delivery.Parquet;

namespace Quern.Tests.Delivery.Parquet;

public sealed class ParquetWriterTests : IDisposable
{
    readonly ParquetDesk _desk = new();

    public void Dispose() => _desk.Dispose();

    [Fact]
    public void Limits_of_all_types_come_back()
    {
        Assert.Equal(4, _desk.Write(AllTypes.Limits));
        _desk.AssertHolds(AllTypes.Limits);
        _desk.Write($"from ({AllTypes.Limits}) limit 0");
        _desk.AssertHolds($"from ({AllTypes.Limits}) limit 0");
    }

    [Theory]
    [InlineData(122_880, 1 << 20, 3)]
    [InlineData(1000, 1 << 20, 1)]
    [InlineData(122_880, 500, null)]
    public void All_types_come_back_with_values_and_without(int rowGroup, int page, int? level)
    {
        var query = $"select if(i % 7 = 3, NULL, columns(* exclude i)) from (select i, {AllTypes.Between} from range(5000) r(i))";
        Assert.Equal(5000, _desk.Write(query, new ParquetOptions { RowGroupRows = rowGroup, PageBytes = page, ZstdLevel = level }));
        _desk.AssertHolds(query);
    }

    [Fact]
    public void Seconds_are_written_as_microseconds()
    {
        const string query = "select unnest(['1970-01-01 00:00:01', 'infinity', '-infinity', NULL, '1950-01-01'])::timestamp_s as s";
        _desk.Write(query);
        _desk.AssertHolds($"select s::timestamp as s from ({query})");
    }

    [Fact]
    public void Types_are_those_of_the_engines_writer()
    {
        var all = $"select *, '2026-01-01'::timestamp_s as s from ({AllTypes.Limits})";
        _desk.Write(all);
        var theirs = Quern.Duck.Sql.File(_desk.Folder["theirs.parquet"]);
        _desk.Session.Execute($"copy ({all}) to {theirs} (format parquet)");
        const string select = "select name, type, type_length, repetition_type, num_children, converted_type, scale, precision, logical_type";
        var wanted = _desk.Rows($"{select} from parquet_schema({theirs}) where num_children is null");
        Assert.Equal(wanted, _desk.Rows($"{select} from parquet_schema(@) where num_children is null"));
        Assert.Equal(26, wanted.Count);
    }

    /// <summary>Ranges, repeats, runs and NULLs at random, so that each encoding, and the way from one to another, comes up.</summary>
    [Fact]
    public void Columns_of_any_shape_come_back()
    {
        var encodings = new HashSet<string>();
        for (var seed = 0; seed < 30; seed++)
        {
            var random = new Random(seed);
            var rows = random.Next(3) switch { 0 => random.Next(1, 70), 1 => random.Next(1, 3000), _ => random.Next(20_000, 45_000) };
            var columns = Enumerable.Range(0, 5).Select(c => $"{Column(random, rows)} as c{c}");
            var query = $"select {string.Join(", ", columns)} from range({rows}) r(i)";
            var options = new ParquetOptions
            {
                RowGroupRows = random.Next(4) == 0 ? random.Next(1, rows + 1) : 122_880,
                PageBytes = random.Next(3) == 0 ? random.Next(1, 5000) : 1 << 20,
                ZstdLevel = random.Next(4) == 0 ? null : random.Next(1, 4),
            };
            Assert.Equal(rows, _desk.Write(query, options));
            _desk.AssertHolds(query);
            encodings.UnionWith(_desk.Rows("select distinct encodings from parquet_metadata(@)"));
        }
        Assert.Contains(encodings, e => e.Contains("DELTA_BINARY_PACKED", StringComparison.Ordinal));
        Assert.Contains(encodings, e => e.Contains("BYTE_STREAM_SPLIT", StringComparison.Ordinal));
        Assert.Contains(encodings, e => e.Contains("RLE_DICTIONARY", StringComparison.Ordinal));
        Assert.Contains(encodings, e => e.StartsWith("PLAIN, RLE", StringComparison.Ordinal) && !e.Contains("DICTIONARY", StringComparison.Ordinal));
    }

    [Fact]
    public void Huge_texts_close_row_groups_before_they_are_full()
    {
        const string query = "select repeat(chr((65 + i % 26)::int), (i % 40 * 30000)::int) || i as t, i from range(400) r(i)";
        _desk.Write(query, new ParquetOptions { RowGroupBytes = 10 << 20 });
        _desk.AssertHolds(query);
        var groups = _desk.Rows("select row_group_num_rows from parquet_metadata(@) where column_id = 0");
        Assert.True(groups.Count > 10, string.Join(' ', groups));
    }

    [Fact]
    public void Row_groups_have_the_rows_asked_for_and_the_last_one_the_rest()
    {
        _desk.Write("select i from range(10000) r(i)", new ParquetOptions { RowGroupRows = 4096 });
        Assert.Equal(["4096", "4096", "1808"], _desk.Rows("select row_group_num_rows from parquet_metadata(@) order by row_group_id"));
    }

    [Fact]
    public void A_thousand_columns_come_back()
    {
        var query = $"select {string.Join(", ", Enumerable.Range(0, 1000).Select(c => $"if(i % 5 = 4, NULL, i * {c}) as c{c}"))} from range(50) r(i)";
        _desk.Write(query);
        _desk.AssertHolds(query);
    }

    [Fact]
    public void Threads_write_row_groups_of_their_own()
    {
        const int Threads = 4, Chunks = 30;
        var schema = new Schema([new Column("thread", LogicalType.Of(TypeKind.BigInt)), new Column("n", LogicalType.Of(TypeKind.BigInt))]);
        using (var writer = new ParquetWriter(_desk.Path, schema, new ParquetOptions { RowGroupRows = 5000 }))
        {
            Parallel.For(0, Threads, new ParallelOptions { MaxDegreeOfParallelism = Threads }, thread =>
            {
                using var buffer = new Quern.Duck.ChunkBuffer(schema);
                using var builder = writer.Builder();
                for (var c = 0; c < Chunks; c++)
                {
                    buffer.Clear();
                    for (var row = 0; row < Chunk.Capacity; row++)
                    {
                        buffer.Writer[0].Values<long>()[row] = thread;
                        buffer.Writer[1].Values<long>()[row] = (c * Chunk.Capacity) + row;
                    }
                    buffer.Writer.Rows = Chunk.Capacity;
                    ParquetDesk.Append(writer, builder, buffer.Read());
                }
                writer.Append(builder);
            });
            Assert.Equal(Threads * Chunks * Chunk.Capacity, writer.Complete());
        }
        const long Each = Chunks * Chunk.Capacity;
        var wanted = Enumerable.Range(0, Threads).Select(t => string.Create(CultureInfo.InvariantCulture, $"{t}|{Each}|{Each}|{Each * (Each - 1) / 2}"));
        Assert.Equal(wanted, _desk.Rows("select thread, count(*), count(distinct n), sum(n)::bigint from @ group by 1 order by 1"));
        Assert.Equal(["0"], _desk.Rows("""
            select count(*) from (select n - lag(n) over (partition by thread order by file_row_number) as step
            from read_parquet(@, file_row_number = true)) where step <> 1
            """));
    }

    [Fact]
    public void Types_without_a_form_are_named()
    {
        using var rows = _desk.Session.Query("select 1::integer as a, [1] as b, 2::hugeint as c");
        Assert.Equal("b", ParquetWriter.Refused(rows.Schema)!.Name);
    }

    /// <summary>A column of <c>i</c>.</summary>
    static string Column(Random random, int rows)
    {
        var salt = random.Next(1000);
        var many = (random.Next(6) switch { 0 => 1, 1 => 2, 2 => random.Next(3, 300), 3 => rows / 3, _ => int.MaxValue }).ToString(CultureInfo.InvariantCulture);
        var number = random.Next(5) switch
        {
            0 => "i",
            1 => $"(i // {random.Next(1, 90)})",
            2 => "(1000000 - i)",
            _ => $"(hash(i + {salt}) % greatest(1, {many}))::bigint",
        };
        var value = random.Next(10) switch
        {
            0 => $"({number} % 30000)::smallint",
            1 => $"({number} - 500)::integer",
            2 => $"({number} * 1000000007 - 5000000000)::bigint",
            3 => $"({number} / 7)::double",
            4 => $"({number} / 7)::float",
            5 => $"'text ' || {number}",
            6 => $"repeat(chr((48 + {number} % 75)::int), ({number} % 40)::int)",
            7 => $"md5(({number})::varchar)::uuid",
            8 => $"({number} % 2 = 0)",
            _ => $"make_timestamp({number} * 3600000000)",
        };
        return random.Next(5) switch
        {
            0 => $"if(hash(i + {salt}) % {random.Next(1, 200)} = 0, NULL, {value})",
            1 => $"if(hash(i + {salt}) % {random.Next(2, 2000)} > 0, NULL, {value})",
            2 => $"if(i // {random.Next(1, 5000)} % 2 = 0, NULL, {value})",
            _ => value,
        };
    }
}
