using Quern.Chunks;

namespace Quern.Delivery.Parquet.Writing;

/// <summary>The builder for each type of column.</summary>
static class Builders
{
    /// <summary>Makes the builder for a column that has a form in the file.</summary>
    public static ColumnBuilder For(LogicalType type, PageWriter pages) => type.Kind switch
    {
        TypeKind.Boolean => new BoolColumn(pages),
        TypeKind.TinyInt => new FixedColumn<sbyte, int, SmallForm>(pages),
        TypeKind.SmallInt => new FixedColumn<short, int, SmallForm>(pages),
        TypeKind.UTinyInt => new FixedColumn<byte, int, SmallForm>(pages),
        TypeKind.USmallInt => new FixedColumn<ushort, int, SmallForm>(pages),
        TypeKind.Integer or TypeKind.Date => new FixedColumn<int, int, Int32Form>(pages),
        TypeKind.UInteger => new FixedColumn<uint, uint, UInt32Form>(pages),
        TypeKind.UBigInt => new FixedColumn<ulong, ulong, UInt64Form>(pages),
        TypeKind.Float => new FixedColumn<uint, uint, FloatForm>(pages),
        TypeKind.Double => new FixedColumn<ulong, ulong, DoubleForm>(pages),
        TypeKind.TimestampSeconds => new FixedColumn<long, long, SecondsForm>(pages),
        TypeKind.BigInt or TypeKind.Time or TypeKind.Timestamp or TypeKind.TimestampTz or TypeKind.TimestampMillis or TypeKind.TimestampNanos =>
            new FixedColumn<long, long, Int64Form>(pages),
        TypeKind.Uuid => new FixedColumn<UInt128, UInt128, UuidForm>(pages),
        TypeKind.Varchar or TypeKind.Blob => new TextColumn(pages),
        TypeKind.Decimal => type.Width switch
        {
            2 => new FixedColumn<short, int, SmallForm>(pages),
            4 => new FixedColumn<int, int, Int32Form>(pages),
            8 => new FixedColumn<long, long, Int64Form>(pages),
            _ => new FixedColumn<Int128, UInt128, DecimalForm>(pages),
        },
        _ => throw new ArgumentException($"{type} has no form in a Parquet file of our own", nameof(type)),
    };
}
