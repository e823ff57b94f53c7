using Quern.Files;

namespace Quern.Csv.Inference;

/// <summary>The first bytes of a CSV file, decompressed, as UTF-8.</summary>
/// <param name="File">The file.</param>
/// <param name="Bytes">UTF-8 without a byte order mark.</param>
/// <param name="IsAll">They are the whole file.</param>
/// <param name="Guess">How the file stands for characters.</param>
/// <param name="Plain">Bytes of the file are bytes of its content: not compressed, and UTF-8.</param>
sealed record FileStart(CsvFile File, byte[] Bytes, bool IsAll, EncodingGuess Guess, bool Plain)
{
    /// <summary>Bytes that are read where nobody says another number.</summary>
    public const int DefaultBytes = 1 << 18;

    /// <summary>Reads them.</summary>
    /// <param name="file">The file.</param>
    /// <param name="encoding">What the user says; null to find it out.</param>
    /// <param name="bytes">How many, at most.</param>
    /// <exception cref="QuernException">QN2001 to QN2012: the file cannot be read; QN2013: it is not text.</exception>
    public static FileStart Read(CsvFile file, CsvEncoding? encoding, int bytes = DefaultBytes)
    {
        using var content = FileBytes.OpenContent(file.Path, file.Name);
        return Read(file, content, encoding, bytes, isPlain: content is FileStream);
    }

    /// <summary>Reads them from a stream, which is read no further than it must.</summary>
    /// <inheritdoc cref="Read(CsvFile, CsvEncoding?, int)"/>
    public static FileStart Read(CsvFile file, Stream content, CsvEncoding? encoding, int bytes, bool isPlain)
    {
        var buffer = new byte[bytes];
        var count = 0;
        try
        {
            // One byte more would say whether there is more, and wait for it on a pipe: an end is what says so.
            while (count < buffer.Length && content.Read(buffer, count, buffer.Length - count) is > 0 and var got) count += got;
        }
        catch (IOException e)
        {
            throw InputFaults.FromException(e, file.Path, _ => file.Name);
        }
        var read = buffer.AsSpan(0, count);
        var isAll = count < buffer.Length || (isPlain && content.CanSeek && content.Length == count);
        CheckText(file, read);
        var guess = encoding is { } said ? EncodingGuess.Said(said, read) : EncodingGuess.Of(read, isAll);
        return new(file, guess.Decode(read), isAll, guess, isPlain && guess.Encoding == CsvEncoding.Utf8);
    }

    static void CheckText(CsvFile file, ReadOnlySpan<byte> bytes)
    {
        var what = bytes switch
        {
            [0x1F, 0x8B, ..] => "the file is gzip, but its name does not end in .gz",
            _ when bytes.Length > 0 && bytes.Count((byte)0) > bytes.Length / 2 => "the file is not text",
            _ => null,
        };
        if (what is null) return;
        throw new QuernException(new Fault("QN2013", what)
        {
            Where = file.Name,
            Try = what.Contains("gzip", StringComparison.Ordinal) ? [$"name it {file.Name}.gz"] : ["is this CSV?"],
        });
    }
}
