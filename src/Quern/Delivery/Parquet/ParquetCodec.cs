namespace Quern.Delivery.Parquet;

/// <summary>How a Parquet file is compressed.</summary>
/// <param name="Name">zstd, snappy, lz4 or none.</param>
/// <param name="Level">Of zstd; null for the engine's, which is 3.</param>
sealed record ParquetCodec(string Name = "zstd", int? Level = null)
{
    /// <summary>What COPY calls it.</summary>
    public string Sql => Level is null
        ? $"compression {EngineName}"
        : FormattableString.Invariant($"compression {EngineName}, compression_level {Level}");

    string EngineName => Name switch
    {
        "none" => "uncompressed",
        "lz4" => "lz4_raw",
        _ => Name,
    };
}
