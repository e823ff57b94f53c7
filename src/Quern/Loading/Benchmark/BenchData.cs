using System.Globalization;

namespace Quern.Loading.Benchmark;

/// <summary>Rows that are made up: twelve columns of the kinds that tables of entities have, 270 bytes each as COPY BINARY.</summary>
/// <remarks>What a row holds depends on its number and the seed only. Nine rows in ten have attributes, seven a point, one a shape of nine
/// corners.</remarks>
static class BenchData
{
    /// <summary>What they are, in words.</summary>
    public static string Words(long rows, int seed) => string.Create(
        CultureInfo.InvariantCulture,
        $"{rows:N0} rows of 12 columns made up with seed {seed} (bigint, int, 2 text, float8, numeric(12,2), timestamptz, date, bool, jsonb, "
        + $"geometry(Point), geometry(MultiPolygon)), as Parquet");

    /// <summary>The query that makes them up.</summary>
    public static string Query(long rows, int seed) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""
        select i as id, (h % 9)::integer as kind, 'dataset_' || (h // 9 % 20) as dataset, 'entity ' || i || ' ' || format('{:x}', h) as name,
            (g % 1000003 / 997.0)::double as value, ((g // 7 % 100000000)::decimal(12, 0) / 100)::decimal(12, 2) as amount,
            to_timestamp((1704067200 + h // 180 % 63072000)::double) as entry_ts,
            date '2020-01-01' + (g // 11 % 2000)::integer as start_date,
            h // 16 % 2 = 0 as active,
            case when h // 32 % 10 < 9 then '{"owner": "team ' || (g % 40) || '", "cost": ' || (g // 40 % 100000) || ', "tags": ["a", "b'
                || (h % 7) || '"], "region": "region ' || (g // 3 % 12) || '", "open": true, "state": "ready"}' end as attrs,
            case when g // 13 % 10 < 7 then 'POINT(' || x || ' ' || y || ')' end as point,
            case when g // 17 % 10 = 0 then 'MULTIPOLYGON(((' || array_to_string([(x + c[1]) || ' ' || (y + c[2])
                for c in [[0, 0.1], [0.1, 0.2], [0.3, 0.2],
                    [0.4, 0.1], [0.4, 0], [0.3, -0.1], [0.1, -0.1], [0, 0], [0, 0.1]]], ', ') || ')))' end as geometry
        from (
            select i, hash(i + s) as h, hash(i + s + 1000000007) as g, (hash(i + s + 7) // 5 % 3590000 / 10000.0 - 180)::decimal(9, 4) as x,
                (hash(i + s + 9) // 77 % 1690000 / 10000.0 - 85)::decimal(9, 4) as y
            from (select i, {{seed}}::bigint * 1000000000000 as s from range({{rows}}) r(i)))
        """);

    /// <summary>The columns of their table.</summary>
    /// <param name="hasShapes">PostGIS is there; else shapes are texts.</param>
    public static string Columns(bool hasShapes) =>
        "id bigint, kind integer, dataset text, name text, value double precision, amount numeric(12,2), entry_ts timestamptz, "
        + "start_date date, active boolean, attrs jsonb, "
        + (hasShapes ? "point geometry(Point), geometry geometry(MultiPolygon)" : "point text, geometry text");
}
