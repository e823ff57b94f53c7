using System.Buffers.Binary;
using System.Text;
using Quern.Delivery.Postgres.Binary;
using Quern.Delivery.Postgres.Copying;
using Quern.Delivery.Postgres.Typing;
using Quern.Duck;

namespace Quern.Tests.Delivery.Postgres;

public sealed class RowEncoderTests
{
    /// <summary>Texts of all lengths up to 40 and some beyond 256, NULLs, both infinities, the ends of ranges.</summary>
    const string Rows =
        """
        select i % 2 = 0 as bool, i::integer as int4, (i * 7919 - 5000)::bigint as int8, (i / 7)::float as float4, (i / 11)::double as float8,
            case i % 50 when 0 then 'infinity'::date when 1 then '-infinity'::date when 2 then date '5881580-07-10'
                else date '2000-01-01' + i::integer - 900 end as date,
            case i % 50 when 0 then 'infinity'::timestamp when 1 then '-infinity'::timestamp when 2 then timestamp '294247-01-10 04:00:54'
                else timestamp '2000-01-01' + to_microseconds(i * 999983 - 77) end as timestamp,
            case when i % 7 > 0 then repeat('ä', (i % 41 // 2)::integer) || repeat('x', (i % 2)::integer) end as text,
            case when i % 100 = 0 then repeat('long ', 100 + i::integer) else 'v' || i end as varchar,
            case when i % 3 > 0 then '{"a": ' || repeat('1', 1 + (i % 30)::integer) || '}' end as jsonb,
            (i * 12345.67 - 999999)::decimal(18, 4) as numeric
        from range(5000) r(i)
        """;

    [Fact]
    public void A_row_is_what_the_encoders_of_its_columns_write()
    {
        using var database = DuckDatabase.Open(new DuckOptions { MemoryLimitBytes = 200_000_000, Threads = 1, TempDirectory = "" });
        using var session = database.Connect();
        using var rows = session.Query(Rows);
        var planner = new RoutePlanner(false, false);
        List<ColumnRoute> routes = [.. rows.Schema.Columns.Select(c => planner.Of(c, new TargetColumn(c.Name, c.Name, c.Name)))];
        var encoder = new RowEncoder(routes, [.. routes.Select(_ => -1)]);
        // Small, so that it grows in the middle of rows.
        var (whole, fields) = (new CopyBuffer(16), new CopyBuffer(1 << 16));
        var count = 0;
        while (rows.Next() is { } chunk)
        {
            encoder.Begin(chunk.Memory);
            for (var row = 0; row < chunk.Rows; row++, count++)
            {
                if (count % 10 == 0) whole = new CopyBuffer(16);
                whole.Cut(0);
                fields.Cut(0);
                fields.Int16((short)routes.Count);
                for (var i = 0; i < routes.Count; i++) routes[i].Encoder.WriteField(fields, chunk.Memory[i], row);
                Assert.Null(encoder.Write(whole, row));
                Assert.True(fields.Bytes.SequenceEqual(whole.Bytes), $"row {count}");
            }
        }
        Assert.Equal(5000, count);
    }

    [Fact]
    public void A_NUL_character_is_found_at_every_place_of_a_text()
    {
        using var database = DuckDatabase.Open(new DuckOptions { MemoryLimitBytes = 200_000_000, Threads = 1, TempDirectory = "" });
        using var session = database.Connect();
        using var rows = session.Query(
            "select repeat('x', p::integer) || chr(0) || repeat('y', (n - p - 1)::integer) as text from range(1, 300) a(n), range(300) b(p) "
            + "where p < n and (n < 40 or p % 17 = 0 or p = n - 1)");
        var route = new RoutePlanner(false, false).Of(rows.Schema.Columns[0], new TargetColumn("text", "text", "text"));
        var encoder = new RowEncoder([route], [-1]);
        var to = new CopyBuffer(1 << 12);
        var count = 0;
        while (rows.Next() is { } chunk)
        {
            encoder.Begin(chunk.Memory);
            for (var row = 0; row < chunk.Rows; row++, count++)
            {
                Assert.Equal("QN8282", encoder.Write(to, row)?.Why.Code);
                Assert.Equal(0, to.Length);
            }
        }
        Assert.True(count > 3000, $"{count} texts");
    }

    [Theory]
    [InlineData("0.1::double", "0.1")]
    [InlineData("-1e-7::double", "-0.0000001")]
    [InlineData("1e22::double", "10000000000000000000000")]
    [InlineData("0.1::float", "0.1")]
    [InlineData("(0.1::double + 0.2::double)", "0.30000000000000004")]
    public void A_binary_number_becomes_the_shortest_digits_that_give_it_back(string value, string wanted)
    {
        using var database = DuckDatabase.Open(new DuckOptions { MemoryLimitBytes = 200_000_000, Threads = 1, TempDirectory = "" });
        using var session = database.Connect();
        using var rows = session.Query($"select {value} as numeric");
        var route = new RoutePlanner(false, false).Of(rows.Schema.Columns[0], new TargetColumn("numeric", "numeric", "numeric"));
        var (sent, same) = (new CopyBuffer(64), new CopyBuffer(64));
        var chunk = rows.Next()!;
        route.Encoder.WriteField(sent, chunk.Memory[0], 0);
        Numeric.WriteText(same, Encoding.ASCII.GetBytes(wanted));
        Assert.Equal(Convert.ToHexString(same.Bytes), Convert.ToHexString(sent.Bytes));
        Assert.Equal(sent.Length - 4, BinaryPrimitives.ReadInt32BigEndian(sent.Bytes));
    }
}
