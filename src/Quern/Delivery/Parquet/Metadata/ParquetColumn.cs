using Quern.Chunks;

namespace Quern.Delivery.Parquet.Metadata;

/// <summary>What a Parquet file says of a column.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">What its rows are in chunks.</param>
/// <param name="Physical">How values lie in the file.</param>
sealed record ParquetColumn(string Name, LogicalType Type, PhysicalType Physical)
{
    /// <summary>Bytes of a value whose type does not say so.</summary>
    const int FixedBytes = 16;

    /// <summary>The older name of the type, which all readers know; null for none.</summary>
    public ConvertedType? Converted { get; private init; }

    /// <summary>The type as the engine's writer has it.</summary>
    /// <returns>Null when our own writer has no form for it.</returns>
    public static ParquetColumn? Of(Column column)
    {
        var type = column.Type;
        return type.Kind switch
        {
            TypeKind.Boolean => As(PhysicalType.Boolean, null),
            TypeKind.TinyInt => As(PhysicalType.Int32, ConvertedType.Int8),
            TypeKind.SmallInt => As(PhysicalType.Int32, ConvertedType.Int16),
            TypeKind.Integer => As(PhysicalType.Int32, ConvertedType.Int32),
            TypeKind.BigInt => As(PhysicalType.Int64, ConvertedType.Int64),
            TypeKind.UTinyInt => As(PhysicalType.Int32, ConvertedType.UInt8),
            TypeKind.USmallInt => As(PhysicalType.Int32, ConvertedType.UInt16),
            TypeKind.UInteger => As(PhysicalType.Int32, ConvertedType.UInt32),
            TypeKind.UBigInt => As(PhysicalType.Int64, ConvertedType.UInt64),
            TypeKind.Float => As(PhysicalType.Float, null),
            TypeKind.Double => As(PhysicalType.Double, null),
            TypeKind.Date => As(PhysicalType.Int32, ConvertedType.Date),
            TypeKind.Time => As(PhysicalType.Int64, ConvertedType.TimeMicros),
            TypeKind.Timestamp or TypeKind.TimestampTz or TypeKind.TimestampSeconds => As(PhysicalType.Int64, ConvertedType.TimestampMicros),
            TypeKind.TimestampMillis => As(PhysicalType.Int64, ConvertedType.TimestampMillis),
            TypeKind.TimestampNanos => As(PhysicalType.Int64, null),
            TypeKind.Uuid => As(PhysicalType.FixedBytes, null),
            TypeKind.Varchar when type.Alias is null => As(PhysicalType.Bytes, ConvertedType.Utf8),
            TypeKind.Varchar when type.Alias == "JSON" => As(PhysicalType.Bytes, ConvertedType.Json),
            TypeKind.Blob when type.Alias is null => As(PhysicalType.Bytes, null),
            TypeKind.Decimal => As(
                type.Width switch { <= 4 => PhysicalType.Int32, 8 => PhysicalType.Int64, _ => PhysicalType.FixedBytes }, ConvertedType.Decimal),
            _ => null,
        };

        ParquetColumn As(PhysicalType physical, ConvertedType? converted) => new(column.Name, type, physical) { Converted = converted };
    }

    /// <summary>Writes its element of the schema.</summary>
    public void Write(CompactWriter to)
    {
        const int optional = 1;
        to.Begin();
        to.I32(1, (int)Physical);
        if (Physical == PhysicalType.FixedBytes) to.I32(2, FixedBytes);
        to.I32(3, optional);
        to.Text(4, Name);
        if (Converted is { } converted) to.I32(6, (int)converted);
        if (Type.Kind == TypeKind.Decimal)
        {
            to.I32(7, Type.Scale);
            to.I32(8, Type.Precision);
        }
        WriteLogical(to);
        to.End();
    }

    void WriteLogical(CompactWriter to)
    {
        switch (Type.Kind)
        {
            case TypeKind.Time:
                Moment(to, 7, isInstant: false, Unit.Micros);
                break;
            case TypeKind.TimestampMillis:
                Moment(to, 8, isInstant: false, Unit.Millis);
                break;
            case TypeKind.TimestampNanos:
                Moment(to, 8, isInstant: false, Unit.Nanos);
                break;
            case TypeKind.Timestamp or TypeKind.TimestampTz or TypeKind.TimestampSeconds:
                Moment(to, 8, Type.Kind == TypeKind.TimestampTz, Unit.Micros);
                break;
            case TypeKind.Uuid:
                to.BeginStruct(10);
                to.Empty(14);
                to.End();
                break;
        }
    }

    static void Moment(CompactWriter to, int kind, bool isInstant, Unit unit)
    {
        to.BeginStruct(10);
        to.BeginStruct(kind);
        to.Bool(1, isInstant);
        to.BeginStruct(2);
        to.Empty((int)unit);
        to.End();
        to.End();
        to.End();
    }

    enum Unit
    {
        Millis = 1,
        Micros = 2,
        Nanos = 3,
    }
}
