using System.Globalization;
using System.Text;
using Quern.Chunks;
using Quern.Csv;
using Quern.Duck;
using Quern.Tests.Duck;
using Quern.Tests.Files;

namespace Quern.Tests.Csv.Values;

public sealed class TypedCellTests : IDisposable
{
    const string IsDate =
        @"\s*(epoch|-?infinity|-?[0-9]+[-/ \\][0-9]+[-/ \\][0-9]+( \(BC\)|[ T]\s*0?0:0?0(:0?0(\.0*)?)?Z?)?)\s*";

    const string IsTime = @"\s*[0-9]{1,2}:[0-9]{1,2}(:[0-9]{1,2}(\.[0-9]*)?)?\s*";

    static readonly string[] Numbers =
    [
        "1", "-1", "+1", "127", "128", "-128", "-129", "255", "256", "32767", "32768", "-32768", "-32769", "65535", "65536", "2147483647", "2147483648", "-2147483648",
        "-2147483649", "4294967295", "4294967296", "9223372036854775807", "9223372036854775808", "-9223372036854775808", "-9223372036854775809", "18446744073709551615",
        "18446744073709551616", "170141183460469231731687303715884105727", "170141183460469231731687303715884105728", "-170141183460469231731687303715884105728",
        "-170141183460469231731687303715884105729", "340282366920938463463374607431768211455", "340282366920938463463374607431768211456", "123456789012345678901234567890123456",
        "999999999999999999999999999999999999", "9999999999999999999", "10000000000000000000", "99999999999999999999", "-0", "00000000000000000000000000000000000000000001",
        "1.5", "0.5", "-0.5", ".5", "5.", ".", "-", "+", " 1", "1 ", "1_000", "1__0", "_1", "1_", "0x1F", "0xFFFFFFFF", "0b11", "1e2", "1e-2", "15e-1", "1e", "1e400", "x", "1x",
        "true", "t", "T", "TRUE", "True", "tRUE", "f", "F", "false", "FALSE", "falsE", "yes", "no", "y", "N", "on", "off", "2", "1.0", "00", "01", "0", "  ", "tru", "fals", "falsf", "nan",
        "inf", "-inf", "1.7976931348623157e308", "3.4028235e38", "3.4028236e38", "3.40282356e38", "3.40282357e38", "1e39", "-1e39", "1e-45", "7e-46", "1.4e-45", "0.7e-45", "16777217",
        "16777217.0000000001", "16777216.9999999999", "33554431", "1.00000005960464477539", "1.000000059604644775390625", "1.0000000596046447753906251", "1.1754943e-38", "1.17549429e-38",
        "999.94", "999.95", "999.949", "-999.95", "0.05", "0.045", "0.04999", "1.25", "-1.25", "9999999999.99", "99999999999.99", "9999999999.995", "1_000.2_5", "1_.5", "1._5", "1.2.3",
        "0.0000000000000000000000000000000000000000000001", "12345678901234567890123456789012345678", "99999999999999999999999999999999999999", "0.12345678901234567890123456789012345678",
    ];

