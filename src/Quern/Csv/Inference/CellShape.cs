namespace Quern.Csv.Inference;

/// <summary>The narrowest thing that the text of a cell can be.</summary>
enum CellShape : byte
{
    /// <summary>No byte.</summary>
    Empty,

    /// <summary><c>true</c> or <c>false</c>, in any case.</summary>
    Boolean,

    /// <summary>A whole number of 32 bits.</summary>
    Whole32,

    /// <summary>A whole number of 64 bits.</summary>
    Whole64,

    /// <summary>A whole number of 64 bits without a sign.</summary>
    WholeU64,

    /// <summary>A whole number of up to 38 digits.</summary>
    Whole128,

    /// <summary>A whole number of more than 38 digits.</summary>
    Huge,

    /// <summary>Digits with a point among them.</summary>
    Point,

    /// <summary>A number with an exponent.</summary>
    Exponent,

    /// <summary>NaN or infinity.</summary>
    Special,

    /// <summary>A day: <c>2026-01-31</c>.</summary>
    Date,

    /// <summary>A moment without a zone, to the microsecond.</summary>
    Timestamp,

    /// <summary>A moment without a zone, to the nanosecond.</summary>
    TimestampNanos,

    /// <summary>A moment with a zone, to the microsecond.</summary>
    TimestampTz,

    /// <summary>A moment with a zone and more than six digits of a second.</summary>
    TimestampTzNanos,

    /// <summary>A time of day: <c>23:59:59.5</c>.</summary>
    Time,

    /// <summary>32 hexadecimal digits in five groups.</summary>
    Uuid,

    /// <summary>A day or a moment in another spelling, see <see cref="DateForms"/>.</summary>
    Form,

    /// <summary>Digits with zeros in front, as codes have.</summary>
    ZeroLed,

    /// <summary>Digits behind a plus, as numbers of telephones have.</summary>
    PlusLed,

    /// <summary>Digits with a comma among them.</summary>
    Comma,

    /// <summary>Braces or brackets around something.</summary>
    Json,

    /// <summary>A word that files write for NULL, see <see cref="NullWords"/>.</summary>
    NullWord,

    /// <summary>Anything else.</summary>
    Text,
}
