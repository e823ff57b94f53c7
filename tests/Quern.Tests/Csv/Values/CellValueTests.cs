using System.Globalization;
using System.Text;
using Quern.Chunks;
using Quern.Csv;
using Quern.Duck;
using Quern.Tests.Duck;
using Quern.Tests.Files;

namespace Quern.Tests.Csv.Values;

public sealed class CellValueTests : IDisposable
{
    static readonly string[] OddNumbers =
    [
        " ", "1", " 1 ", "\t1", "1\n", "+1", "-1", "--1", "+-1", "-+1", "1.", "  .5", ".", "-", "+", "-.5", "-.", "1e5", "1E5", "1e+5", "1e-5", "1e", "1e+", "e5",
        "1_000", "1__0", "_1", "1_", "1_.5", "1._5", "1e1_0", "1,000", "0x10", "0X1F", "0b1", "inf", "-inf", "+inf", "Infinity", "-INFINITY", "INF", "infinit", "nan",
        "-nan", "+nan", "NaN", "nan(1)", "nan ", " nan", "nanx", "1e400", "-1e400", "1e-400", "1e308", "1.7976931348623157e308", "1.7976931348623159e308", "00012",
        "1d", "1f", "NULL", "null", "true", "false", "1 2", "١", "1\u00a0", "5e-324", "2e-324", "2.4703282292062327e-324", "1.5.2", "1e5.5", "0e999999999999",
        "1e99999999999999999999", "1e-99999999999999999999", "\v1", "\f1", "1\r", "-0", "-0.0", "0", "0.0000000000000000000000000000001", "123456789012345678901234567890",
        "infinity ", "9007199254740993", "9007199254740992.5", "9007199254740993.00000000000000000000000000001", "0.1", "179769313486231580793e289",
        "2.2250738585072011e-308", "2.2250738585072014e-308", "1.5", "2.5", "-1.5", "-2.5", "0.5", "-0.5", "1.4999", "1e3", "1.5e1", "1e-1", "5e-1", "9223372036854775807",
        "9223372036854775808", "-9223372036854775808", "-9223372036854775809", "9223372036854775807.4", "9223372036854775807.5", "1e18", "1e19", "+ 1", "- 1", "1-", "1+1",
        "99999999999999999", "999999999999999999", "9999999999999999999", "000000000000000000000000000001", "12345678", "1234567812345678", "12345678.12345678", "1234567a",
        "a2345678", "1/3", "1:2", "/", ":", "12345:78", "12/45678", "1e0005", "1e00005", "1e-0", "-1e-0", "0.000001", "4.35", "0.3e1", "\u00001", "1\0", "é", "١٢", "$1", "1%",
    ];

    static readonly string[] OddMoments =
    [
        " ", "2025-10-01 00:00:00", "2025-10-01 00:00:00 +0000 UTC", "2025-10-01 23:59:59.999999 +0000 UTC", " +0000 UTC", "2025-10-01 +0000 UTC", "2025-10-01 +0000 UTC00:00:00",
        "2025-10-01 00:00:00 +0000 UTC +0000 UTC", "2025-10-01 00:00:00 +0000 UTCx", "2025-10-01 00:00:00 +0000 utc", "2025-10-01 00:00:00 +0100 UTC", "2025-10-01 00:00:00  +0000 UTC",
        "2025-10-01T00:00:00", "2025-10-01T00:00:00Z", "2025-10-01 00:00:00Z", "2025-10-01 00:00:00+02", "2025-10-01 00:00:00-02", "2025-10-01 00:00:00 +0200", "2025-10-01 00:00:00+02:30",
        "2025-10-01 12:00:00+02:30 +0000 UTC", "2025-10-01", "2025-1-1", "2025-1-1 1:2:3", " 2025-10-01 00:00:00 ", "2025-10-01 00:00", "2025-10-01 00", "2025-10-01 24:00:00", "2025-10-01 24:00:01",
        "2025-10-01 23:59:60", "2025-10-01 00:00:00.5", "2025-10-01 00:00:00.123456", "2025-10-01 00:00:00.1234567", "2025-10-01 00:00:00.1234569", "2025-10-01 00:00:00.123456789",
        "2025-10-01 00:00:00.1234567890", "2025-10-01 00:00:00.", "2025-10-01 00:00:00. +0000 UTC", "2025-02-29 00:00:00", "2024-02-29 00:00:00", "1900-02-29 00:00:00", "2000-02-29 00:00:00",
        "0000-01-01 00:00:00", "0001-01-01 00:00:00", "9999-12-31 23:59:59", "2025/10/01 00:00:00", "2025-10/01 00:00:00", "20251001", "2025-10-01 00:00:00 UTC", "2025-10-01 00:00:00 Europe/Berlin",
        "epoch", "infinity", "-infinity", "2025-10-01  00:00:00", "294247-01-10 04:00:54", "294247-01-10 04:00:55", "290309-12-22 (BC) 00:00:00", "2025-13-01 00:00:00", "2025-00-01 00:00:00",
        "2025-10-00 00:00:00", "2025-04-31 00:00:00", "2025-10-01 25:00:00", "2025-10-01 00:60:00", "2025-10-01 00:00:00x", "2025-10-01_00:00:00", "10000-01-01 00:00:00", "1969-12-31 23:59:59.5",
        "-2025-10-01 00:00:00", "2025-10-01 00:00:0a", "2o25-10-01 00:00:00", "2025-1a-01 00:00:00", "2025-10-01 0:00:00", "2025-10-01\t00:00:00", "2025-10-01 00-00-00", "2025-10-01 00:00:00\n", "1970-01-01 00:00:00",
    ];

