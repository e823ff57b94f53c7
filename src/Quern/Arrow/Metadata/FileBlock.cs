namespace Quern.Arrow.Metadata;

/// <summary>Where a message lies in a file.</summary>
/// <param name="Offset">Its first byte.</param>
/// <param name="MetadataBytes">Bytes up to its body, with length and padding.</param>
/// <param name="BodyBytes">Bytes of the body.</param>
readonly record struct FileBlock(long Offset, int MetadataBytes, long BodyBytes)
{
    /// <summary>Bytes of one in the list of a footer.</summary>
    public const int Bytes = 24;

    /// <summary>Where the body begins.</summary>
    public long BodyOffset => Offset + MetadataBytes;

    /// <summary>Behind the last byte.</summary>
    public long End => BodyOffset + BodyBytes;
}
