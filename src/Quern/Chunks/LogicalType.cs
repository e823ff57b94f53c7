using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Quern.Chunks;

/// <summary>The type of a column: its kind and, where the kind asks for them, precision, names, elements or
/// fields.</summary>
/// <remarks>Equal when all parts are equal; <see cref="ToString"/> gives the SQL name, which DuckDB parses
/// back.</remarks>
public sealed class LogicalType : IEquatable<LogicalType>
{
    LogicalType(TypeKind kind) => Kind = kind;

    /// <summary>What kind of value a row has.</summary>
    public TypeKind Kind { get; }

    /// <summary>Digits of a <see cref="TypeKind.Decimal"/>, 1 to 38; 0 for other kinds.</summary>
    public int Precision { get; private init; }

    /// <summary>Digits after the point of a <see cref="TypeKind.Decimal"/>; 0 for other kinds.</summary>
    public int Scale { get; private init; }

    /// <summary>Elements a row of a <see cref="TypeKind.Array"/>; 0 for other kinds.</summary>
    public int Length { get; private init; }

    /// <summary>Names of an <see cref="TypeKind.Enum"/> in the order of their indexes; empty for other kinds.</summary>
    public IReadOnlyList<string> EnumNames { get; private init; } = [];

    /// <summary>Element of a list or array; for a map the <c>STRUCT(key, value)</c> of an entry; null for other
    /// kinds.</summary>
    public LogicalType? Element { get; private init; }

    /// <summary>Fields of a struct or members of a union (without the tag); empty for other kinds.</summary>
    public IReadOnlyList<Column> Fields { get; private init; } = [];

    /// <summary>The name a user or an extension gave this type, such as <c>JSON</c> for a varchar; null for plain
    /// types.</summary>
    public string? Alias { get; private init; }

    /// <summary>Bytes a row in the vector's data; 0 for struct, union and array, which only have children, and for
    /// variant.</summary>
    public int Width => Kind switch
    {
        TypeKind.Boolean or TypeKind.TinyInt or TypeKind.UTinyInt => 1,
        TypeKind.SmallInt or TypeKind.USmallInt => 2,
        TypeKind.Integer or TypeKind.UInteger or TypeKind.Float or TypeKind.Date or TypeKind.Null => 4,
        TypeKind.BigInt or TypeKind.UBigInt or TypeKind.Double or TypeKind.Timestamp or TypeKind.Time or
            TypeKind.TimestampSeconds or TypeKind.TimestampMillis or TypeKind.TimestampNanos or TypeKind.TimeTz or
            TypeKind.TimestampTz or TypeKind.TimeNanos or TypeKind.TimestampTzNanos => 8,
        TypeKind.Decimal => Precision switch { <= 4 => 2, <= 9 => 4, <= 18 => 8, _ => 16 },
        TypeKind.Enum => EnumNames.Count switch { <= 0xFF => 1, <= 0xFFFF => 2, _ => 4 },
        TypeKind.Struct or TypeKind.Union or TypeKind.Array or TypeKind.Variant => 0,
        _ => 16,
    };

    /// <summary>True when the data of a row is a <see cref="Text"/>.</summary>
    public bool IsText =>
        Kind is TypeKind.Varchar or TypeKind.Blob or TypeKind.Bit or TypeKind.BigNum or TypeKind.Geometry;

    /// <summary>True for lists, arrays, maps, structs and unions: a vector of it has children.</summary>
    public bool IsNested =>
        Kind is TypeKind.List or TypeKind.Array or TypeKind.Map or TypeKind.Struct or TypeKind.Union;

    /// <summary>Text that is JSON.</summary>
    public static LogicalType Json { get; } = Of(TypeKind.Varchar).Named("JSON");

    /// <summary>The type of an SQL name without elements or fields, such as <c>decimal(12,2)</c>, <c>text</c> or
    /// <c>timestamp with time zone</c>, in any case and with any blanks.</summary>
    /// <param name="text">The name, one of those that DuckDB knows.</param>
    /// <param name="type">The type; null when there is none of that name.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out LogicalType? type) => (type = TypeName.Find(text)) is not null;

    /// <summary>A kind that needs no more parts.</summary>
    /// <exception cref="ArgumentException">The kind needs parts: use the method with its name.</exception>
    public static LogicalType Of(TypeKind kind) =>
        kind is TypeKind.Decimal or TypeKind.Enum or TypeKind.List or TypeKind.Array or TypeKind.Map or TypeKind.Struct
            or TypeKind.Union
            ? throw new ArgumentException($"{kind} needs more than its kind", nameof(kind))
            : new LogicalType(kind);

