using System.Globalization;
using Quern.Chunks;

namespace Quern.Delivery.Postgres.Typing;

/// <summary>Which type a new table has for a column.</summary>
static class TypeNames
{
    /// <summary>Types of the catalog that need no more than their name, with their numbers (PostgreSQL source, pg_type.dat).</summary>
    static readonly Dictionary<string, (string Sql, uint Oid)> Plain = new()
    {
        ["bool"] = ("boolean", 16),
        ["bytea"] = ("bytea", 17),
        ["int8"] = ("bigint", 20),
        ["int2"] = ("smallint", 21),
        ["int4"] = ("integer", 23),
        ["text"] = ("text", 25),
        ["json"] = ("json", 114),
        ["float4"] = ("real", 700),
        ["float8"] = ("double precision", 701),
        ["date"] = ("date", 1082),
        ["time"] = ("time without time zone", 1083),
        ["timestamp"] = ("timestamp without time zone", 1114),
        ["timestamptz"] = ("timestamp with time zone", 1184),
        ["interval"] = ("interval", 1186),
        ["timetz"] = ("time with time zone", 1266),
        ["varbit"] = ("bit varying", 1562),
        ["numeric"] = ("numeric", 1700),
        ["uuid"] = ("uuid", 2950),
        ["jsonb"] = ("jsonb", 3802),
    };

    /// <summary>The column of a new table.</summary>
    public static TargetColumn Of(Column column)
    {
        var type = column.Type;
        if (type is { Kind: TypeKind.List or TypeKind.Array, Element.IsNested: false })
        {
            var element = Scalar(type.Element);
            return new TargetColumn(column.Name, $"{Sql(element, type.Element)}[]", $"_{element}")
            {
                Element = element,
                ElementOid = Plain[element].Oid,
            };
        }
        var name = Scalar(type);
        return new TargetColumn(column.Name, Sql(name, type), name)
        {
            Shapes = name == "geometry" ? Shapes.ShapeColumn.Any : null,
            Scale = type.Kind == TypeKind.Decimal ? type.Scale : null,
        };
    }

    static string Sql(string name, LogicalType type) => type.Kind switch
    {
        TypeKind.Decimal => string.Create(CultureInfo.InvariantCulture, $"numeric({type.Precision},{type.Scale})"),
        TypeKind.UBigInt => "numeric(20,0)",
        TypeKind.HugeInt or TypeKind.UHugeInt => "numeric(39,0)",
        _ => Plain.TryGetValue(name, out var plain) ? plain.Sql : name,
    };

    static string Scalar(LogicalType type) => type.Kind switch
    {
        TypeKind.Boolean => "bool",
        TypeKind.TinyInt or TypeKind.UTinyInt or TypeKind.SmallInt => "int2",
        TypeKind.USmallInt or TypeKind.Integer => "int4",
        TypeKind.UInteger or TypeKind.BigInt => "int8",
        TypeKind.UBigInt or TypeKind.HugeInt or TypeKind.UHugeInt or TypeKind.Decimal or TypeKind.BigNum => "numeric",
        TypeKind.Float => "float4",
        TypeKind.Double => "float8",
        TypeKind.Varchar when type.Alias == "JSON" => "jsonb",
        TypeKind.Blob => "bytea",
        TypeKind.Date => "date",
        TypeKind.Time or TypeKind.TimeNanos => "time",
        TypeKind.TimeTz => "timetz",
        TypeKind.Timestamp or TypeKind.TimestampSeconds or TypeKind.TimestampMillis or TypeKind.TimestampNanos => "timestamp",
        TypeKind.TimestampTz or TypeKind.TimestampTzNanos => "timestamptz",
        TypeKind.Interval => "interval",
        TypeKind.Uuid => "uuid",
        TypeKind.Bit => "varbit",
        TypeKind.Geometry => "geometry",
        TypeKind.Struct or TypeKind.Map or TypeKind.Union or TypeKind.List or TypeKind.Array => "jsonb",
        _ => "text",
    };
}
