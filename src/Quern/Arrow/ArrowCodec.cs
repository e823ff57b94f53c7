namespace Quern.Arrow;

/// <summary>How the buffers of an Arrow file are compressed.</summary>
public enum ArrowCodec
{
    /// <summary>Not at all: the file can be mapped into memory as it is.</summary>
    None,

    /// <summary>LZ4 frames: the fastest.</summary>
    Lz4,

    /// <summary>Zstandard: the smallest.</summary>
    Zstd,
}