    static readonly string[] Moments =
    [
        "2025-10-01", "2025-10-01 12:34:56", "2025-10-01T12:34:56", "2025-10-01T12:34:56Z", "2025-10-01 12:34:56Z", "2025-10-01 12:34:56z", "2025-10-01T12:34:56.5Z", "2025-10-01 12:34:56.5",
        "2025-10-01 12:34:56.9999", "2025-10-01 12:34:56.499999", "2025-10-01 12:34:56.123456789", "2025-10-01 12:34:56.1234567891", "2025-10-01 12:34:56.12345678", "1969-12-31 23:59:59.5",
        "1969-12-31 23:59:59.4", "1969-12-31 23:59:59.9995", "1969-12-31 23:59:59.9999999", "2025-10-01 12:34:56+02", "2025-10-01T12:34:56+02:00", "2025-10-01 12:34:56-0230", "2025-10-01 12:34:56 +02:00",
        "2025-10-01 12:34:56+15", "2025-10-01 12:34:56+16", "2025-10-01 12:34:56+14:59", "2025-10-01 12:34:56+02:60", "2025-10-01 12:34:56-00:30", "2025-10-01 12:34:56+2", "2025-10-01 12:34:56+020",
        "2025-10-01 12:34:56.123+02", "2025-10-01 12:34:56 UTC", "2025-10-01 24:00:00", "2025-10-01 24:00:01", "2025-10-01 23:59:60", "2025-10-01 12:34", "2025-10-01 12", "2025-10-01 12:34:56.",
        "2025-10-01x", "2025-10-01 ", " 2025-10-01", "2025-10-01 00:00:00", "2025-10-01 00:00", "2025-10-01T00:00:00Z", "2025-10-01T00:00:00.000", "2025-10-01 12:00:00", "2025-1-1", "2025/10/01",
        "2025-10/01", "2025 10 01", "20251001", "2025-02-29", "2024-02-29", "0000-01-01", "-0001-01-01", "2025-10-01 (BC)", "2025-10-01 (BC)x", "10000-01-01", "5881580-07-10", "5881580-07-11", "epoch",
        "infinity", "-infinity", "today", "2025-10", "1677-09-21 00:12:43", "1677-09-22 00:00:00", "2262-04-11 23:47:16", "2262-04-11 23:47:15.999999999",
        "2262-04-11 23:47:16.854775806", "2262-04-11 23:47:16.854775807", "2262-04-12 00:00:00", "294247-01-10 04:00:54.2", "294247-01-10 04:00:54.775807", "290309-12-22 (BC) 00:00:00", "0001-01-01 00:00:00",
        "9999-12-31 23:59:59.999999", "12:34:56", "1:2:3", "12:34", "12", "12:34:56.5", "12:34:56.1234567", "12:34:56.123456789", "12:34:56.1234567891", "24:00:00", "24:00:00.5", "24:00:01", "23:59:60",
        "12:34:56Z", "12:34:56+02", "12:34:56 ", " 12:34:56", "12:34:56x", "12:34:56.", "12:34:56 PM", "123:00:00", "12:3:4", "00:00:00", "23:59:59.999999", "12:60:00", "1970-01-01", "1970-01-01 00:00:00", "x", "",
    ];

