using Quern.Arrow.Metadata;
using Quern.Chunks;

namespace Quern.Arrow.Writing;

/// <summary>The Arrow field that a column is written as.</summary>
static class FieldMap
{
    const int WidestDecimal = 38;

    /// <summary>The fields of a schema; dictionaries are numbered from 0 in their order.</summary>
    /// <exception cref="QuernException">QN8150: Arrow has no type for a column.</exception>
    public static IReadOnlyList<Field> Of(Schema schema)
    {
        var dictionaries = 0L;
        return [.. schema.Columns.Select(column => Of(column.Name, column.Type, column, ref dictionaries))];
    }

    static Field Of(string name, LogicalType type, Column column, ref long dictionaries) => type.Kind switch
    {
        TypeKind.Null => new(name, FieldKind.Null),
        TypeKind.Boolean => new(name, FieldKind.Bool),
        TypeKind.TinyInt or TypeKind.SmallInt or TypeKind.Integer or TypeKind.BigInt => Int(name, type.Width, true),
        TypeKind.UTinyInt or TypeKind.USmallInt or TypeKind.UInteger or TypeKind.UBigInt => Int(name, type.Width, false),
        TypeKind.HugeInt or TypeKind.UHugeInt => Decimal(name, WidestDecimal, 0),
        TypeKind.Decimal => Decimal(name, type.Precision, type.Scale),
        TypeKind.Float or TypeKind.Double => new(name, FieldKind.Float) { Bits = type.Width * 8 },
        TypeKind.Date => new(name, FieldKind.Date) { Bits = 32 },
        TypeKind.Time => new(name, FieldKind.Time) { Bits = 64, Unit = Field.Micros },
        TypeKind.TimeNanos => new(name, FieldKind.Time) { Bits = 64, Unit = Field.Nanos },
        TypeKind.TimestampSeconds => Timestamp(name, Field.Seconds, null),
        TypeKind.TimestampMillis => Timestamp(name, Field.Millis, null),
        TypeKind.Timestamp => Timestamp(name, Field.Micros, null),
        TypeKind.TimestampNanos => Timestamp(name, Field.Nanos, null),
        TypeKind.TimestampTz => Timestamp(name, Field.Micros, "UTC"),
        TypeKind.TimestampTzNanos => Timestamp(name, Field.Nanos, "UTC"),
        TypeKind.Interval => new(name, FieldKind.Interval) { Unit = Field.MonthDayNano },
        TypeKind.Uuid => new(name, FieldKind.FixedSizeBinary) { Size = 16, Extension = Field.UuidExtension },
        TypeKind.Varchar => new(name, FieldKind.Utf8),
        TypeKind.Blob => new(name, FieldKind.Binary),
        TypeKind.Enum => new(name, FieldKind.Utf8) { Dictionary = dictionaries++, Index = Int("", type.Width, false) },
        TypeKind.List => new(name, FieldKind.List) { Children = [Of("item", type.Element!, column, ref dictionaries)] },
        TypeKind.Array => new(name, FieldKind.FixedSizeList)
        {
            Size = type.Length,
            Children = [Of("item", type.Element!, column, ref dictionaries)],
        },
        TypeKind.Struct => new(name, FieldKind.Struct) { Children = Fields(type, column, ref dictionaries) },
        TypeKind.Map => new(name, FieldKind.Map) { Children = [Entries(type.Element!, column, ref dictionaries)] },
        _ => throw new QuernException(new Fault("QN8150", "Arrow has no type for a column")
        {
            Where = $"column \"{column.Name}\"",
            Value = column.Type.ToString(),
            Try = [$"cast it in SQL: \"{column.Name}\"::VARCHAR", "leave the column out"],
        }),
    };

    static Field Entries(LogicalType entry, Column column, ref long dictionaries)
    {
        var fields = Fields(entry, column, ref dictionaries);
        fields[0] = fields[0] with { IsNullable = false };
        return new Field("entries", FieldKind.Struct) { Children = fields, IsNullable = false };
    }

    static Field[] Fields(LogicalType type, Column column, ref long dictionaries)
    {
        var fields = new Field[type.Fields.Count];
        for (var i = 0; i < fields.Length; i++)
            fields[i] = Of(type.Fields[i].Name, type.Fields[i].Type, column, ref dictionaries);
        return fields;
    }

    static Field Int(string name, int bytes, bool isSigned) => new(name, FieldKind.Int) { Bits = bytes * 8, IsSigned = isSigned };

    static Field Decimal(string name, int precision, int scale) =>
        new(name, FieldKind.Decimal) { Bits = 128, Precision = precision, Scale = scale };

    static Field Timestamp(string name, int unit, string? zone) => new(name, FieldKind.Timestamp) { Unit = unit, Zone = zone };
}
