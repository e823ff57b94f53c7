using Quern.Files;

namespace Quern.Csv;

/// <summary>What a CSV file holds, from its beginning to its end: decompressed, as UTF-8.</summary>
/// <param name="file">The file.</param>
/// <exception cref="QuernException">QN2001, QN2004 or QN2009: it cannot be opened. QN2019: it was read before, and can be read only
/// once.</exception>
sealed class CsvContent(CsvFile file) : IDisposable
{
    readonly Stream _stored = file.Once?.Open() ?? FileBytes.OpenContent(file.Path, file.Name);
    Stream? _text;

    /// <summary>True when bytes of the file are bytes of its content, and any of them can be read at any time.</summary>
    public static bool IsPlain(CsvFile file) =>
        file.Once is null && file.Encoding is null or CsvEncoding.Utf8 && !FileBytes.IsCompressed(file.Path);

    /// <summary>The content.</summary>
    public Stream Stream =>
        _text ??= file.Encoding is null or CsvEncoding.Utf8 ? _stored : new Utf8Input(_stored, file.Encoding.Value, file.Name);

    /// <summary>Bytes taken from the file so far, as they lie there.</summary>
    public long BytesTaken => (_stored, _text) switch
    {
        (GzipInput gzip, _) => gzip.CompressedBytes,
        (ZstdInput zstd, _) => zstd.CompressedBytes,
        (CsvInput.Once once, _) => once.BytesTaken,
        (_, Utf8Input text) => text.BytesTaken,
        _ => _stored.Position,
    };

    /// <summary>Closes it.</summary>
    public void Dispose()
    {
        _text?.Dispose();
        _stored.Dispose();
    }
}
