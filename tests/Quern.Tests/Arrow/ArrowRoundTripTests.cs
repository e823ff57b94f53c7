using System.Globalization;
using System.Text.RegularExpressions;
using Quern.Arrow;
using Quern.Chunks;
using Quern.Duck;
using Quern.Tests.Duck;
using Quern.Tests.Files;

namespace Quern.Tests.Arrow;

public sealed partial class ArrowRoundTripTests : IDisposable
{
    /// <summary>What Arrow has no type for, and whole numbers of 39 digits.</summary>
    static readonly string[] Refused = ["time_tz", "bit", "bignum", "union", "hugeint", "uhugeint", "geometry", "variant"];

    readonly ScratchFolder _folder = new();
    readonly DuckSession _session = TestDuck.Memory();

    public ArrowRoundTripTests() => _session.Register(new ArrowFunction(1));

    public void Dispose()
    {
        _session.Dispose();
        _folder.Dispose();
    }

    public static TheoryData<ArrowCodec> Codecs => [ArrowCodec.None, ArrowCodec.Lz4, ArrowCodec.Zstd];

    /// <summary>DuckDB's own rows of limits: the least and the largest value of each type, and NULL.</summary>
    [Theory, MemberData(nameof(Codecs))]
    public void Every_type_comes_back_with_its_limits_and_null(ArrowCodec codec)
    {
        var names = Texts("select column_name from (describe from test_all_types())")
            .Where(name => !Refused.Contains(name)).Select(name => Sql.Name(name!)).ToList();
        Assert.True(names.Count > 35, $"only {names.Count} types were tried");
        var query = $"select {string.Join(", ", names)} from test_all_types()";
        var path = ArrowFiles.Write(_session, query, _folder["a.arrow"], new ArrowOptions { Codec = codec });
        var read = $"from quern_arrow([{Sql.Text(path)}])";
        Assert.Equal(Types(query).Select(type => Enum().Replace(type!, "VARCHAR")), Types(read));
        Assert.Equal(Texts(query), Texts(read));
    }

    [Theory]
    [InlineData("true")]
    [InlineData("-7::tinyint")]
    [InlineData("1::uhugeint", "DECIMAL(38,0)")]
    [InlineData("-99999999999999999999999999999999999999::hugeint", "DECIMAL(38,0)")]
    [InlineData("'-infinity'::date")]
    [InlineData("'infinity'::timestamp")]
    [InlineData("'24:00:00'::time")]
    [InlineData("'290309-12-22 (BC) 00:00:00'::timestamp")]
    [InlineData("'1677-09-22 00:00:00'::timestamp_ns")]
    [InlineData("'2025-03-30 01:59:59.999999+01'::timestamptz")]
    [InlineData("interval '-5 months 3 days 0.000001 seconds'")]
    [InlineData("'nan'::double")]
    [InlineData("'-infinity'::float")]
    [InlineData("0.1::decimal(4, 1)")]
    [InlineData("-12345.6789::decimal(9, 4)")]
    [InlineData("1234567890.12345678::decimal(18, 8)")]
    [InlineData("'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid")]
    [InlineData("'grün, 12 bytes'::varchar")]
    [InlineData("''::blob")]
    [InlineData(@"'\x00\xFF'::blob")]
    [InlineData("'b'::enum('a', 'b')", "VARCHAR")]
    [InlineData("[1, NULL, 3]")]
    [InlineData("[]::varchar[]")]
    [InlineData("[['a long text that does not lie in place'], NULL, []]")]
    [InlineData("{'a': 1, 'b': ['x', NULL]}")]
    [InlineData("map {'k': 1.5, 'l': NULL}")]
    [InlineData("['a', 'b']::enum('a', 'b')[]", "VARCHAR[]")]
    public void A_value_comes_back_between_nulls(string value, string? type = null)
    {
        var query = $"select if(i % 3 = 1, x, NULL) as x from (select {value} as x), range(4000) r(i)";
        var path = ArrowFiles.Write(_session, query, _folder["a.arrow"]);
        var read = $"from quern_arrow([{Sql.Text(path)}])";
        Assert.Equal(type is null ? Types(query) : [type], Types(read));
        Assert.Equal(Texts(query), Texts(read));
    }

