using System.Globalization;
using Quern.Chunks;
using Quern.Duck;

namespace Quern.Bench.Sqlite;

/// <summary>The table of the measurement: 12 columns of something like planning data, with points and polygons as text.</summary>
static class EntityRows
{
    /// <summary>Makes the table <c>t</c>, or what stands behind FROM for it.</summary>
    public static string Select(long rows) => string.Create(CultureInfo.InvariantCulture, $$"""
        select
            1000000 + (i * 7919) % {{rows}} as id, (i % 40)::integer as kind, 'dataset-' || (i % 60) as dataset,
            'Entity number ' || i || ' of the register' as name, hash(i) / 1e15 as value,
            ((hash(i + 1) % 1000000000)::bigint / 100)::decimal(12, 2) as amount,
            timestamptz '2020-01-01 00:00:00+00' + to_microseconds((hash(i + 2) % 150000000000000)::bigint) as entry_ts,
            date '2000-01-01' + (hash(i + 3) % 9000)::integer as start_date, i % 3 = 0 as active,
            if(i % 10 = 9, NULL, '{"reference":"R' || i || '","status":"open","notes":["a","b"],"rank":' || i % 100 || '}') as attrs,
            if(i % 10 < 7, 'POINT (' || x || ' ' || y || ')', NULL) as point,
            if(i % 10 = 7, 'MULTIPOLYGON (((' || list_reduce(list_transform(range(9), lambda k: (x + sin(k % 8) / 100)
                || ' ' || (y + cos(k % 8) / 100)), lambda a, b: a || ', ' || b) || ')))', NULL) as geometry
        from (select i, (hash(i + 4) % 5000000)::bigint / 1e6 - 3 as x, (hash(i + 5) % 5000000)::bigint / 1e6 + 50 as y
              from range({{rows}}) r(i))
        """);

    /// <summary>Writes the rows of <c>t</c> as the rival reads them: spelled as Quern spells them.</summary>
    public static void Dump(DuckSession session, string path)
    {
        using var file = new BinaryWriter(new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20));
        using var rows = session.Query(
            """
            select id, kind, dataset, name, value, amount::varchar, entry_ts::varchar || ':00', start_date::varchar, active::integer,
                attrs, point, geometry from t
            """);
        while (rows.Next() is { } chunk)
        {
            for (var row = 0; row < chunk.Rows; row++)
                for (var column = 0; column < chunk.Schema.Count; column++) Dump(file, chunk[column], row);
        }
    }

    static void Dump(BinaryWriter file, Vector vector, int row)
    {
        if (vector.IsNull(row))
        {
            file.Write((byte)'N');
        }
        else if (vector.Type.IsText)
        {
            file.Write((byte)'T');
            file.Write(vector.Texts[row].Length);
            file.Write(vector.Texts[row].Bytes);
        }
        else if (vector.Type.Kind == TypeKind.Double)
        {
            file.Write((byte)'R');
            file.Write(vector.Values<double>()[row]);
        }
        else
        {
            file.Write((byte)'I');
            file.Write(vector.Type.Kind == TypeKind.BigInt ? vector.Values<long>()[row] : vector.Values<int>()[row]);
        }
    }
}
