using Quern.Chunks;

namespace Quern.Csv.Values;

/// <summary>The types that cells can be read as.</summary>
static class CellTypes
{
    /// <summary>Their names, for messages.</summary>
    public const string Names =
        "BOOLEAN, TINYINT to HUGEINT, UTINYINT to UHUGEINT, FLOAT, DOUBLE, DECIMAL(p,s), DATE, TIME, TIMESTAMP, TIMESTAMP_S, TIMESTAMP_MS, "
        + "TIMESTAMP_NS, TIMESTAMP WITH TIME ZONE, UUID, VARCHAR, JSON";

    /// <summary>True when cells can be read as a type.</summary>
    public static bool Has(LogicalType type) => type.Kind switch
    {
        TypeKind.Varchar => type.Alias is null || type.Equals(LogicalType.Json),
        TypeKind.Boolean or TypeKind.Uuid or TypeKind.Date => true,
        var kind => IsNumber(kind) || IsTime(kind),
    };

    /// <summary>True for numbers, which have a zero.</summary>
    public static bool IsNumber(TypeKind kind) =>
        kind is (>= TypeKind.TinyInt and <= TypeKind.Double) or TypeKind.HugeInt or TypeKind.UHugeInt or TypeKind.Decimal;

    /// <summary>True when a pattern can say how the type is written.</summary>
    public static bool HasPatterns(TypeKind kind) => kind == TypeKind.Date || IsTime(kind);

    /// <summary>True when a number since 1970 can stand for a value of the type.</summary>
    public static bool HasEpochs(TypeKind kind) => kind != TypeKind.Time && IsTime(kind);

    /// <summary>The parser of a column.</summary>
    public static ColumnParser Parser(CsvRead read, int column, int output)
    {
        var (type, format) = (read.Columns[column].Type, read.Columns[column].Format);
        if (format is not null) return Formatted(read, column, output, type.Kind, format);
        return type.Kind switch
        {
            TypeKind.Varchar => new TextParser(read, column, output),
            TypeKind.Boolean => Make<byte, BoolCell>(default),
            TypeKind.TinyInt => Make<sbyte, WholeCell<sbyte>>(new(type.Kind)),
            TypeKind.SmallInt => Make<short, WholeCell<short>>(new(type.Kind)),
            TypeKind.Integer => Make<int, WholeCell<int>>(new(type.Kind)),
            TypeKind.BigInt => Make<long, WholeCell<long>>(new(type.Kind)),
            TypeKind.UTinyInt => Make<byte, WholeCell<byte>>(new(type.Kind)),
            TypeKind.USmallInt => Make<ushort, WholeCell<ushort>>(new(type.Kind)),
            TypeKind.UInteger => Make<uint, WholeCell<uint>>(new(type.Kind)),
            TypeKind.UBigInt => Make<ulong, WholeCell<ulong>>(new(type.Kind)),
            TypeKind.HugeInt or TypeKind.UHugeInt => Make<Int128, HugeCell>(new(type.Kind == TypeKind.HugeInt)),
            TypeKind.Float => Make<float, FloatCell>(default),
            TypeKind.Double => Make<double, DoubleCell>(default),
            TypeKind.Decimal => type.Width switch
            {
                2 => Make<short, DecimalCell<short>>(new(type)),
                4 => Make<int, DecimalCell<int>>(new(type)),
                8 => Make<long, DecimalCell<long>>(new(type)),
                _ => Make<Int128, DecimalCell<Int128>>(new(type)),
            },
            TypeKind.Date => Make<int, DateCell>(default),
            TypeKind.Time => Make<long, TimeCell>(default),
            TypeKind.Timestamp => Make<long, MomentCell>(default),
            TypeKind.TimestampSeconds => Make<long, CoarseMomentCell>(new(1_000_000)),
            TypeKind.TimestampMillis => Make<long, CoarseMomentCell>(new(1_000)),
            TypeKind.TimestampNanos => Make<long, NanosMomentCell>(default),
            TypeKind.TimestampTz => Make<long, InstantCell>(default),
            TypeKind.Uuid => Make<Int128, UuidCell>(default),
            _ => throw new ArgumentException($"a CSV column is not read as {type}"),
        };

        NumberParser<T, TCell> Make<T, TCell>(TCell cell) where T : unmanaged where TCell : ICell<T> => new(read, column, output, cell);
    }

    static ColumnParser Formatted(CsvRead read, int column, int output, TypeKind kind, string format)
    {
        if (EpochCell.Unit(format) is { } unit) return new NumberParser<long, EpochCell>(read, column, output, new(unit, kind));
        var pattern = TimeFormat.Of(format) ?? throw new ArgumentException($"no format of moments: {format}");
        return kind == TypeKind.Date
            ? new NumberParser<int, FormatCell<int>>(read, column, output, new(pattern, kind))
            : new NumberParser<long, FormatCell<long>>(read, column, output, new(pattern, kind));
    }

    static bool IsTime(TypeKind kind) =>
        kind is TypeKind.Time or TypeKind.Timestamp or TypeKind.TimestampSeconds or TypeKind.TimestampMillis or TypeKind.TimestampNanos or TypeKind.TimestampTz;
}
