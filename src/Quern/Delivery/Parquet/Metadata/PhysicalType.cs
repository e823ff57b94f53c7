namespace Quern.Delivery.Parquet.Metadata;

/// <summary>How the values of a column lie in the file. The numbers are those of the format.</summary>
enum PhysicalType
{
    Boolean = 0,
    Int32 = 1,
    Int64 = 2,
    Float = 4,
    Double = 5,
    Bytes = 6,
    FixedBytes = 7,
}
