using System.Globalization;
using System.Text.RegularExpressions;
using Quern.Live.Tests.Postgres;

namespace Quern.Live.Tests.Loading;

/// <summary>Random tables of all types: what is loaded equals what the server reads out of the texts of the same values.</summary>
/// <remarks>The oracle is the server's own input functions, which share nothing with our encoders.</remarks>
public sealed partial class RoundTripTests(PostgresServer server) : IDisposable
{
    const int Rows = 500;

    readonly Schema _db = new(server);

    public void Dispose() => _db.Dispose();

    /// <summary>Type of the engine, type of the server, an expression of a random number r of 64 bits and values at the edges; the text of
    /// the server's type where the engine's text is another.</summary>
    static readonly (string Duck, string Server, string Random, string[] Edges)[] Types =
    [
        ("boolean", "boolean", "r % 2 = 0", ["true", "false"]),
        ("tinyint", "smallint", "(r % 256)::int - 128", ["-128", "127"]),
        ("smallint", "smallint", "(r % 65536)::int - 32768", ["-32768", "32767"]),
        ("integer", "integer", "(r % 4294967296)::bigint - 2147483648", ["-2147483648", "2147483647", "0"]),
        ("bigint", "bigint", "(r::hugeint - 9223372036854775808)", ["-9223372036854775808", "9223372036854775807"]),
        ("ubigint", "numeric", "r", ["0", "18446744073709551615"]),
        ("hugeint", "numeric", "(r::hugeint - 9223372036854775808) * (r % 9223372036854775807)::hugeint", ["170141183460469231731687303715884105727", "-1", "10000", "-9999"]),
        ("float", "real", "((r::double - 9e18) * pow(10, (r % 60)::int - 45))", ["'nan'", "'inf'", "'-inf'", "1.17549435e-38", "3.4028235e38", "-0.0"]),
        ("double", "double precision", "((r::double - 9e18) * pow(10, (r % 500)::int - 260))", ["'nan'", "'inf'", "'-inf'", "5e-324", "1.7976931348623157e308", "-0.0"]),
        ("double", "numeric", "((r::double - 9e18) * pow(10, (r % 500)::int - 260))", ["'nan'", "0", "1e-300", "1e300", "123456.789e-3", "-10000"]),
        ("decimal(4,1)", "numeric(4,1)", "((r % 19999)::int - 9999) / 10", ["-999.9", "999.9", "0"]),
        ("decimal(9,4)", "numeric(9,4)", "((r % 1999999999)::bigint - 999999999) / 10000", ["-99999.9999", "0.0001", "1"]),
        ("decimal(18,3)", "numeric(18,3)", "(r % 1999999999999999999)::decimal(38,0) / 1000 - 999999999999999", ["-999999999999999.999", "10000", "0.001"]),
        ("decimal(38,17)", "numeric(38,17)", "(r::decimal(38,17) / 10)", ["-999999999999999999999.99999999999999999", "0.00000000000000001", "10000"]),
        ("decimal(38,0)", "numeric(38,0)", "r", ["99999999999999999999999999999999999999", "-10000000000000000000000000000000000000"]),
        ("varchar", "text", "substr('aé漢🙂\"''\\,{}', 1 + (r % 11)::int, (r % 7)::int) || repeat('x', (r % 40)::int)", ["''", "'NULL'", "chr(10)", "chr(1)"]),
        ("blob", "bytea", "unhex(lpad(to_hex(r), 16, '0'))", ["''::blob", "'\\x00\\xFF'::blob"]),
        ("date", "date", "date '2000-01-01' + ((r % 1400000)::int - 700000)", ["date '5000-12-31'", "'infinity'", "'-infinity'", "date '1970-01-01'"]),
        ("time", "time", "make_time((r % 24)::int, (r % 60)::int, (r % 59999999)::double / 1e6)", ["'24:00:00'", "'00:00:00'", "'00:00:00.000001'"]),
        ("timestamp", "timestamp", "make_timestamp((r % 90000000000000000)::bigint - 40000000000000000)", ["'infinity'", "'-infinity'", "'1999-12-31 23:59:59.999999'"]),
        ("timestamptz", "timestamptz", "make_timestamp((r % 90000000000000000)::bigint - 40000000000000000)::timestamptz", ["'infinity'", "'-infinity'"]),
        ("timestamp_ns", "timestamp", "make_timestamp((r % 9000000000000000)::bigint - 4000000000000000)", ["'1969-12-31 23:59:59.999999'"]),
        ("timestamp_s", "timestamp", "make_timestamp((r % 90000000000)::bigint * 1000000 - 40000000000000000)", ["'1969-12-31 23:59:59'"]),
        ("uuid", "uuid", "(lpad(to_hex(r), 16, '0') || lpad(to_hex(hash(r)), 16, '0'))::uuid", ["'00000000-0000-0000-0000-000000000000'", "'ffffffff-ffff-ffff-ffff-ffffffffffff'"]),
        ("interval", "interval", "to_months((r % 900)::int - 450) + to_days((r % 90)::int - 45) + to_microseconds((r % 90000000000)::bigint - 45000000000)", ["interval 0 seconds"]),
        ("bit", "varbit", "right(bin(r), 1 + (r % 40)::int)::bit", ["'0'", "'1'", "'10000000'", "'100000001'"]),
    ];

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    public void Every_value_is_what_the_server_reads_from_its_text(int seed)
    {
        var query = Query(seed, c => c);
        var texts = Query(seed, c => $"{c}::varchar");
        var columns = string.Join(", ", Types.Select((t, i) => $"c{i} {t.Server}"));
        _db.Execute($"create table loaded (id int, {columns}); create table parsed (id int, {columns})");
        Assert.Equal(Rows, Schema.Done(_db.Request(query, "loaded")).Written);
        _db.Execute($"create table texts (id int, {string.Join(", ", Types.Select((_, i) => $"c{i} text"))})");
        Schema.Done(_db.Request(texts, "texts"));
        _db.Execute($"insert into parsed select id, {string.Join(", ", Types.Select(Parsed))} from texts");
        for (var i = 0; i < Types.Length; i++)
        {
            var send = Types[i].Server.Split('(')[0] switch
            {
                "boolean" => "bool",
                "smallint" => "int2",
                "integer" => "int4",
                "bigint" => "int8",
                "real" => "float4",
                "double precision" => "float8",
                var name => name,
            };
            // Comparing what is sent tells apart what compares as equal: -0 and 0, 1.0 and 1.00.
            var bytes = $"{send}{(send is "date" or "time" or "timestamp" or "timestamptz" or "uuid" or "numeric" or "interval" or "varbit" ? "_" : "")}send";
            // The server writes fewer zeros than the engine behind the point of what was binary.
            if (Types[i] is ("double", "numeric", _, _)) bytes = "numeric_send(trim_scale";
            var end = bytes.Contains('(', StringComparison.Ordinal) ? "))" : ")";
            var wrong = _db.Rows(string.Create(
                CultureInfo.InvariantCulture,
                $"select id, l.c{i}, p.c{i} from loaded l full join parsed p using (id) where {bytes}(l.c{i}{end} is distinct from {bytes}(p.c{i}{end} limit 3"));
            Assert.True(wrong.Length == 0, $"{Types[i].Duck} as {Types[i].Server}: {string.Join("; ", wrong)}");
        }
    }