    /// <summary>Batches that end in the middle of chunks, bits that end in the middle of words.</summary>
    [Theory]
    [InlineData(ArrowCodec.None, 1, 1 << 20)]
    [InlineData(ArrowCodec.Lz4, 63, 1 << 20)]
    [InlineData(ArrowCodec.Zstd, 1000, 1 << 20)]
    [InlineData(ArrowCodec.None, 122_880, 200)]
    [InlineData(ArrowCodec.Lz4, 122_880, 1)]
    public void Batches_of_any_size_hold_the_same_rows(ArrowCodec codec, int batchRows, int batchBytes)
    {
        const string query =
            """
            select i, if(i % 7 = 0, NULL, i % 2 = 0) as flag, if(i % 5 = 0, NULL, repeat('é', (i % 40)::int)) as text,
                if(i % 11 = 0, NULL, range(i % 4)) as list, {'a': i::decimal(12, 2), 'b': if(i % 3 = 0, NULL, i::varchar)} as pair
            from range(4500) r(i) where i % 13 <> 5 or i > 100
            """;
        var options = new ArrowOptions { Codec = codec, BatchRows = batchRows, BatchBytes = batchBytes, Threads = 2 };
        var path = ArrowFiles.Write(_session, query, _folder["a.arrow"], options);
        Assert.Equal(Texts(query), Texts($"from quern_arrow([{Sql.Text(path)}])"));
    }

    [Fact]
    public void Arrays_come_back()
    {
        const string query = "select [i, NULL, i + 2]::bigint[3] as a, [[i::varchar, 'x']]::varchar[2][1] as b from range(3000) r(i) "
            + "union all select NULL, [NULL] union all select [4, 5, 6], NULL";
        var path = ArrowFiles.Write(_session, query, _folder["a.arrow"]);
        Assert.Equal(Types(query), Types($"from quern_arrow([{Sql.Text(path)}])"));
        Assert.Equal(Texts(query), Texts($"from quern_arrow([{Sql.Text(path)}])"));
    }

    [Fact]
    public void The_same_rows_give_the_same_bytes()
    {
        const string query = "select if(i % 3 = 0, NULL, i::varchar || ' and more than twelve bytes') as t, if(i % 2 = 0, NULL, i) as n, "
            + "if(i % 4 = 0, NULL, i % 5 = 0) as b, if(i % 5 = 0, NULL, i::decimal(9, 2)) as d from range(10000) r(i)";
        var first = File.ReadAllBytes(ArrowFiles.Write(_session, query, _folder["a.arrow"]));
        var second = File.ReadAllBytes(ArrowFiles.Write(
            _session, query, _folder["b.arrow"], new ArrowOptions { Threads = 3 }));
        Assert.True(first.AsSpan().SequenceEqual(second), "two writes of the same rows differ");
    }

    [Fact]
    public void Threads_read_every_row_once_and_the_batch_column_keeps_the_order()
    {
        const string query = "select i, (i * 7919) % 1000 as k, 'text of row ' || i as t from range(500000) r(i)";
        var paths = new[] { "a.arrow", "b.arrow" }
            .Select(name => Sql.Text(ArrowFiles.Write(_session, query, _folder[name], new ArrowOptions { BatchRows = 9999 })));
        using var session = TestDuck.Memory();
        session.Register(new ArrowFunction(4));
        var read = $"quern_arrow([{string.Join(", ", paths)}], batch = 'batch')";
        Assert.Equal(
            "1000000 249999500000 500000 101",
            session.Scalar<string>(
                $"select count(*) || ' ' || sum(i) || ' ' || count(distinct t) || ' ' || max(batch) from {read}"));
        Assert.Equal(0, session.Scalar<long>($"select count(*) from {read} where batch % 51 <> i // 9999 or batch // 51 > 1"));
        Assert.Equal(1_000_000, session.Scalar<long>($"select count(k) from {read}"));
    }

    [Fact]
    public void Chunks_come_in_their_order_without_a_database()
    {
        var path = ArrowFiles.Write(
            _session, "select i, i::varchar as t from range(10000) r(i)", _folder["a.arrow"], new ArrowOptions { BatchRows = 3000 });
        var rows = ArrowFiles.Rows(path);
        Assert.Equal(10_000, rows.Count);
        for (var i = 0; i < rows.Count; i++) Assert.Equal(string.Create(CultureInfo.InvariantCulture, $"{i}|{i}"), rows[i]);
    }

