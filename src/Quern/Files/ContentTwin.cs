namespace Quern.Files;

/// <summary>A file whose content another file has too.</summary>
/// <param name="File">The file that can be left out.</param>
/// <param name="SameAs">The file that is kept.</param>
/// <param name="ContentBytes">Size of the content of both, uncompressed.</param>
sealed record ContentTwin(InputFile File, InputFile SameAs, long ContentBytes);
