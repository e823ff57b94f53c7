using Quern.Arrow.Metadata;
using Quern.Chunks;

namespace Quern.Arrow.Reading;

/// <summary>The reader for a field.</summary>
static class Readers
{
    /// <summary>A reader for a field whose type <see cref="TypeMap"/> knows.</summary>
    /// <param name="source">The field.</param>
    /// <param name="dictionaries">Finds the dictionary of a field.</param>
    public static ColumnReader For(LoadedField source, Func<Field, ColumnDictionary> dictionaries)
    {
        var field = source.Field;
        if (field.Dictionary is not null) return new DictionaryReader(source, dictionaries(field));
        return field.Kind switch
        {
            FieldKind.Null => new NullReader(source),
            FieldKind.Bool => new BoolReader(source),
            FieldKind.Float when field.Bits == 16 => new ConvertingReader<Half, float, WideFloat>(source, 0),
            FieldKind.Decimal => Decimal(source),
            FieldKind.Utf8 or FieldKind.Binary => new EndsReader<int>(source),
            FieldKind.LargeUtf8 or FieldKind.LargeBinary => new EndsReader<long>(source),
            FieldKind.Utf8View or FieldKind.BinaryView => new ViewReader(source),
            FieldKind.FixedSizeBinary when field is { Size: 16, Extension: Field.UuidExtension } =>
                new ConvertingReader<UInt128, Uuid, UuidReading>(source, 0),
            FieldKind.FixedSizeBinary => new FixedBinaryReader(source),
            FieldKind.Date when field.Bits == 64 => new ConvertingReader<long, int, MillisDate>(source, 0),
            FieldKind.Time when field.Bits == 32 => new ConvertingReader<int, long, Finer<int>>(source, MicrosPer(field.Unit)),
            FieldKind.Timestamp when !string.IsNullOrEmpty(field.Zone) && field.Unit < Field.Micros =>
                new ConvertingReader<long, long, Finer<long>>(source, MicrosPer(field.Unit)),
            FieldKind.Duration => new ConvertingReader<long, Interval, Span>(
                source, field.Unit == Field.Nanos ? 1000 : -MicrosPer(field.Unit)),
            FieldKind.Interval => Interval(source),
            FieldKind.List or FieldKind.Map => new ListReader<int>(source, For(source.Children[0], dictionaries)),
            FieldKind.LargeList => new ListReader<long>(source, For(source.Children[0], dictionaries)),
            FieldKind.FixedSizeList => new ArrayReader(source, For(source.Children[0], dictionaries)),
            FieldKind.Struct => new StructReader(source, [.. source.Children.Select(child => For(child, dictionaries))]),
            _ => FixedWidth.Bytes(field) switch
            {
                1 => new FixedReader<byte>(source),
                2 => new FixedReader<ushort>(source),
                4 => new FixedReader<uint>(source),
                _ => new FixedReader<ulong>(source),
            },
        };
    }

    static Int128 MicrosPer(int unit) => unit switch { Field.Seconds => 1_000_000, Field.Millis => 1000, _ => 1 };

    static ColumnReader Interval(LoadedField source) => source.Field.Unit switch
    {
        Field.YearMonth => new ConvertingReader<int, Interval, Months>(source, 0),
        Field.DayTime => new ConvertingReader<DaysMillis.Stored, Interval, DaysMillis>(source, 0),
        _ => new ConvertingReader<Writing.NanoInterval.Stored, Interval, MonthsDaysNanos>(source, 0),
    };

    static ColumnReader Decimal(LoadedField source)
    {
        var limit = Int128.One;
        for (var i = 0; i < source.Field.Precision; i++) limit *= 10;
        return LogicalType.Decimal(source.Field.Precision, source.Field.Scale).Width switch
        {
            2 => Decimal<short>(source, limit),
            4 => Decimal<int>(source, limit),
            8 => Decimal<long>(source, limit),
            _ => Decimal<Int128>(source, limit),
        };
    }

    static ColumnReader Decimal<T>(LoadedField source, Int128 limit) where T : unmanaged, System.Numerics.IBinaryInteger<T> =>
        source.Field.Bits switch
        {
            32 => new ConvertingReader<int, T, NarrowDecimal<int, T>>(source, limit),
            64 => new ConvertingReader<long, T, NarrowDecimal<long, T>>(source, limit),
            128 => new ConvertingReader<Int128, T, NarrowDecimal<Int128, T>>(source, limit),
            _ => new ConvertingReader<WidestDecimal<T>.Stored, T, WidestDecimal<T>>(source, limit),
        };
}