    /// <summary>The same text, in the words of the server where the engine has others.</summary>
    static string Parsed((string Duck, string Server, string Random, string[] Edges) type, int i) => type.Duck switch
    {
        "blob" => $"decode(c{i}, 'hex')",
        "timestamp" or "timestamptz" or "date" or "timestamp_ns" or "timestamp_s" => string.Create(
            CultureInfo.InvariantCulture, $"(regexp_replace(c{i}, '^(.*) \\(BC\\)(.*)$', '\\1\\2 BC'))::{type.Server}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"c{i}::{type.Server}"),
    };

    static string Query(int seed, Func<string, string> show)
    {
        var values = string.Join(",\n", Types.Select((t, i) =>
        {
            var edges = string.Join(' ', t.Edges.Select((e, n) => string.Create(CultureInfo.InvariantCulture, $"when {n + 3} then ({e})::{t.Duck}")));
            // The random number stands where the expression says r, as a word.
            var random = R().Replace(t.Random, string.Create(CultureInfo.InvariantCulture, $"hash(i, {i + 1000}, {seed})"));
            return string.Create(
                CultureInfo.InvariantCulture,
                $"case when hash(i, {i}, {seed}) % 11 = 0 then null else case i {edges} else ({random})::{t.Duck} end end as c{i}");
        }));
        var shown = string.Join(", ", Types.Select((t, i) => t.Duck == "blob" && show("x") != "x"
            ? string.Create(CultureInfo.InvariantCulture, $"hex(c{i}) as c{i}")
            : string.Create(CultureInfo.InvariantCulture, $"{show($"c{i}")} as c{i}")));
        return string.Create(CultureInfo.InvariantCulture, $"select id, {shown} from (select i::int as id, {values} from range({Rows}) t(i)) v");
    }

    [GeneratedRegex(@"\br\b")]
    private static partial Regex R();
}
