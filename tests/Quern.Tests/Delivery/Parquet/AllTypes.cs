namespace Quern.Tests.Delivery.Parquet;

/// <summary>A row of every type that our own writer has a form for, at its limits and between them.</summary>
static class AllTypes
{
    /// <summary>Columns of <c>i</c>, from 0.</summary>
    public const string Between =
        """
        i % 2 = 0 as flag, (i % 256 - 128)::tinyint as i8, (i * 7 % 65536 - 32768)::smallint as i16, (i * 99991)::integer as i32,
        (i * 99999999999 - 5)::bigint as i64, (i % 256)::utinyint as u8, (i * 13 % 65536)::usmallint as u16, (i * 858993)::uinteger as u32,
        (i::ubigint * 3689348814741910) as u64, (i / 3)::float as f32, (i / 3)::double as f64, (i - 2500)::decimal(4, 0) as d4,
        (i * 1.25 - 100)::decimal(9, 2) as d9, (i * 1.25)::decimal(18, 3) as d18,
        (i::hugeint * 12345678901234567 - 77)::decimal(38, 5) as d38,
        '1960-01-01'::date + i::integer as day, '00:00:00'::time + interval (i * 17) second as tod,
        make_timestamp(i * 9999999 - 7) as us, make_timestamp_ns(i * 9999999 - 7) as ns, make_timestamp(i * 1000)::timestamp_ms as ms,
        make_timestamp(i * 1000)::timestamptz as tz, repeat('ö', (i % 30)::int) as text, md5(i::varchar)::uuid as id,
        '{"a": ' || i || '}' as words
        """;

    /// <summary>Limits, a row each, of columns of the same types.</summary>
    public const string Limits =
        """
        select * from (values
            (true, (-128)::tinyint, (-32768)::smallint, (-2147483648)::integer, (-9223372036854775808)::bigint, 0::utinyint, 0::usmallint,
             0::uinteger, 0::ubigint, 'nan'::float, '-inf'::double, (-9999)::decimal(4, 0), (-9999999.99)::decimal(9, 2),
             (-999999999999999.999)::decimal(18, 3), ('-' || repeat('9', 33) || '.99999')::decimal(38, 5), '-infinity'::date, '00:00:00'::time,
             '-infinity'::timestamp, '1677-09-22'::timestamp_ns, '-infinity'::timestamp_ms, '-infinity'::timestamptz, '',
             '00000000-0000-0000-0000-000000000000'::uuid, 'null'::json, ''::blob),
            (false, 127::tinyint, 32767::smallint, 2147483647::integer, 9223372036854775807::bigint, 255::utinyint, 65535::usmallint,
             4294967295::uinteger, 18446744073709551615::ubigint, '-0.0'::float, 'inf'::double, 9999::decimal(4, 0), 9999999.99::decimal(9, 2),
             999999999999999.999::decimal(18, 3), (repeat('9', 33) || '.99999')::decimal(38, 5), 'infinity'::date, '24:00:00'::time,
             'infinity'::timestamp, '2262-04-11'::timestamp_ns, 'infinity'::timestamp_ms, 'infinity'::timestamptz, repeat('🦉', 9999),
             'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid, '"é"'::json, '\xFF\x00\x80'::blob),
            (NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '1.17549435e-38'::float, 'nan'::double, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
             NULL, NULL, NULL, NULL, NULL, NULL, NULL),
            (true, 0::tinyint, 0::smallint, 0::integer, 0::bigint, 1::utinyint, 1::usmallint, 1::uinteger, 1::ubigint, '3.4028235e38'::float,
             '5e-324'::double, 0::decimal(4, 0), 0::decimal(9, 2), 0::decimal(18, 3), 0::decimal(38, 5), '1970-01-01'::date, '12:00:00'::time,
             '1970-01-01'::timestamp, '1970-01-01'::timestamp_ns, '1970-01-01'::timestamp_ms, '1970-01-01'::timestamptz, 'twelve bytes',
             '80000000-0000-0000-0000-000000000000'::uuid, '[1]'::json, 'x'::blob)
        ) t(flag, i8, i16, i32, i64, u8, u16, u32, u64, f32, f64, d4, d9, d18, d38, day, tod, us, ns, ms, tz, text, id, words, bytes)
        """;
}
