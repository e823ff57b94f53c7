using Quern.Chunks;
using Quern.Delivery.Postgres.Binary;
using Quern.Delivery.Postgres.Shapes;

namespace Quern.Delivery.Postgres.Typing;

/// <summary>Chooses how values of a type of the engine become values of a type of the server.</summary>
/// <param name="stripNul">Leave out NUL characters.</param>
/// <param name="cutNanos">Cut what is finer than a microsecond.</param>
sealed class RoutePlanner(bool stripNul, bool cutNanos)
{
    /// <summary>Types whose binary form is their text.</summary>
    static readonly string[] Texts = ["text", "varchar", "bpchar", "name", "citext", "xml"];

    /// <summary>What the engine calls the types that it can make for a column, when values are of another type.</summary>
    static readonly Dictionary<string, (string Cast, TypeKind Kind)> Casts = new()
    {
        ["bool"] = ("boolean", TypeKind.Boolean),
        ["int2"] = ("smallint", TypeKind.SmallInt),
        ["int4"] = ("integer", TypeKind.Integer),
        ["int8"] = ("bigint", TypeKind.BigInt),
        ["float4"] = ("real", TypeKind.Float),
        ["float8"] = ("double", TypeKind.Double),
        ["date"] = ("date", TypeKind.Date),
        ["time"] = ("time", TypeKind.Time),
        ["timetz"] = ("timetz", TypeKind.TimeTz),
        ["timestamp"] = ("timestamp", TypeKind.Timestamp),
        ["timestamptz"] = ("timestamptz", TypeKind.TimestampTz),
        ["interval"] = ("interval", TypeKind.Interval),
        ["uuid"] = ("uuid", TypeKind.Uuid),
        ["bytea"] = ("blob", TypeKind.Blob),
    };

    /// <summary>Whether a text goes into a column as it stands, where a reader would make a number or a day of it first: the column keeps
    /// each character, or reads more digits than a double has.</summary>
    /// <param name="type">What the reader would make.</param>
    /// <param name="target">The column.</param>
    public static bool KeepsText(LogicalType type, TargetColumn target)
    {
        if (type.Kind == TypeKind.Varchar || type.IsNested || target.Element is not null) return false;
        if (target.Base == "numeric") return type.Kind is TypeKind.Float or TypeKind.Double;
        return target.Shapes is null && !Casts.ContainsKey(target.Base);
    }

    /// <summary>The way of a column.</summary>
    public ColumnRoute Of(Column source, TargetColumn target)
    {
        if (Encoder(source.Type, target) is { } encoder) return new(target, source.Name, encoder) { Note = NoteOf(source.Type, target) };
        if (target.Base == "numeric" || target.Element is not null || !Casts.TryGetValue(target.Base, out var cast) || source.Type.IsNested)
        {
            return new(target, source.Name, new AnyTextEncoder(stripNul))
            {
                IsRead = true,
                Note = $"{source.Type} is read by the server as {target.Type}",
            };
        }
        return new(target, source.Name, Encoder(LogicalType.Of(cast.Kind), target)!)
        {
            Cast = cast.Cast,
            Note = $"{source.Type} is read as {target.Type}",
        };
    }

    static string? NoteOf(LogicalType type, TargetColumn target) => (type.Kind, target) switch
    {
        (TypeKind.Decimal, { Base: "numeric", Scale: { } scale }) when type.Scale > scale =>
            $"{type} is rounded by the server to {target.Type}",
        (TypeKind.Float or TypeKind.Double, { Base: "numeric", Scale: not null }) => $"{type} is rounded by the server to {target.Type}",
        _ => null,
    };

    FieldEncoder? Encoder(LogicalType type, TargetColumn target)
    {
        if (target.Element is { } element)
        {
            if (type.Kind is not (TypeKind.List or TypeKind.Array)) return null;
            var leaf = type.Element!;
            while (leaf.Kind is TypeKind.List or TypeKind.Array) leaf = leaf.Element!;
            return Scalar(leaf, element, target.ElementKind, null) is { } inner ? new ArrayEncoder(inner, target.ElementOid) : null;
        }
        return Scalar(type, target.Base, target.Kind, target.Shapes);
    }

    FieldEncoder? Scalar(LogicalType type, string target, char kind, ShapeColumn? shapes)
    {
        var from = type.Kind;
        if (from == TypeKind.Null) return new TextEncoder(stripNul);
        if (kind == 'e' || Texts.Contains(target)) return TextOf(type, kind);
        var isWhole = from is TypeKind.TinyInt or TypeKind.SmallInt or TypeKind.Integer or TypeKind.BigInt or TypeKind.HugeInt
            or TypeKind.UTinyInt
            or TypeKind.USmallInt or TypeKind.UInteger or TypeKind.UBigInt or TypeKind.UHugeInt;
        return (target, from) switch
        {
            ("bool", TypeKind.Boolean) => new BooleanEncoder(),
            ("int2", _) when isWhole && from != TypeKind.UHugeInt => new Int2Encoder(),
            ("int4", _) when isWhole && from != TypeKind.UHugeInt => new Int4Encoder(),
            ("int8", _) when isWhole => new Int8Encoder(),
            ("numeric", _) when isWhole || from == TypeKind.Decimal => new NumericEncoder(),
            ("numeric", TypeKind.Float or TypeKind.Double) => new FloatingNumericEncoder(),
            ("numeric", TypeKind.BigNum) => new BigNumericEncoder(),
            ("float4", TypeKind.Float) => new FloatEncoder(),
            ("float8", TypeKind.Float or TypeKind.Double) => new DoubleEncoder(),
            ("bytea", TypeKind.Blob) => new BytesEncoder(),
            ("date", TypeKind.Date) => new DateEncoder(),
            ("time", TypeKind.Time or TypeKind.TimeNanos) => new TimeEncoder(cutNanos),
            ("timetz", TypeKind.TimeTz) => new TimeTzEncoder(),
            ("timestamp" or "timestamptz", TypeKind.Timestamp or TypeKind.TimestampTz or TypeKind.TimestampSeconds or TypeKind.TimestampMillis
                or TypeKind.TimestampNanos or TypeKind.TimestampTzNanos) => new TimestampEncoder(cutNanos),
            ("interval", TypeKind.Interval) => new IntervalEncoder(),
            ("uuid", TypeKind.Uuid) => new UuidEncoder(),
            ("varbit", TypeKind.Bit) => new BitEncoder(),
            ("json" or "jsonb", TypeKind.Varchar or TypeKind.Struct or TypeKind.Map or TypeKind.List or TypeKind.Array or TypeKind.Union) =>
                new JsonEncoder(target == "jsonb", stripNul),
            ("geometry" or "geography", TypeKind.Varchar or TypeKind.Blob or TypeKind.Geometry) =>
                new ShapeEncoder(shapes ?? ShapeColumn.Any),
            _ => null,
        };
    }

    FieldEncoder? TextOf(LogicalType type, char kind) => type.Kind switch
    {
        TypeKind.Varchar => new TextEncoder(stripNul),
        TypeKind.Enum => new LabelEncoder(type),
        TypeKind.Geometry or TypeKind.Variant or TypeKind.Blob => null,
        _ => kind == 'e' ? null : new AnyTextEncoder(stripNul),
    };
}
