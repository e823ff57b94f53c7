using Quern.Arrow.Metadata;
using Quern.Chunks;

namespace Quern.Arrow.Reading;

/// <summary>The type that a field is read as; null for fields that Quern does not read.</summary>
static class TypeMap
{
    const int WidestDecimal = 38;

    /// <summary>Elements of an array that DuckDB takes (ArrayType::MAX_ARRAY_SIZE is one more); here also of arrays in arrays
    /// together.</summary>
    const int LongestArray = 99_999;

    /// <summary>The type of a field; a dictionary has that of its values, a column of nothing but NULL is an
    /// INTEGER.</summary>
    public static LogicalType? Of(Field field) =>
        field.Dictionary is not null && (field.Index is null || Int(field.Index) is null) ? null : OfValues(field);

    static LogicalType? OfValues(Field field) => field.Kind switch
    {
        FieldKind.Null => LogicalType.Of(TypeKind.Integer),
        FieldKind.Bool => LogicalType.Of(TypeKind.Boolean),
        FieldKind.Int => Int(field) is { } kind ? LogicalType.Of(kind) : null,
        FieldKind.Float => LogicalType.Of(field.Bits == 64 ? TypeKind.Double : TypeKind.Float),
        FieldKind.Decimal => Decimal(field),
        FieldKind.Utf8 or FieldKind.LargeUtf8 or FieldKind.Utf8View => LogicalType.Of(TypeKind.Varchar),
        FieldKind.Binary or FieldKind.LargeBinary or FieldKind.BinaryView => LogicalType.Of(TypeKind.Blob),
        FieldKind.FixedSizeBinary when field is { Size: 16, Extension: Field.UuidExtension } => LogicalType.Of(TypeKind.Uuid),
        FieldKind.FixedSizeBinary => field.Size > 0 ? LogicalType.Of(TypeKind.Blob) : null,
        FieldKind.Date => LogicalType.Of(TypeKind.Date),
        FieldKind.Time => Time(field) is { } kind ? LogicalType.Of(kind) : null,
        FieldKind.Timestamp => Timestamp(field) is { } kind ? LogicalType.Of(kind) : null,
        FieldKind.Duration => field.Unit is >= Field.Seconds and <= Field.Nanos ? LogicalType.Of(TypeKind.Interval) : null,
        FieldKind.Interval => field.Unit is >= Field.YearMonth and <= Field.MonthDayNano ? LogicalType.Of(TypeKind.Interval) : null,
        FieldKind.List or FieldKind.LargeList => Element(field) is { } element ? LogicalType.List(element) : null,
        FieldKind.FixedSizeList => Array(field),
        FieldKind.Struct => Struct(field),
        FieldKind.Map => Map(field),
        _ => null,
    };

    static LogicalType? Element(Field field) => field.Children.Count == 1 ? Of(field.Children[0]) : null;

    static LogicalType? Array(Field field) =>
        field.Size > 0 && Element(field) is { } element && (long)field.Size * Elements(element) <= LongestArray
            ? LogicalType.Array(element, field.Size)
            : null;

    /// <summary>Most elements that a row has in arrays.</summary>
    static long Elements(LogicalType type) => type.Kind switch
    {
        TypeKind.Array => type.Length * Elements(type.Element!),
        TypeKind.Struct => type.Fields.Max(field => Elements(field.Type)),
        _ => 1,
    };

    static LogicalType? Struct(Field field)
    {
        var fields = new Column[field.Children.Count];
        for (var i = 0; i < fields.Length; i++)
        {
            if (Of(field.Children[i]) is not { } type) return null;
            fields[i] = new Column(field.Children[i].Name, type);
        }
        return fields.Length == 0 ? null : LogicalType.Struct(fields);
    }

    static LogicalType? Map(Field field) =>
        Element(field) is { Kind: TypeKind.Struct, Fields.Count: 2 } entry && field.Children[0].Dictionary is null
            ? LogicalType.Map(entry.Fields[0].Type, entry.Fields[1].Type)
            : null;

    static LogicalType? Decimal(Field field) =>
        field.Bits is 32 or 64 or 128 or 256 && field.Precision is >= 1 and <= WidestDecimal
        && field.Scale >= 0 && field.Scale <= field.Precision
            ? LogicalType.Decimal(field.Precision, field.Scale)
            : null;

    static TypeKind? Int(Field field) => (field.Bits, field.IsSigned) switch
    {
        (8, true) => TypeKind.TinyInt,
        (16, true) => TypeKind.SmallInt,
        (32, true) => TypeKind.Integer,
        (64, true) => TypeKind.BigInt,
        (8, false) => TypeKind.UTinyInt,
        (16, false) => TypeKind.USmallInt,
        (32, false) => TypeKind.UInteger,
        (64, false) => TypeKind.UBigInt,
        _ => null,
    };

    static TypeKind? Time(Field field) => (field.Bits, field.Unit) switch
    {
        (32, Field.Seconds or Field.Millis) or (64, Field.Micros) => TypeKind.Time,
        (64, Field.Nanos) => TypeKind.TimeNanos,
        _ => null,
    };

    static TypeKind? Timestamp(Field field) => (field.Unit, string.IsNullOrEmpty(field.Zone)) switch
    {
        (Field.Seconds, true) => TypeKind.TimestampSeconds,
        (Field.Millis, true) => TypeKind.TimestampMillis,
        (Field.Micros, true) => TypeKind.Timestamp,
        (Field.Nanos, true) => TypeKind.TimestampNanos,
        (Field.Seconds or Field.Millis or Field.Micros, false) => TypeKind.TimestampTz,
        (Field.Nanos, false) => TypeKind.TimestampTzNanos,
        _ => null,
    };
}
