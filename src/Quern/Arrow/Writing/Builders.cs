using Quern.Chunks;

namespace Quern.Arrow.Writing;

/// <summary>The builder for a type.</summary>
static class Builders
{
    /// <summary>A builder for a column whose type <see cref="FieldMap"/> knows.</summary>
    public static ColumnBuilder For(Column column) => For(column.Type, column);

    static ColumnBuilder For(LogicalType type, Column column) => type.Kind switch
    {
        TypeKind.Null => new NullBuilder(),
        TypeKind.Boolean => new BoolBuilder(),
        TypeKind.Varchar or TypeKind.Blob => new TextBuilder(),
        TypeKind.HugeInt => new ConvertingBuilder<Int128, Int128, WholeDecimal<Int128>>(column),
        TypeKind.UHugeInt => new ConvertingBuilder<UInt128, Int128, WholeDecimal<UInt128>>(column),
        TypeKind.Decimal when type.Width == 2 => new ConvertingBuilder<short, Int128, WideDecimal<short>>(column),
        TypeKind.Decimal when type.Width == 4 => new ConvertingBuilder<int, Int128, WideDecimal<int>>(column),
        TypeKind.Decimal when type.Width == 8 => new ConvertingBuilder<long, Int128, WideDecimal<long>>(column),
        TypeKind.Interval => new ConvertingBuilder<Interval, NanoInterval.Stored, NanoInterval>(column),
        TypeKind.Uuid => new ConvertingBuilder<Uuid, UInt128, UuidBytes>(column),
        TypeKind.List or TypeKind.Map => new ListBuilder(For(type.Element!, column), FixedBytes(type.Element!)),
        TypeKind.Array => new ArrayBuilder(For(type.Element!, column), type.Length),
        TypeKind.Struct => new StructBuilder([.. type.Fields.Select(field => For(field.Type, column))]),
        _ => type.Width switch
        {
            1 => new FixedBuilder<byte>(),
            2 => new FixedBuilder<ushort>(),
            4 => new FixedBuilder<uint>(),
            8 => new FixedBuilder<ulong>(),
            _ => new FixedBuilder<UInt128>(),
        },
    };

    /// <summary>Bytes of a row that do not vary, children included.</summary>
    static int FixedBytes(LogicalType type) => type.Kind switch
    {
        TypeKind.Array => type.Length * FixedBytes(type.Element!),
        TypeKind.Struct => type.Fields.Sum(field => FixedBytes(field.Type)),
        TypeKind.Decimal => 16,
        _ => type.Width,
    };
}