    [Fact]
    public void A_file_tells_what_it_holds()
    {
        const string query = "select i, i / 2 as half, if(i > 5, 'x', 'y')::enum('x', 'y') as e from range(10000) r(i)";
        var path = ArrowFiles.Write(
            _session, query, _folder["a.arrow"], new ArrowOptions { BatchRows = 4096, Codec = ArrowCodec.None });
        using var plain = ArrowFile.Open(path, "a.arrow");
        Assert.Equal(
            ("i BIGINT, half DOUBLE, e VARCHAR", 10_000, 3, 4096, ArrowCodec.None, true, false, new FileInfo(path).Length),
            (plain.Schema.ToString(), plain.Rows, plain.Batches, plain.LargestBatchRows, plain.Codec, plain.CanBeMapped,
                plain.IsStream, plain.Bytes));
        using var zstd = ArrowFile.Open(
            ArrowFiles.Write(_session, query, _folder["b.arrow"], new ArrowOptions { Codec = ArrowCodec.Zstd }), "b.arrow");
        Assert.Equal((ArrowCodec.Zstd, false, 1), (zstd.Codec, zstd.CanBeMapped, zstd.Batches));
    }

    [Fact]
    public void A_file_without_rows_has_its_columns()
    {
        var path = ArrowFiles.Write(_session, "select 1 as a, 'x' as b limit 0", _folder["a.arrow"]);
        Assert.Equal(["INTEGER", "VARCHAR"], Types($"from quern_arrow([{Sql.Text(path)}])"));
        Assert.Equal(0, _session.Scalar<long>($"select count(*) from quern_arrow([{Sql.Text(path)}])"));
    }

    [Fact]
    public void Uncompressed_buffers_begin_at_multiples_of_64_bytes()
    {
        const string marked = "select 'ABCDEFGHIJKLMNOPQRSTUVWXYZ' as t, i::utinyint as b from range(100) r(i)";
        var bytes = File.ReadAllBytes(ArrowFiles.Write(
            _session, marked, _folder["a.arrow"], new ArrowOptions { Codec = ArrowCodec.None }));
        Assert.Equal(0, bytes.AsSpan().IndexOf("ABCDEFGHIJKLMNOPQRSTUVWXYZABC"u8) % 64);
        Assert.Equal(0, bytes.AsSpan().IndexOf((ReadOnlySpan<byte>)[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]) % 64);
    }

    [Fact]
    public void Writing_allocates_nothing_a_row()
    {
        using var buffer = new ChunkBuffer(new Schema(
        [
            new("n", LogicalType.Of(TypeKind.BigInt)), new("t", LogicalType.Of(TypeKind.Varchar)),
            new("d", LogicalType.Decimal(9, 2)), new("b", LogicalType.Of(TypeKind.Boolean)),
        ]));
        for (var row = 0; row < Chunk.Capacity; row++)
        {
            buffer.Writer[0].Values<long>()[row] = row;
            buffer.Writer[1].SetText(row, "a text that is longer than 12 bytes"u8);
            buffer.Writer[2].Values<int>()[row] = row;
            buffer.Writer[3].Values<bool>()[row] = row % 2 == 0;
            if (row % 5 == 0) buffer.Writer[1].SetNull(row);
        }
        buffer.Writer.Rows = Chunk.Capacity;
        using var writer = new ArrowWriter(Stream.Null, buffer.Read().Schema);
        for (var i = 0; i < 100; i++) writer.Write(buffer.Read());
        var before = GC.GetAllocatedBytesForCurrentThread();
        const int chunks = 500;
        for (var i = 0; i < chunks; i++) writer.Write(buffer.Read());
        var perMillion = (GC.GetAllocatedBytesForCurrentThread() - before) * 1_000_000.0 / (chunks * Chunk.Capacity);
        Assert.True(perMillion < 100_000, $"{perMillion:N0} bytes were allocated for a million rows");
    }

    /// <summary>An enum is a dictionary of texts in Arrow, and read as such.</summary>
    [GeneratedRegex(@"ENUM\([^)]*\)")]
    private static partial Regex Enum();

    List<string?> Types(string query) => Texts($"select column_type from (describe {query})");

    List<string?> Texts(string query) => ArrowFiles.Texts(_session, query);
}
