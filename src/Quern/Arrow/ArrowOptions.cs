namespace Quern.Arrow;

/// <summary>How an Arrow file is written.</summary>
public sealed record ArrowOptions
{
    /// <summary>Rows of a batch when nobody asks for another number: as of a row group of DuckDB's Parquet files.</summary>
    public const int DefaultBatchRows = 122_880;

    /// <summary>How buffers are compressed. Default: <see cref="ArrowCodec.Lz4"/>.</summary>
    public ArrowCodec Codec { get; init; } = ArrowCodec.Lz4;

    /// <summary>Level of zstd, 1 (fast) to 22. Default: 1; the others take more time and save little.</summary>
    public int ZstdLevel { get; init; } = 1;

    /// <summary>Most rows of a batch, at least 1. Default: <see cref="DefaultBatchRows"/>. The writer holds one batch in
    /// memory, and so does who reads it.</summary>
    public int BatchRows { get; init; } = DefaultBatchRows;

    /// <summary>A batch ends before its texts, blobs and lists have more bytes, unless one row alone has them. Default: 256
    /// MiB; at most 1 GiB.</summary>
    public long BatchBytes { get; init; } = 256L << 20;

    /// <summary>Threads that compress. Default: 1.</summary>
    public int Threads { get; init; } = 1;
}