    static readonly string[] Uuids =
    [
        "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11", "{a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11}", "a0eebc999c0b4ef8bb6d6bb9bd380a11", "A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a1",
        "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a1g", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a111", " a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11", "a0ee-bc99-9c0b-4ef8-bb6d-6bb9-bd38-0a11", "{a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11",
        "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11}", "{", "{}", "00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff", "a0eebc99x9c0b-4ef8-bb6d-6bb9bd380a11", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a1é",
    ];

    static readonly string[] Jsons =
    [
        "{", "{}", "[]", "[", "{\"a\":1}", "[1,]", "{\"a\":1,}", "[,]", "{,}", "[1 2]", "[1,,2]", "nan", "NaN", "inf", "-Infinity", "INFINITY", "-", "1", "01", "-0", "-01", "1.", ".5", "+1", "1e5", "1e", "1E+5", "1e-", "\"x\"", "x",
        "true", "false", "null", "True", "nul", "[1] x", " [1] ", "1e999", "\"\\u0041\"", "\"\\ud800\"", "\"\\ud83d\\ude00\"", "\"\\ude00\"", "\"\\u00g0\"", "\"\\x\"", "\"a\tb\"", "\"é😀\"", "{\"a\":[1,{\"b\":null}]}", "{\"a\"}", "{\"a\":}",
        "{a:1}", "{1:1}", "\"", "\"\\\"", "\"\\\"\"", "123456789012345678901234567890", "[[[[[[[[[[]]]]]]]]]]", "[[[[[[[[[[]]]]]]]]]", "/*a*/1", "1//a", "[\n1\n]", "{\"a\":1 \"b\":2}", "{\"a\" : 1 , \"b\" : [ true , false ] }", "[1,2", "{\"a\":1",
    ];

    readonly ScratchFolder _folder = new();
    readonly DuckSession _session = TestDuck.Memory();

    public TypedCellTests() => _session.Set("TimeZone", "UTC");

    public void Dispose()
    {
        _session.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("BOOLEAN")]
    [InlineData("TINYINT")]
    [InlineData("SMALLINT")]
    [InlineData("INTEGER")]
    [InlineData("BIGINT")]
    [InlineData("HUGEINT")]
    [InlineData("UTINYINT")]
    [InlineData("USMALLINT")]
    [InlineData("UINTEGER")]
    [InlineData("UBIGINT")]
    [InlineData("UHUGEINT")]
    [InlineData("FLOAT")]
    [InlineData("DOUBLE")]
    [InlineData("DECIMAL(4,1)")]
    [InlineData("DECIMAL(9,0)")]
    [InlineData("DECIMAL(12,2)")]
    [InlineData("DECIMAL(18,18)")]
    [InlineData("DECIMAL(38,0)")]
    [InlineData("DECIMAL(38,10)")]
    [InlineData("DECIMAL(38,38)")]
    public void Numbers_are_read_as_try_cast_reads_them(string type) =>
        // With an exponent only the value counts, see DecimalCell.
        Compare(type.StartsWith("DECIMAL", StringComparison.Ordinal) ? [.. Numbers.Where(n => !n.Contains('e', StringComparison.Ordinal))] : Numbers, type, Cast(type));

    [Theory]
    [InlineData("TIMESTAMP")]
    [InlineData("TIMESTAMP_S")]
    [InlineData("TIMESTAMP_MS")]
    [InlineData("TIMESTAMP_NS")]
    [InlineData("TIMESTAMP WITH TIME ZONE")]
    public void Moments_are_read_as_try_cast_reads_them(string type) => Compare(Moments, type, Cast(type));

    [Fact]
    public void Dates_are_read_as_try_cast_reads_them_unless_it_drops_something() =>
        Compare(Moments, "DATE", $"case when regexp_full_match(t, '{IsDate}') then try_cast(t as date) end");

    [Fact]
    public void Times_are_read_as_try_cast_reads_them_unless_it_drops_something() =>
        Compare(Moments, "TIME", $"case when regexp_full_match(t, '{IsTime}') then try_cast(trim(t) as time) end");

    [Fact]
    public void Uuids_are_read_as_try_cast_reads_them() => Compare(Uuids, "UUID", Cast("UUID"));

    [Fact]
    public void Json_is_told_from_other_text_as_try_cast_does() => Compare(Jsons, "JSON", Cast("JSON"));

    [Theory]
    [InlineData("TINYINT", "-12.8e1", "0123456789.-+e_ ")]
    [InlineData("UINTEGER", "4294967295.5", "0123456789.-+e_ x")]
    [InlineData("UBIGINT", "18446744073709551615", "0123456789.-+e_ ")]
    [InlineData("HUGEINT", "-170141183460469231731687303715884105728", "0123456789.-+e_ ")]
    [InlineData("FLOAT", "-1.1754943e-38", "0123456789.-+e_ ")]
    [InlineData("DECIMAL(12,3)", "-123456789.0125", "0123456789.-+_ ")]
    [InlineData("DECIMAL(38,9)", "-12345678901234567890123456789.0123456785", "0123456789.-+_ ")]
    [InlineData("TIMESTAMP_S", "2025-10-01 12:34:56.789", "0123456789 -:.TZ+")]
    [InlineData("TIMESTAMP_MS", "1969-12-31 12:34:56.7895", "0123456789 -:.TZ+")]
    [InlineData("TIMESTAMP_NS", "2025-10-01 12:34:56.789012345+02:30", "0123456789 -:.TZ+")]
    [InlineData("TIMESTAMP WITH TIME ZONE", "2025-10-01T12:34:56.789+02:30", "0123456789 -:.TZ+")]
    [InlineData("DATE", "2025-10-01 00:00:00", "0123456789 -:/.TZ+")]
    [InlineData("TIME", "12:34:56.789012", "0123456789 -:.Z+")]
    [InlineData("UUID", "{a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11}", "0123456789abcdefgABF-{}")]
    [InlineData("JSON", "{\"a\":[1,-2.5e3,\"x\\u00e9\"],\"b\":{\"c\":null,\"d\":true}}", "0123456789.-+eE[]{}\",:\\untrfals ")]
    [InlineData("BOOLEAN", "false", "truefalsyn01TF ")]
    public void Texts_made_of_the_letters_of_values_are_read_as_try_cast_reads_them(string type, string pattern, string letters)
    {
        var random = new Random(11);
        var texts = Enumerable.Range(0, 2000).Select(_ =>
        {
            var text = new StringBuilder(pattern, 0, random.Next(3) == 0 ? random.Next(1, pattern.Length + 1) : pattern.Length, 60);
            for (var i = random.Next(4); i > 0; i--) text[random.Next(text.Length)] = letters[random.Next(letters.Length)];
            if (random.Next(8) == 0) text.Insert(random.Next(text.Length), letters[random.Next(letters.Length)]);
            return text.ToString();
        });
        // A sign and a blank are 0 for the engine's decimals.
        if (type.StartsWith("DECIMAL", StringComparison.Ordinal)) texts = texts.Where(text => text.Any(char.IsAsciiDigit));
        var wanted = type switch
        {
            "DATE" => $"case when regexp_full_match(t, '{IsDate}') then try_cast(t as date) end",
            "TIME" => $"case when regexp_full_match(t, '{IsTime}') then try_cast(trim(t) as time) end",
            _ => Cast(type),
        };
        Compare([.. texts], type, wanted);
    }

    [Theory]
    [InlineData(12, 2)]
    [InlineData(18, 6)]
    [InlineData(25, 10)]
    [InlineData(4, 4)]
    public void Decimals_with_exponents_are_what_their_value_is(int precision, int scale)
    {
        var random = new Random(precision);
        var texts = new List<string>();
        for (var i = 0; i < 3000; i++)
        {
            var digits = random.NextInt64(1L << random.Next(1, 55)).ToString(CultureInfo.InvariantCulture);
            var point = random.Next(digits.Length + 1);
            texts.Add($"{(random.Next(2) == 0 ? "-" : "")}{digits[..point]}.{digits[point..]}e{random.Next(-9, 9)}");
        }
        var type = LogicalType.Decimal(precision, scale);
        var rows = Reading.Rows(Read(texts, type));
        var limit = decimal.Parse("1" + new string('0', precision - scale), CultureInfo.InvariantCulture);
        for (var i = 0; i < texts.Count; i++)
        {
            var wanted = Math.Round(decimal.Parse(texts[i], NumberStyles.Float, CultureInfo.InvariantCulture), scale, MidpointRounding.AwayFromZero);
            var found = rows[i][0] is { } value ? decimal.Parse(Convert.ToString(value, CultureInfo.InvariantCulture)!, CultureInfo.InvariantCulture) : (decimal?)null;
            Assert.Equal((texts[i], Math.Abs(wanted) < limit ? wanted : null), (texts[i], found));
        }
    }

    [Theory]
    [InlineData("%d.%m.%Y %H:%M", "01.10.2025 12:34")]
    [InlineData("%d/%m/%y", "31/12/69")]
    [InlineData("%Y-%m-%d %I:%M:%S %p", "2025-10-01 12:34:56 PM")]
    [InlineData("%Y-%m-%d %H:%M:%S.%f", "2025-10-01 12:34:56.123456")]
    [InlineData("%Y-%m-%d %H:%M:%S.%g", "2025-10-01 12:34:56.123")]
    [InlineData("%d %b %Y", "01 Oct 2025")]
    [InlineData("%A, %B %d, %Y", "Monday, October 01, 2025")]
    [InlineData("%a %d-%m-%Y %T", "wed 01-10-2025 12:34:56")]
    [InlineData("%Y%m%d%H%M%S", "20251001123456")]
    [InlineData("%-d.%-m.%Y%%", "1.2.2025%")]
    [InlineData("%Y-%m-%d%%T%H:%M", "2025-10-01%T12:34")]
    [InlineData("%H:%M", "12:34")]
    [InlineData("%c", "2025-10-01 12:34:56")]
    [InlineData("%Y", "2025")]
    public void Named_formats_are_read_as_strptime_reads_them(string format, string pattern)
    {
        var random = new Random(5);
        const string letters = "0123456789 .:-/APMapm%";
        var texts = Enumerable.Range(0, 1500).Select(i =>
        {
            var text = new StringBuilder(pattern, 60);
            for (var n = i == 0 ? 0 : random.Next(3); n > 0; n--) text[random.Next(text.Length)] = letters[random.Next(letters.Length)];
            if (random.Next(8) == 0) text.Insert(random.Next(text.Length + 1), letters[random.Next(letters.Length)]);
            if (random.Next(8) == 0) text.Remove(random.Next(text.Length), 1);
            return text.ToString();
        }).Distinct().Where(t => t.Length > 0).ToArray();
        Compare(texts, "TIMESTAMP", $"try_strptime(t, {Sql.Text(format)})::timestamp", format);
    }

    [Theory]
    [InlineData("%d.%m.%Y", "DATE", "01.10.2025", "2025-10-01")]
    [InlineData("%d.%m.%Y %H:%M", "DATE", "01.10.2025 00:00", "2025-10-01")]
    [InlineData("%d.%m.%Y %H:%M", "DATE", "01.10.2025 00:01", "NULL")]
    [InlineData("%d.%m.%Y", "DATE", "01.10.1925", "1925-10-01")]
    [InlineData("%H.%M", "TIME", "12.34", "12:34:00")]
    [InlineData("%Y-%m-%d %H:%M:%S%z", "TIMESTAMP WITH TIME ZONE", "2025-10-01 12:34:56+02:30", "2025-10-01 10:04:56+00")]
    [InlineData("%d/%b/%Y:%H:%M:%S %z", "TIMESTAMP WITH TIME ZONE", "10/Oct/2025:13:55:36 -0700", "2025-10-10 20:55:36+00")]
    [InlineData("%Y-%m-%d %H:%M:%S.%n", "TIMESTAMP_NS", "2025-10-01 12:34:56.123456789", "2025-10-01 12:34:56.123456789")]
    [InlineData("%Y-%j", "DATE", "2024-366", "2024-12-31")]
    [InlineData("%Y-%j", "DATE", "2025-366", "NULL")]
    [InlineData("epoch_s", "TIMESTAMP", "1759322096", "2025-10-01 12:34:56")]
    [InlineData("epoch_s", "TIMESTAMP", "-1", "1969-12-31 23:59:59")]
    [InlineData("epoch_s", "TIMESTAMP", "1759322096.5", "2025-10-01 12:34:56.5")]
    [InlineData("epoch_s", "TIMESTAMP WITH TIME ZONE", " 1759322096 ", "2025-10-01 12:34:56+00")]
    [InlineData("epoch_ms", "TIMESTAMP", "1759322096789", "2025-10-01 12:34:56.789")]
    [InlineData("epoch_ms", "TIMESTAMP_S", "1759322096789", "2025-10-01 12:34:57")]
    [InlineData("epoch_us", "TIMESTAMP_NS", "1759322096789012.345", "2025-10-01 12:34:56.789012345")]
    [InlineData("epoch_ns", "TIMESTAMP", "1759322096789012345", "2025-10-01 12:34:56.789012")]
    [InlineData("epoch_ns", "TIMESTAMP", "-1", "1969-12-31 23:59:59.999999")]
    [InlineData("epoch_s", "TIMESTAMP", "9223372036854775807", "NULL")]
    [InlineData("epoch_s", "TIMESTAMP", "9223372036855", "NULL")]
    [InlineData("epoch_s", "TIMESTAMP", "2025-10-01", "NULL")]
    public void A_format_makes_a_value_of_the_columns_type(string format, string type, string text, string wanted) =>
        Assert.Equal(wanted, Shown(Read([text], Parsed(type), format)));

    [Theory]
    [InlineData("BLOB", null, "Fail", "BLOB")]
    [InlineData("VARCHAR", null, "Zero", "0 for bad cells of VARCHAR")]
    [InlineData("VARCHAR", "%Y", "Fail", "%Y of VARCHAR")]
    [InlineData("DATE", "epoch_s", "Fail", "epoch_s of DATE")]
    [InlineData("TIMESTAMP", "%Q", "Fail", "%Q")]
    [InlineData("TIMESTAMP", "x", "Fail", "x")]
    public void A_column_that_cannot_be_read_so_is_refused(string type, string? format, string bad, string value)
    {
        var read = Read(["1"], Parsed(type), format) with { Columns = [new("a", Parsed(type)) { Format = format, Bad = Enum.Parse<OnBad>(bad) }] };
        var fault = Assert.Throws<QuernException>(() => new CsvPass(read)).Fault;
        Assert.Equal(("QN3004", "column \"a\"", value, ExitCode.Usage), (fault.Code, fault.Where, fault.Value, fault.ExitCode));
    }

    static string Shown(CsvRead read)
    {
        using var pass = new CsvPass(read);
        using var chunks = new CsvChunks(pass);
        return ValueText.Read(chunks.Next()![0], 0);
    }

    static string Cast(string type) => $"try_cast(t as {type})";

    static LogicalType Parsed(string text) => LogicalType.TryParse(text, out var type) ? type : throw new ArgumentException(text);

    CsvRead Read(IEnumerable<string> texts, LogicalType type, string? format = null) => new()
    {
        Files = [new CsvFile(_folder.Write("a.csv", string.Join('\n', texts.Select(Quoted))), "a.csv")],
        Columns = [new("a", type) { Bad = OnBad.Null, Format = format }],
        Dialect = new CsvDialect { HasHeader = false },
    };

    static string Quoted(string text) => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    void Compare(string[] texts, string typeName, string wanted, string? format = null)
    {
        var type = Parsed(typeName);
        // In quotes where CSV asks for them, and else as they are: both ways lead to a value.
        var rows = texts.Select(text => $"{Quoted(text)},{(text.AsSpan().IndexOfAny(",\"\r\n") >= 0 ? Quoted(text) : text)}");
        var read = new CsvRead
        {
            Files = [new CsvFile(_folder.Write("a.csv", string.Join('\n', rows)), "a.csv")],
            Columns = [new("a", type) { Bad = OnBad.Null, Format = format }, new("b", type) { Bad = OnBad.Null, Format = format }],
            Dialect = new CsvDialect { HasHeader = false },
            BlockBytes = 50,
        };
        _session.Register(new CsvView("found", read, 1));
        _session.Execute("create table texts (i integer, t varchar)");
        for (var i = 0; i < texts.Length; i += 100)
            _session.Execute($"insert into texts values {string.Join(", ", texts.Skip(i).Take(100).Select((t, k) => $"({i + k}, {Sql.Text(t)})"))}");
        _session.Execute("create table found as select row_number() over () - 1 as i, a, b from found()");
        Assert.Equal(texts.Length, _session.Scalar<long>("select count(*) from found"));
        using var wrong = _session.Query(
            $"""
            select t, coalesce(w::varchar, 'NULL'), coalesce(a::varchar, 'NULL'), coalesce(b::varchar, 'NULL')
            from (select *, {wanted} as w from texts join found using (i))
            where w::varchar is distinct from a::varchar or a::varchar is distinct from b::varchar
            """);
        var shown = new List<string>();
        while (wrong.Next() is { } chunk)
        {
            for (var row = 0; row < chunk.Rows; row++)
                shown.Add($"'{chunk[0].GetValue(row)}' is {chunk[1].GetValue(row)}, was read as {chunk[2].GetValue(row)} in quotes and {chunk[3].GetValue(row)}");
        }
        Assert.Empty(shown);
    }
}
