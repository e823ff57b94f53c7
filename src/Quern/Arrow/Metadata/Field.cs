using System.Globalization;

namespace Quern.Arrow.Metadata;

/// <summary>A column of an Arrow schema, or a part of one: its name and type.</summary>
/// <param name="Name">As the file spells it.</param>
/// <param name="Kind">Its type; for a dictionary, that of the values.</param>
sealed record Field(string Name, FieldKind Kind)
{
    /// <summary>Seconds, milliseconds, microseconds, nanoseconds, as <c>TimeUnit</c> numbers them.</summary>
    public const int Seconds = 0, Millis = 1, Micros = 2, Nanos = 3;

    /// <summary>The units of an interval, as <c>IntervalUnit</c> numbers them.</summary>
    public const int YearMonth = 0, DayTime = 1, MonthDayNano = 2;

    /// <summary>Name of the extension type of UUIDs.</summary>
    public const string UuidExtension = "arrow.uuid";

    /// <summary>Bits of an Int, Float, Decimal, Time or Date; 0 for other kinds.</summary>
    public int Bits { get; init; }

    /// <summary>An Int has a sign.</summary>
    public bool IsSigned { get; init; }

    /// <summary>Unit of a Time, Timestamp, Duration or Interval.</summary>
    public int Unit { get; init; }

    /// <summary>Zone of a Timestamp; null when it has none.</summary>
    public string? Zone { get; init; }

    /// <summary>Digits of a Decimal.</summary>
    public int Precision { get; init; }

    /// <summary>Digits of a Decimal behind the point.</summary>
    public int Scale { get; init; }

    /// <summary>Bytes of a FixedSizeBinary, elements of a FixedSizeList.</summary>
    public int Size { get; init; }

    /// <summary>Elements of a list, fields of a struct, the entries of a map.</summary>
    public IReadOnlyList<Field> Children { get; init; } = [];

    /// <summary>The dictionary that its rows refer to; null for rows with values.</summary>
    public long? Dictionary { get; init; }

    /// <summary>For a dictionary, the whole numbers that its rows are.</summary>
    public Field? Index { get; init; }

    /// <summary>Name of its extension type; null for plain types.</summary>
    public string? Extension { get; init; }

    /// <summary>False when no row is NULL.</summary>
    public bool IsNullable { get; init; } = true;

    /// <summary>The field without its dictionary: what the dictionary's values are.</summary>
    public Field Values => this with { Dictionary = null, Index = null };

    /// <summary>How Arrow names the type, for messages.</summary>
    public string TypeName
    {
        get
        {
            var name = Kind switch
            {
                FieldKind.Int => Text($"{(IsSigned ? "Int" : "UInt")}{Bits}"),
                FieldKind.Float => Text($"Float{Bits}"),
                FieldKind.Decimal => Text($"Decimal{Bits}({Precision}, {Scale})"),
                FieldKind.Time => Text($"Time{Bits}({UnitName})"),
                FieldKind.Date => Text($"Date{Bits}"),
                FieldKind.Timestamp => Zone is null ? $"Timestamp({UnitName})" : $"Timestamp({UnitName}, {Zone})",
                FieldKind.Duration => $"Duration({UnitName})",
                FieldKind.FixedSizeBinary or FieldKind.FixedSizeList => Text($"{Kind}({Size})"),
                _ => Kind.ToString(),
            };
            return Dictionary is null ? name : $"Dictionary({Index?.TypeName}, {name})";
        }
    }

    string UnitName => Unit switch { Seconds => "s", Millis => "ms", Micros => "us", _ => "ns" };

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