    readonly ScratchFolder _folder = new();
    readonly DuckSession _session = TestDuck.Memory();

    public void Dispose()
    {
        _session.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(TypeKind.Double)]
    [InlineData(TypeKind.BigInt)]
    public void Numbers_are_read_as_try_cast_reads_them(TypeKind kind) => Compare(OddNumbers, kind, text => text);

    [Fact]
    public void Moments_are_read_as_try_cast_reads_them() =>
        Compare(OddMoments, TypeKind.Timestamp, text => text.Replace(" +0000 UTC", "", StringComparison.Ordinal));

    [Theory]
    [InlineData(TypeKind.Double)]
    [InlineData(TypeKind.BigInt)]
    [InlineData(TypeKind.Timestamp)]
    public void Texts_made_of_the_letters_of_values_are_read_as_try_cast_reads_them(TypeKind kind)
    {
        var random = new Random(7);
        var letters = kind == TypeKind.Timestamp ? "0123456789 -:.TZ+" : "0123456789.-+e_ ";
        var pattern = kind == TypeKind.Timestamp ? "2025-10-01 12:34:56.789" : "-1234567.89e12";
        Compare([.. Enumerable.Range(0, 3000).Select(_ =>
        {
            var text = new StringBuilder(pattern, 0, random.Next(1, pattern.Length + 1), 40);
            for (var i = random.Next(4); i > 0; i--) text[random.Next(text.Length)] = letters[random.Next(letters.Length)];
            return text.ToString();
        })], kind, text => text);
    }

    [Fact]
    public void Every_double_comes_back_as_it_was_written()
    {
        const int count = 400_000;
        var random = new Random(20251001);
        var texts = new List<string>();
        for (var i = 0; i < count; i++) texts.Add(Number(random, i % 8));
        var read = new CsvRead
        {
            Files = [new CsvFile(_folder.Write("a.csv", string.Join('\n', texts)), "a.csv")],
            Columns = [new CsvColumn("x", TypeKind.Double)],
            Dialect = new CsvDialect { HasHeader = false },
        };
        using var pass = new CsvPass(read);
        using var chunks = new CsvChunks(pass);
        var at = 0;
        while (chunks.Next() is { } chunk)
        {
            foreach (var value in chunk[0].Values<double>()[..chunk.Rows])
            {
                var wanted = double.Parse(texts[at], CultureInfo.InvariantCulture);
                if (BitConverter.DoubleToInt64Bits(wanted) != BitConverter.DoubleToInt64Bits(value)) Assert.Fail($"{texts[at]}: {value:R}, not {wanted:R}");
                at++;
            }
        }
        Assert.Equal(count, at);
    }

