namespace Quern.Delivery.Parquet;

/// <summary>How our own writer makes a Parquet file.</summary>
sealed record ParquetOptions
{
    /// <summary>Rows of a row group. Default: 122,880.</summary>
    public int RowGroupRows { get; init; } = 122_880;

    /// <summary>The level of zstd where nobody says another.</summary>
    public const int UsualLevel = 3;

    /// <summary>Level of zstd; null for no compression. Default: <see cref="UsualLevel"/>.</summary>
    public int? ZstdLevel { get; init; } = UsualLevel;

    /// <summary>Bytes of memory that a row group may take before it is closed with fewer rows. Default: 128 MiB.</summary>
    public int RowGroupBytes { get; init; } = 128 << 20;

    /// <summary>Bytes of values that are written as one page, about. Default: 1 MiB.</summary>
    public int PageBytes { get; init; } = 1 << 20;
}