    /// <summary>Fixed point with <paramref name="precision"/> digits (1 to 38), <paramref name="scale"/> of them after
    /// the point.</summary>
    public static LogicalType Decimal(int precision, int scale)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(precision, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(precision, 38);
        ArgumentOutOfRangeException.ThrowIfNegative(scale);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(scale, precision);
        return new LogicalType(TypeKind.Decimal) { Precision = precision, Scale = scale };
    }

    /// <summary>One of these names.</summary>
    public static LogicalType Enum(IReadOnlyList<string> names) => new(TypeKind.Enum) { EnumNames = names };

    /// <summary>Any number of elements.</summary>
    public static LogicalType List(LogicalType element) => new(TypeKind.List) { Element = element };

    /// <summary>Exactly <paramref name="length"/> elements.</summary>
    public static LogicalType Array(LogicalType element, int length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        return new LogicalType(TypeKind.Array) { Element = element, Length = length };
    }

    /// <summary>Entries with a key and a value.</summary>
    public static LogicalType Map(LogicalType key, LogicalType value) =>
        new(TypeKind.Map) { Element = Struct([new Column("key", key), new Column("value", value)]) };

    /// <summary>Named fields.</summary>
    public static LogicalType Struct(IReadOnlyList<Column> fields) => new(TypeKind.Struct) { Fields = fields };

    /// <summary>One of these members at a time.</summary>
    public static LogicalType Union(IReadOnlyList<Column> members) => new(TypeKind.Union) { Fields = members };

    /// <summary>The same type under a name of its own.</summary>
    public LogicalType Named(string alias) => new(Kind)
    {
        Precision = Precision,
        Scale = Scale,
        Length = Length,
        EnumNames = EnumNames,
        Element = Element,
        Fields = Fields,
        Alias = alias,
    };

    /// <inheritdoc/>
    public bool Equals(LogicalType? other) =>
        ReferenceEquals(this, other) ||
        (other is not null && Kind == other.Kind && Precision == other.Precision && Scale == other.Scale &&
         Length == other.Length && Alias == other.Alias && Equals(Element, other.Element) &&
         EnumNames.SequenceEqual(other.EnumNames) && Fields.SequenceEqual(other.Fields));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as LogicalType);

    /// <inheritdoc/>
    public override int GetHashCode() =>
        HashCode.Combine(Kind, Precision, Scale, Length, EnumNames.Count, Element, Fields.Count, Alias);

    /// <summary>The SQL name, such as <c>DECIMAL(18,3)</c> or <c>STRUCT("a" INTEGER)[]</c>.</summary>
    public override string ToString() => Alias ?? Kind switch
    {
        TypeKind.Decimal => FormattableString.Invariant($"DECIMAL({Precision},{Scale})"),
        TypeKind.Enum => $"ENUM({string.Join(", ", EnumNames.Select(name => Quote(name, '\'')))})",
        TypeKind.List => $"{Element}[]",
        TypeKind.Array => FormattableString.Invariant($"{Element}[{Length}]"),
        TypeKind.Map => $"MAP({Element!.Fields[0].Type}, {Element.Fields[1].Type})",
        TypeKind.Struct or TypeKind.Union => FieldList(),
        TypeKind.TimestampSeconds => "TIMESTAMP_S",
        TypeKind.TimestampMillis => "TIMESTAMP_MS",
        TypeKind.TimestampNanos => "TIMESTAMP_NS",
        TypeKind.TimestampTz => "TIMESTAMP WITH TIME ZONE",
        TypeKind.TimestampTzNanos => "TIMESTAMP_NS WITH TIME ZONE",
        TypeKind.TimeTz => "TIME WITH TIME ZONE",
        TypeKind.TimeNanos => "TIME_NS",
        TypeKind.Null => "\"NULL\"",
        _ => Kind.ToString().ToUpperInvariant(),
    };

    static string Quote(string name, char mark) =>
        mark + name.Replace($"{mark}", $"{mark}{mark}", StringComparison.Ordinal) + mark;

    string FieldList()
    {
        var text = new StringBuilder(Kind == TypeKind.Struct ? "STRUCT(" : "UNION(");
        for (var i = 0; i < Fields.Count; i++)
        {
            if (i > 0) text.Append(", ");
            text.Append(Quote(Fields[i].Name, '"')).Append(' ').Append(Fields[i].Type);
        }
        return text.Append(')').ToString();
    }
}
