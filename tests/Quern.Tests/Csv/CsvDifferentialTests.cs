using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using Quern.Chunks;
using Quern.Csv;
using Quern.Duck;
using Quern.Tests.Duck;
using Quern.Tests.Files;

namespace Quern.Tests.Csv;

/// <summary>Generated files read by this reader, by DuckDB's and by CsvHelper. A file comes from its seed alone, which a failure names.</summary>
public sealed class CsvDifferentialTests : IDisposable
{
    const int Files = 1_200;

    static readonly char[] Delimiters = [',', ';', '|', '\t', '\u0001', '~'];

    static readonly Int128 Wide = Int128.Parse("9" + new string('0', 33), CultureInfo.InvariantCulture);

    readonly ScratchFolder _folder = new();
    readonly DuckSession _session = TestDuck.Memory();

    public CsvDifferentialTests() => _session.Set("TimeZone", "UTC");

    public void Dispose()
    {
        _session.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Texts_of_random_dialects_come_back_as_they_were_written_and_as_others_read_them()
    {
        for (var seed = 0; seed < Files; seed++)
        {
            var random = new Random(seed);
            var delimiter = Delimiters[random.Next(Delimiters.Length)];
            var quote = random.Next(3) == 0 ? '\'' : '"';
            var lineEnd = random.Next(3) switch { 0 => "\n", 1 => "\r\n", _ => "\r" };
            var columns = random.Next(1, 9);
            var hasHeader = random.Next(2) == 0;
            var rows = Enumerable.Range(0, random.Next(0, 25)).Select(_ => Enumerable.Range(0, columns).Select(_ => Cell(random, delimiter, quote)).ToArray()).ToList();
            var header = Enumerable.Range(0, columns).Select(i => $"c{i}").ToArray();
            var text = new StringBuilder(random.Next(6) == 0 ? "\uFEFF" : "");
            foreach (var row in hasHeader ? [header, .. rows] : rows)
            {
                // A row of one empty cell has quotes, or it would be a blank line.
                text.AppendJoin(delimiter, row.Select(cell => Written(random, cell, delimiter, quote, columns == 1))).Append(lineEnd);
                if (random.Next(20) == 0) text.Append(lineEnd);
            }
            var hasLast = random.Next(4) > 0;
            if (!hasLast && rows.Count > 0) text.Length -= text.ToString().EndsWith(lineEnd, StringComparison.Ordinal) ? lineEnd.Length : 0;
            var path = _folder.Write("a.csv", text.ToString());
            var wanted = rows.Select(row => string.Join('\u001f', row)).ToList();
            var told = $"seed {seed}, {(int)delimiter} {quote}, {text.ToString().Replace("\r", "\\r", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)}";

            foreach (var bytes in new[] { random.Next(1, 20), random.Next(20, 300), 1 << 20 })
            {
                var read = Reading.Texts(path, columns, hasHeader, bytes) with
                {
                    Dialect = new() { Delimiter = (byte)delimiter, Quote = (byte)quote, Escape = (byte)quote, HasHeader = hasHeader },
                    ForceScalar = random.Next(3) == 0,
                };
                Same($"{told}, blocks of {bytes}", wanted, Reading.Rows(read).Select(row => string.Join('\u001f', row)));
            }
            Same($"CsvHelper, {told}", wanted, Helper(path, delimiter, quote, hasHeader));
        }
    }

    [Fact]
    public void Values_of_every_type_come_back_from_random_files_as_the_engine_reads_them()
    {
        (string Type, Func<Random, string> Value)[] types =
        [
            ("BOOLEAN", r => r.Next(2) == 0 ? "true" : "F"),
            ("TINYINT", r => Limit(r, sbyte.MinValue, sbyte.MaxValue)),
            ("SMALLINT", r => Limit(r, short.MinValue, short.MaxValue)),
            ("INTEGER", r => Limit(r, int.MinValue, int.MaxValue)),
            ("BIGINT", r => Limit(r, long.MinValue, long.MaxValue)),
            ("HUGEINT", r => Limit(r, Int128.MinValue, Int128.MaxValue)),
            ("UTINYINT", r => Limit(r, 0, byte.MaxValue)),
            ("USMALLINT", r => Limit(r, 0, ushort.MaxValue)),
            ("UINTEGER", r => Limit(r, 0, uint.MaxValue)),
            ("UBIGINT", r => Limit(r, 0, ulong.MaxValue)),
            ("UHUGEINT", r => r.Next(3) == 0 ? UInt128.MaxValue.ToString(CultureInfo.InvariantCulture) : Limit(r, 0, Int128.MaxValue)),
            ("FLOAT", r => BitConverter.Int32BitsToSingle(r.Next(0x7F800000)).ToString("R", CultureInfo.InvariantCulture)),
            ("DOUBLE", r => BitConverter.Int64BitsToDouble(r.NextInt64(0x7FF0000000000000)).ToString("R", CultureInfo.InvariantCulture)),
            ("DECIMAL(5,2)", r => $"{r.Next(-998, 999)}.{r.Next(1000)}"),
            ("DECIMAL(18,6)", r => $"{r.NextInt64(-999_999_999_999, 999_999_999_999)}.{r.Next(10_000_000)}"),
            ("DECIMAL(38,4)", r => $"{Limit(r, -Wide, Wide)}.{r.Next(100_000)}"),
            ("DATE", r => Day(r).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
            ("TIME", r => Day(r).ToString("HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture).TrimEnd('.')),
            ("TIMESTAMP", r => Day(r).ToString("yyyy-MM-dd HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture)),
            ("TIMESTAMP_S", r => Day(r).ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture)),
            ("TIMESTAMP_MS", r => Day(r).ToString("yyyy-MM-dd HH:mm:ss.FFF", CultureInfo.InvariantCulture)),
            ("TIMESTAMP_NS", r => new DateTime(r.NextInt64(new DateTime(1700, 1, 1).Ticks, new DateTime(2250, 1, 1).Ticks)).ToString("yyyy-MM-dd HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture)),
            ("TIMESTAMP WITH TIME ZONE", r => Day(r).ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture) + (r.Next(2) == 0 ? "Z" : $"+0{r.Next(10)}:30")),
            ("UUID", r => new Guid(Bytes(r)).ToString()),
            ("VARCHAR", r => new string('é', r.Next(1, 40))),
            ("JSON", r => $"{{\"a\": [{r.Next()}, null, \"{new string('x', r.Next(30))}\"]}}"),
        ];
        _session.Register(new CsvFunction(3));
        for (var seed = 0; seed < 150; seed++)
        {
            var random = new Random(seed);
            var chosen = Enumerable.Range(0, random.Next(1, 12)).Select(_ => types[random.Next(types.Length)]).ToArray();
            var text = new StringBuilder();
            var rows = random.Next(1, 60);
            for (var row = 0; row < rows; row++)
            {
                text.AppendJoin(',', chosen.Select((c, i) => random.Next(12) switch
                {
                    0 when i > 0 => "",
                    1 => "NA",
                    2 => Quoted(c.Value(random)),
                    _ => c.Value(random) is var value && value.AsSpan().IndexOfAny(",\"\n") >= 0 ? Quoted(value) : value,
                })).Append('\n');
            }
            var path = _folder.Write("a.csv", text.ToString());
            var names = string.Join(", ", chosen.Select((_, i) => $"c{i}"));
            var columns = string.Join(", ", chosen.Select((c, i) => $"c{i}: '{c.Type}'"));
            var engine =
                $$"""
                read_csv({{Sql.File(path)}}, auto_detect = false, header = false, delim = ',', quote = '"', escape = '"', new_line = '\n', nullstr = ['', 'NA'], columns = {{{columns}}})
                """;
            var mine = $"quern_csv({Sql.Text(path)}, columns = {{{columns}}}, header = false, empty = 'null', nullstr = ['NA'], block_bytes = {random.Next(1, 400)})";
            var wrong = Count(
                $"select (select count(*) from (select {names} from {mine} except all select {names} from {engine})) + (select count(*) from (select {names} from {engine} except all select {names} from {mine}))", seed);
            if (wrong > 0) Assert.Fail($"seed {seed}: {wrong} rows differ\n{columns}\n{text}");
        }
    }

    [Fact]
    public void Doubles_parse_bit_for_bit_like_those_of_the_runtime()
    {
        // About five seconds of a processor; QUERN_DOUBLES says another number.
        var count = Environment.GetEnvironmentVariables()["QUERN_DOUBLES"] is string wanted ? int.Parse(wanted, CultureInfo.InvariantCulture) : 10_000_000;
        const int part = 100_000;
        const int seed = 20251121;
        var random = new Random(seed);
        var (text, values) = (new StringBuilder(), new double[part]);
        var read = 0;
        for (var done = 0; done < count; done += part)
        {
            text.Clear();
            for (var i = 0; i < part; i++)
            {
                var number = Double(random, i % 6);
                text.Append(number).Append('\n');
                values[i] = double.Parse(number, CultureInfo.InvariantCulture);
            }
            using var pass = new CsvPass(Reading.Texts(_folder.Write("a.csv", text.ToString()), 1) with { Columns = [new("x", TypeKind.Double)] });
            using var chunks = new CsvChunks(pass);
            var at = 0;
            while (chunks.Next() is { } chunk)
            {
                foreach (var value in chunk[0].Values<double>()[..chunk.Rows])
                {
                    if (BitConverter.DoubleToInt64Bits(values[at]) != BitConverter.DoubleToInt64Bits(value))
                        Assert.Fail($"seed {seed}, number {done + at}: {value:R}, not {values[at]:R}");
                    at++;
                }
            }
            read += at;
        }
        Assert.Equal(count, read);
    }

    [Fact]
    public void No_type_allocates_for_a_row()
    {
        (string Type, string Text, string? Format)[] cells =
        [
            ("BOOLEAN", "true", null), ("BOOLEAN", "yes", null), ("TINYINT", "-128", null), ("SMALLINT", "12345", null), ("INTEGER", "-2147483648", null), ("INTEGER", "\"12\"", null),
            ("INTEGER", " 1e3 ", null), ("BIGINT", "9223372036854775807", null), ("HUGEINT", "123456789012345678901234567890", null), ("HUGEINT", "+1", null), ("UTINYINT", "255", null),
            ("USMALLINT", "65535", null), ("UINTEGER", "4294967295", null), ("UBIGINT", "18446744073709551615", null), ("UHUGEINT", "1", null), ("FLOAT", "1.5e3", null), ("FLOAT", "16777217", null),
            ("DOUBLE", "0.1", null), ("DOUBLE", "1e-320", null), ("DOUBLE", "inf", null), ("DECIMAL(12,2)", "1234.56", null), ("DECIMAL(12,2)", "1234.567", null), ("DECIMAL(38,10)", "12345678901234567890.5", null),
            ("DATE", "2025-10-01", null), ("DATE", "2025-1-1", null), ("DATE", "2025-10-01 00:00:00", null), ("DATE", "01.10.2025", "%d.%m.%Y"), ("TIME", "12:34:56", null), ("TIME", "1:2", null),
            ("TIMESTAMP", "2025-10-01 12:34:56", null), ("TIMESTAMP", "2025-10-01", null), ("TIMESTAMP", "1 Oct 2025 1:02 PM", "%d %b %Y %I:%M %p"), ("TIMESTAMP", "1759322096.5", "epoch_s"),
            ("TIMESTAMP_S", "2025-10-01T12:34:56Z", null), ("TIMESTAMP_MS", "2025-10-01 12:34:56.789", null), ("TIMESTAMP_NS", "2025-10-01 12:34:56.789012345", null),
            ("TIMESTAMP WITH TIME ZONE", "2025-10-01T12:34:56+02:00", null), ("TIMESTAMP WITH TIME ZONE", "2025-10-01", null), ("UUID", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11", null),
            ("UUID", "{a0eebc999c0b4ef8bb6d6bb9bd380a11}", null), ("VARCHAR", "short", null), ("VARCHAR", "a longer text", null), ("VARCHAR", "\"a \"\"longer\"\" text\"", null), ("VARCHAR", "NA", null),
            ("INTEGER", "NA", null), ("JSON", "\"{\"\"a\"\": [1, true, \"\"x\"\"]}\"", null), ("VARCHAR", "été en été, ça va".Replace(",", "", StringComparison.Ordinal), null),
        ];
        const int rows = 20_000;
        var row = string.Join(',', cells.Select(c => c.Text)) + "\n";
        var path = _folder.Write("a.csv", string.Concat(Enumerable.Repeat(row, rows)));
        var read = new CsvRead
        {
            Files = [new CsvFile(path, "a.csv")],
            Columns = [.. cells.Select((c, i) => new CsvColumn($"c{i}", LogicalType.TryParse(c.Type, out var type) ? type : throw new ArgumentException(c.Type)) { Format = c.Format })],
            Dialect = new() { HasHeader = false },
            Nulls = ["NA"],
        };
        using (var first = new CsvPass(read))
        using (var warm = new CsvChunks(first))
            while (warm.Next() is not null) continue;
        using var pass = new CsvPass(read);
        using var chunks = new CsvChunks(pass);
        // What is allocated once is there after the first chunk.
        var seen = (long)chunks.Next()!.Rows;
        var before = GC.GetAllocatedBytesForCurrentThread();
        while (chunks.Next() is { } chunk) seen += chunk.Rows;
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 8_000);
        Assert.Equal(rows, seen);
    }

    long Count(string sql, int seed)
    {
        try
        {
            return _session.Scalar<long>(sql);
        }
        catch (QuernException e)
        {
            Assert.Fail($"seed {seed}: {e.Fault}\n{sql}");
            return 0;
        }
    }

    static void Same(string told, List<string> wanted, IEnumerable<string> found)
    {
        var rows = found.ToList();
        for (var i = 0; i < Math.Max(rows.Count, wanted.Count); i++)
        {
            if (i >= rows.Count || i >= wanted.Count || rows[i] != wanted[i])
                Assert.Fail($"{told}: row {i} of {wanted.Count} is {(i < rows.Count ? rows[i] : "missing")}, not {(i < wanted.Count ? wanted[i] : "there")}");
        }
    }

    static List<string> Helper(string path, char delimiter, char quote, bool hasHeader)
    {
        var settings = new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = delimiter.ToString(),
            Quote = quote,
            Escape = quote,
            HasHeaderRecord = hasHeader,
            TrimOptions = TrimOptions.None,
            IgnoreBlankLines = true,
        };
        using var csv = new CsvParser(new StreamReader(path), settings);
        var rows = new List<string>();
        while (csv.Read()) rows.Add(string.Join('\u001f', csv.Record!));
        if (hasHeader && rows.Count > 0) rows.RemoveAt(0);
        return rows;
    }

    static string Cell(Random random, char delimiter, char quote)
    {
        var length = random.Next(6) switch { 0 => 0, 1 => random.Next(10, 90), _ => random.Next(1, 8) };
        var text = new StringBuilder();
        for (var i = 0; i < length; i++)
        {
            text.Append(random.Next(14) switch
            {
                0 => delimiter.ToString(),
                1 => quote.ToString(),
                2 => "\n",
                3 => "\r",
                4 => "é",
                5 => "😀",
                6 => " ",
                7 => "漢",
                8 => "\\",
                _ => ((char)('a' + random.Next(26))).ToString(),
            });
        }
        return text.ToString();
    }

    static string Written(Random random, string cell, char delimiter, char quote, bool isAlone)
    {
        var needs = cell.AsSpan().IndexOfAny([delimiter, quote, '\r', '\n']) >= 0 || cell.StartsWith(' ') || (isAlone && cell.Length == 0);
        return needs || random.Next(5) == 0 ? $"{quote}{cell.Replace($"{quote}", $"{quote}{quote}", StringComparison.Ordinal)}{quote}" : cell;
    }

    static string Quoted(string text) => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    static string Limit(Random random, Int128 least, Int128 most) => (random.Next(6) switch
    {
        0 => least,
        1 => most,
        2 => least + random.Next(100),
        3 => most - random.Next(100),
        _ => least + (Int128)((UInt128)(most - least) / (uint)random.Next(1, int.MaxValue)),
    }).ToString(CultureInfo.InvariantCulture);

    static DateTime Day(Random random) => new(random.NextInt64(new DateTime(2, 1, 1).Ticks, new DateTime(9998, 1, 1).Ticks) / 10 * 10);

    static byte[] Bytes(Random random)
    {
        var bytes = new byte[16];
        random.NextBytes(bytes);
        return bytes;
    }

    static string Double(Random random, int kind) => kind switch
    {
        0 => BitConverter.Int64BitsToDouble(random.NextInt64(0x7FF0000000000000)).ToString("R", CultureInfo.InvariantCulture),
        1 => (-random.NextDouble() * 1e6).ToString("R", CultureInfo.InvariantCulture),
        2 => random.NextInt64().ToString(CultureInfo.InvariantCulture) + "e" + random.Next(-340, 290).ToString(CultureInfo.InvariantCulture),
        3 => ((decimal)random.NextInt64(1L << 52, 1L << 53) + 0.5m + (random.Next(-1, 2) * 0.001m)).ToString(CultureInfo.InvariantCulture),
        4 => $"{random.NextInt64(1_000_000_000)}.{random.NextInt64(10_000_000_000)}{random.NextInt64(10_000_000_000)}",
        _ => BitConverter.Int64BitsToDouble(random.NextInt64(1L << 62)).ToString("E16", CultureInfo.InvariantCulture),
    };
}
