namespace Quern.Delivery.Parquet.Metadata;

/// <summary>How values are written. The numbers are those of the format.</summary>
enum PageEncoding
{
    Plain = 0,
    Runs = 3,
    Delta = 5,
    Dictionary = 8,
    ByteSplit = 9,
}
