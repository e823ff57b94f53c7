using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Quern.Arrow;
using Quern.Chunks;
using Quern.Duck;
using Quern.Tests.Duck;
using Quern.Tests.Files;
using Quern.Tests.House;

namespace Quern.Tests.Arrow;

/// <summary>Polars and the JavaScript library of Apache Arrow read what Quern writes, and the other way round; the script in
/// tests/oracles says how values are compared.</summary>
public sealed class ArrowOracleTests : IDisposable
{
    const string Folder = "tests/oracles";

    readonly ScratchFolder _folder = new();
    readonly DuckSession _session = TestDuck.Memory();

    public void Dispose()
    {
        _session.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(ArrowCodec.None, 1000)]
    [InlineData(ArrowCodec.Lz4, 122_880)]
    [InlineData(ArrowCodec.Zstd, 999)]
    public void Polars_reads_what_quern_writes(ArrowCodec codec, int batchRows) => Compare(
        "polars", codec, batchRows,
        """
        i % 2 = 0 as flag, (i % 256 - 128)::tinyint as i8, (i * 7 - 32000)::smallint as i16, (i * 99991)::integer as i32,
        (i * 99999999999 - 5)::bigint as i64, (i % 256)::utinyint as u8, (i * 13)::usmallint as u16, (i * 858993)::uinteger as u32,
        (i::ubigint * 3689348814741910) as u64, (i / 3)::float as f32, (i / 3)::double as f64, (i - 2500)::decimal(4, 0) as d4,
        (i * 1.25 - 100)::decimal(9, 2) as d9, (i * 1.25)::decimal(18, 3) as d18, (i::hugeint * 12345678901234567)::decimal(38, 5) as d38,
        '1960-01-01'::date + i::integer as day, '00:00:00'::time + interval (i * 17) second as tod,
        make_timestamp(i * 9999999 - 7) as us,
        make_timestamp_ns(i * 9999999 - 7) as ns, make_timestamp(i * 1000)::timestamp_ms as ms,
        make_timestamp(i * 1000)::timestamptz as tz, repeat('ö', (i % 30)::int) as text,
        if(i % 2 = 0, 'yes', 'no')::enum('no', 'yes') as word
        """);

    [Fact]
    public void The_library_of_apache_arrow_reads_what_quern_writes() => Compare(
        "apache-arrow", ArrowCodec.None, 1024,
        """
        i % 2 = 0 as flag, (i % 256 - 128)::tinyint as i8, (i * 99991)::integer as i32, (i * 99999999999 - 5)::bigint as i64,
        (i::ubigint * 3689348814741910) as u64, (i / 3)::float as f32, (i / 3)::double as f64, (i * 1.25 - 100)::decimal(9, 2) as d9,
        (i::hugeint * -12345678901234567)::decimal(38, 5) as d38, (i * 1000000000000)::hugeint::decimal(38, 0) as h,
        '1960-01-01'::date + i::integer as day, '00:00:00'::time + interval (i * 17) second as tod,
        make_timestamp(i * 9999999 - 7) as us,
        make_timestamp_ns(i * 9999999 - 7) as ns, make_timestamp(i * 1000)::timestamptz as tz, repeat('ö', (i % 30)::int) as text,
        if(i % 2 = 0, 'yes', 'no')::enum('no', 'yes') as word, encode(repeat(chr((i % 300 + 20)::int), (i % 17)::int)) as bytes,
        md5(i::varchar)::uuid as id
        """);

    [Theory]
    [InlineData("none", "file")]
    [InlineData("lz4", "file")]
    [InlineData("zstd", "file")]
    [InlineData("none", "stream")]
    [InlineData("lz4", "stream")]
    public void Quern_reads_what_polars_writes(string codec, string form)
    {
        var path = _folder["a.arrow"];
        var wanted = Ask("write", "polars", codec, form, path);
        AssertEqual(wanted, Read(path));
    }

    [Theory]
    [InlineData("file")]
    [InlineData("stream")]
    public void Quern_reads_what_the_library_of_apache_arrow_writes(string form)
    {
        var path = _folder["a.arrow"];
        var wanted = Ask("write", "apache-arrow", form, path);
        AssertEqual(wanted, Read(path));
    }

    /// <summary>Texts as views, which Quern reads and does not write.</summary>
    [Fact]
    public void Mutated_files_of_polars_give_rows_or_a_fault()
    {
        Ask("write", "polars", "none", "file", _folder["a.arrow"]);
        Ask("write", "polars", "zstd", "file", _folder["b.arrow"]);
        ArrowFiles.Mutate(_folder, [File.ReadAllBytes(_folder["a.arrow"]), File.ReadAllBytes(_folder["b.arrow"])]);
    }

