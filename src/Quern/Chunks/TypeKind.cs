namespace Quern.Chunks;

/// <summary>The types a column can have. The numbers are those of DuckDB's C interface (<c>DUCKDB_TYPE</c>,
/// 1.5.6).</summary>
public enum TypeKind : byte
{
    /// <summary>No type.</summary>
    Invalid = 0,

    /// <summary>One byte, 0 or 1.</summary>
    Boolean = 1,

    /// <summary>Signed, 8 bits.</summary>
    TinyInt = 2,

    /// <summary>Signed, 16 bits.</summary>
    SmallInt = 3,

    /// <summary>Signed, 32 bits.</summary>
    Integer = 4,

    /// <summary>Signed, 64 bits.</summary>
    BigInt = 5,

    /// <summary>Unsigned, 8 bits.</summary>
    UTinyInt = 6,

    /// <summary>Unsigned, 16 bits.</summary>
    USmallInt = 7,

    /// <summary>Unsigned, 32 bits.</summary>
    UInteger = 8,

    /// <summary>Unsigned, 64 bits.</summary>
    UBigInt = 9,

    /// <summary>IEEE 754, 32 bits.</summary>
    Float = 10,

    /// <summary>IEEE 754, 64 bits.</summary>
    Double = 11,

    /// <summary>Microseconds since 1970-01-01, no zone (<see cref="long"/>).</summary>
    Timestamp = 12,

    /// <summary>Days since 1970-01-01 (<see cref="int"/>).</summary>
    Date = 13,

    /// <summary>Microseconds since midnight (<see cref="long"/>).</summary>
    Time = 14,

    /// <summary>Months, days and microseconds (<see cref="Chunks.Interval"/>).</summary>
    Interval = 15,

    /// <summary>Signed, 128 bits (<see cref="Int128"/>).</summary>
    HugeInt = 16,

    /// <summary>UTF-8 (<see cref="Text"/>).</summary>
    Varchar = 17,

    /// <summary>Bytes (<see cref="Text"/>).</summary>
    Blob = 18,

    /// <summary>Fixed point; physically a signed integer of 16, 32, 64 or 128 bits, see
    /// <see cref="LogicalType.Width"/>.</summary>
    Decimal = 19,

    /// <summary>Seconds since 1970-01-01 (<see cref="long"/>).</summary>
    TimestampSeconds = 20,

    /// <summary>Milliseconds since 1970-01-01 (<see cref="long"/>).</summary>
    TimestampMillis = 21,

    /// <summary>Nanoseconds since 1970-01-01 (<see cref="long"/>).</summary>
    TimestampNanos = 22,

    /// <summary>Index into <see cref="LogicalType.EnumNames"/>; physically unsigned of 8, 16 or 32 bits.</summary>
    Enum = 23,

    /// <summary>Any number of elements a row (<see cref="ListEntry"/> and a child vector).</summary>
    List = 24,

    /// <summary>Named fields, a child vector each.</summary>
    Struct = 25,

    /// <summary>A list of <c>STRUCT(key, value)</c>.</summary>
    Map = 26,

    /// <summary>128 bits with the top bit flipped, so that the order is that of the text
    /// (<see cref="Uuid"/>).</summary>
    Uuid = 27,

    /// <summary>A tag (<see cref="UTinyInt"/>), then a child vector a member.</summary>
    Union = 28,

    /// <summary>Bits: one byte with the count of padding bits, then the bits, padding (ones) first
    /// (<see cref="Text"/>).</summary>
    Bit = 29,

    /// <summary>Time of day with an offset (<see cref="Chunks.TimeTz"/>).</summary>
    TimeTz = 30,

    /// <summary>Microseconds since 1970-01-01 in UTC (<see cref="long"/>).</summary>
    TimestampTz = 31,

    /// <summary>Unsigned, 128 bits (<see cref="UInt128"/>).</summary>
    UHugeInt = 32,

    /// <summary>A fixed number of elements a row: row r has the elements r*n to r*n + n - 1 of the child
    /// vector.</summary>
    Array = 33,

    /// <summary>Any type; only as the type of a parameter.</summary>
    Any = 34,

    /// <summary>Whole number of any length (<see cref="Text"/> with DuckDB's own encoding).</summary>
    BigNum = 35,

    /// <summary>The type of a bare NULL.</summary>
    Null = 36,

    /// <summary>Nanoseconds since midnight (<see cref="long"/>).</summary>
    TimeNanos = 39,

    /// <summary>Well-known binary (<see cref="Text"/>).</summary>
    Geometry = 40,

    /// <summary>A value that carries its type; cannot be read here, cast it to a type or to JSON.</summary>
    Variant = 41,

    /// <summary>Nanoseconds since 1970-01-01 in UTC (<see cref="long"/>).</summary>
    TimestampTzNanos = 42,
}
