namespace Quern.Delivery.Parquet.Metadata;

/// <summary>What the values of a column mean. The numbers are those of the format.</summary>
enum ConvertedType
{
    Utf8 = 0,
    Decimal = 5,
    Date = 6,
    TimeMicros = 8,
    TimestampMillis = 9,
    TimestampMicros = 10,
    UInt8 = 11,
    UInt16 = 12,
    UInt32 = 13,
    UInt64 = 14,
    Int8 = 15,
    Int16 = 16,
    Int32 = 17,
    Int64 = 18,
    Json = 19,
}