    void Compare(string library, ArrowCodec codec, int batchRows, string columns)
    {
        var query = $"select if(i % 7 = 3, NULL, columns(* exclude i)) from (select i, {columns} from range(5000) r(i))";
        var path = ArrowFiles.Write(_session, query, _folder["a.arrow"], new ArrowOptions { Codec = codec, BatchRows = batchRows });
        AssertReads(library, path, _session, query);
    }

    /// <summary>Polars reads a file, Arrow or Parquet by its name, as a query's rows.</summary>
    internal static void AssertPolarsReads(string path, DuckSession session, string query) => AssertReads("polars", path, session, query);

    static void AssertReads(string library, string path, DuckSession session, string query)
    {
        var read = Ask("read", library, path);
        using var result = session.Query(query);
        var wanted = Empty(result.Schema);
        while (result.Next() is { } chunk) Add(wanted, chunk);
        AssertEqual(read, wanted);
    }

    static Dictionary<string, List<string?>> Read(string path)
    {
        using var set = new ArrowSet(new ArrowRead { Paths = [path] });
        using var chunks = new ArrowChunks(new ArrowPass(set));
        var columns = Empty(set.Schema);
        while (chunks.Next() is { } chunk) Add(columns, chunk);
        return columns;
    }

    static void AssertEqual(Dictionary<string, List<string?>> wanted, Dictionary<string, List<string?>> found)
    {
        Assert.Equal(wanted.Keys, found.Keys);
        foreach (var (name, texts) in wanted)
        {
            Assert.Equal(texts.Count, found[name].Count);
            for (var row = 0; row < texts.Count; row++)
                Assert.True(texts[row] == found[name][row], $"{name}, row {row}: {found[name][row]} instead of {texts[row]}");
        }
    }

    static Dictionary<string, List<string?>> Empty(Schema schema) =>
        schema.Columns.ToDictionary(column => column.Name, _ => new List<string?>());

    static void Add(Dictionary<string, List<string?>> columns, Chunk chunk)
    {
        for (var column = 0; column < chunk.Schema.Count; column++)
        {
            var texts = columns[chunk.Schema[column].Name];
            for (var row = 0; row < chunk.Rows; row++) texts.Add(chunk[column].IsNull(row) ? null : Text(chunk[column], row));
        }
    }

    static string Text(Vector vector, int row) => vector.Type.Kind switch
    {
        TypeKind.Boolean => vector.Values<bool>()[row] ? "true" : "false",
        TypeKind.Float => FloatBits(vector.Values<float>()[row]),
        TypeKind.Double => FloatBits(vector.Values<double>()[row]),
        TypeKind.Date => vector.Values<int>()[row].ToString(CultureInfo.InvariantCulture),
        TypeKind.Varchar => vector.Texts[row].ToString(),
        TypeKind.Blob => Convert.ToHexStringLower(vector.Texts[row].Bytes),
        TypeKind.Uuid => vector.Values<Uuid>()[row].ToGuid().ToString("N"),
        TypeKind.Enum => vector.Type.EnumNames[(int)WholeNumber.Read(vector, row)],
        TypeKind.Time or TypeKind.Timestamp or TypeKind.TimestampMillis or TypeKind.TimestampNanos or TypeKind.TimestampTz =>
            vector.Values<long>()[row].ToString(CultureInfo.InvariantCulture),
        _ => WholeNumber.Read(vector, row).ToString(CultureInfo.InvariantCulture),
    };

    static string FloatBits(double value) => BitConverter.DoubleToInt64Bits(value).ToString("x16", CultureInfo.InvariantCulture);

    static Dictionary<string, List<string?>> Ask(params string[] arguments)
    {
        Assert.SkipUnless(
            Directory.Exists(Repository.Absolute($"{Folder}/node_modules")),
            $"not installed: the packages of {Folder} (npm ci there; needs node)");
        var start = new ProcessStartInfo("node", ["arrow.mjs", .. arguments])
        {
            WorkingDirectory = Repository.Absolute(Folder),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var node = Process.Start(start)!;
        var errors = node.StandardError.ReadToEndAsync();
        var output = node.StandardOutput.ReadToEnd();
        node.WaitForExit();
        Assert.True(node.ExitCode == 0, $"{string.Join(' ', arguments)}: {errors.Result}");
        return JsonSerializer.Deserialize<Dictionary<string, List<string?>>>(output)!;
    }
}
