using System.Numerics;
using Quern.Chunks;

namespace Quern.Delivery.Sqlite.Values;

/// <summary>Which binder a type has.</summary>
static class Binders
{
    /// <summary>The binder of a column.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="options">How values become SQLite's.</param>
    /// <param name="rows">The most rows that are bound at a time.</param>
    public static ColumnBinder For(LogicalType type, SqliteOptions options, int rows) => type.Kind switch
    {
        TypeKind.Boolean or TypeKind.UTinyInt => new WholeBinder<byte>(),
        TypeKind.TinyInt => new WholeBinder<sbyte>(),
        TypeKind.SmallInt => new WholeBinder<short>(),
        TypeKind.USmallInt => new WholeBinder<ushort>(),
        TypeKind.Integer => new WholeBinder<int>(),
        TypeKind.UInteger => new WholeBinder<uint>(),
        TypeKind.BigInt => new WholeBinder<long>(),
        TypeKind.Float => new RealBinder<float, FloatReal>(default, options.NanIsNull),
        TypeKind.Double => new RealBinder<double, DoubleReal>(default, options.NanIsNull),
        TypeKind.UBigInt => Whole<ulong>(options, rows),
        TypeKind.HugeInt => Whole<Int128>(options, rows),
        TypeKind.UHugeInt => Whole<UInt128>(options, rows),
        TypeKind.Decimal => type.Width switch
        {
            2 => Decimal<short>(type, options, rows),
            4 => Decimal<int>(type, options, rows),
            8 => Decimal<long>(type, options, rows),
            _ => Decimal<Int128>(type, options, rows),
        },
        TypeKind.Varchar => new BytesBinder(isText: true, options.StripNul),
        TypeKind.Blob => new BytesBinder(isText: false, stripNul: false),
        TypeKind.Enum => type.Width switch
        {
            1 => new EnumBinder<byte>(type),
            2 => new EnumBinder<ushort>(type),
            _ => new EnumBinder<uint>(type),
        },
        TypeKind.Date => new SpelledBinder<int, DateSpelling>(default, rows),
        TypeKind.Time => new SpelledBinder<long, TimeSpelling>(default, rows),
        TypeKind.Timestamp => new SpelledBinder<long, TimestampSpelling>(default, rows),
        TypeKind.TimestampSeconds => new SpelledBinder<long, CoarseTimestampSpelling>(new CoarseTimestampSpelling(1), rows),
        TypeKind.TimestampMillis => new SpelledBinder<long, CoarseTimestampSpelling>(new CoarseTimestampSpelling(1000), rows),
        TypeKind.TimestampNanos => new SpelledBinder<long, FineTimestampSpelling>(default, rows),
        TypeKind.TimestampTz => new SpelledBinder<long, InstantSpelling>(default, rows),
        TypeKind.TimestampTzNanos => new SpelledBinder<long, FineInstantSpelling>(default, rows),
        TypeKind.Uuid => new SpelledBinder<Uuid, UuidSpelling>(default, rows),
        _ => new WrittenBinder(type.IsNested),
    };

    static ColumnBinder Whole<T>(SqliteOptions options, int rows) where T : unmanaged, IBinaryInteger<T> => options.DecimalsAreReal
        ? new RealBinder<T, WholeReal<T>>(default, options.NanIsNull)
        : new SpelledBinder<T, WholeSpelling<T>>(default, rows);

    static ColumnBinder Decimal<T>(LogicalType type, SqliteOptions options, int rows) where T : unmanaged, IBinaryInteger<T> =>
        options.DecimalsAreReal
            ? new RealBinder<T, DecimalReal<T>>(new DecimalReal<T>(type.Precision, type.Scale), options.NanIsNull)
            : new SpelledBinder<T, DecimalSpelling<T>>(new DecimalSpelling<T>(type.Precision, type.Scale), rows);
}