    [Fact]
    public void Empty_and_bad_cells_are_what_the_column_says()
    {
        var path = _folder.Write("a.csv", "\n,\n\"\",x\n1,\"2\"\n");
        CsvRead Read(TypeKind kind, OnEmpty empty, OnBad bad) => new()
        {
            Files = [new CsvFile(path, "a.csv")],
            Columns = [new("a", kind) { Empty = empty, Bad = bad }, new("b", kind) { Empty = empty, Bad = bad }],
            Dialect = new CsvDialect { HasHeader = false },
        };
        Assert.Equal("[|][|x][1|2]", Reading.Shown(Read(TypeKind.Varchar, OnEmpty.Value, OnBad.Fail)));
        Assert.Equal("[NULL|NULL][NULL|x][1|2]", Reading.Shown(Read(TypeKind.Varchar, OnEmpty.Null, OnBad.Fail)));
        Assert.Equal("QN3001", Reading.Shown(Read(TypeKind.Double, OnEmpty.Value, OnBad.Fail)));
        Assert.Equal("QN3001", Reading.Shown(Read(TypeKind.Double, OnEmpty.Null, OnBad.Fail)));
        Assert.Equal("[NULL|NULL][NULL|NULL][1|2]", Reading.Shown(Read(TypeKind.Double, OnEmpty.Null, OnBad.Null)));
        Assert.Equal("[NULL|NULL][NULL|NULL][1|2]", Reading.Shown(Read(TypeKind.BigInt, OnEmpty.Value, OnBad.Null)));
    }

    void Compare(string[] texts, TypeKind kind, Func<string, string> seen)
    {
        // In quotes where CSV asks for them, and else as they are: both ways lead to a value.
        var rows = texts.Select(text => text.AsSpan().IndexOfAny(",\"\r\n") >= 0 ? $"\"{text}\",\"{text}\"" : $"\"{text}\",{text}");
        var read = new CsvRead
        {
            Files = [new CsvFile(_folder.Write("a.csv", string.Join('\n', rows)), "a.csv")],
            Columns = [new("a", kind) { Bad = OnBad.Null }, new("b", kind) { Bad = OnBad.Null }],
            Dialect = new CsvDialect { HasHeader = false },
            BlockBytes = 50,
        };
        _session.Register(new CsvView("found", read, 1));
        _session.Execute($"create table texts (i integer, t varchar)");
        for (var i = 0; i < texts.Length; i += 100)
            _session.Execute($"insert into texts values {string.Join(", ", texts.Skip(i).Take(100).Select((t, k) => $"({i + k}, {Sql.Text(seen(t))})"))}");
        _session.Execute($"create table found as select row_number() over () - 1 as i, a, b from found()");
        Assert.Equal(texts.Length, _session.Scalar<long>("select count(*) from found"));
        var type = LogicalType.Of(kind);
        using var wrong = _session.Query(
            $"""
            select i, coalesce(try_cast(t as {type})::varchar, 'NULL'), coalesce(a::varchar, 'NULL'), coalesce(b::varchar, 'NULL')
            from texts join found using (i)
            where coalesce(try_cast(t as {type})::varchar, 'NULL') is distinct from coalesce(a::varchar, 'NULL')
                or a::varchar is distinct from b::varchar
            """);
        var shown = new List<string>();
        while (wrong.Next() is { } chunk)
        {
            for (var row = 0; row < chunk.Rows; row++)
                shown.Add($"'{texts[(int)chunk[0].GetValue(row)!]}' is {chunk[1].GetValue(row)}, was read as {chunk[2].GetValue(row)} in quotes and {chunk[3].GetValue(row)}");
        }
        Assert.Empty(shown);
    }

    static string Number(Random random, int kind) => kind switch
    {
        0 => BitConverter.Int64BitsToDouble(random.NextInt64()).ToString("R", CultureInfo.InvariantCulture) is var text && text.Contains('N', StringComparison.Ordinal) ? "0" : text,
        1 => (random.NextDouble() * 1e6).ToString("R", CultureInfo.InvariantCulture),
        2 => (random.NextDouble() * 1e15).ToString("F3", CultureInfo.InvariantCulture),
        3 => random.NextInt64().ToString(CultureInfo.InvariantCulture) + "e" + random.Next(-40, 40).ToString(CultureInfo.InvariantCulture),
        4 => $"{random.NextInt64(1_000_000_000)}.{random.NextInt64(10_000_000_000)}",
        // Right between two doubles, or a hair beside.
        5 => ((decimal)random.NextInt64(1L << 52, 1L << 53) + 0.5m + (random.Next(-1, 2) * 0.001m)).ToString(CultureInfo.InvariantCulture),
        6 => (random.NextInt64(1L << 53, 1L << 62) | 1).ToString(CultureInfo.InvariantCulture),
        _ => BitConverter.Int64BitsToDouble(random.NextInt64(1L << 62)).ToString("E16", CultureInfo.InvariantCulture),
    };
}
