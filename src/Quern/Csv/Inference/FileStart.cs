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

    /// <summary>Where a byte of them is in the content of the file, as readers count: there a mark of UTF-8 is part of it.</summary>
    public int Offset => Guess.Encoding == CsvEncoding.Utf8 ? Guess.MarkBytes : 0;

    /// <summary>Reads them; of an input that comes only once they can be read again.</summary>
    /// <param name="file">The file.</param>
    /// <param name="encoding">What the user says; null to find it out.</param>
    /// <param name="bytes">How many, at most.</param>
    /// <exception cref="QuernException">QN2001 to QN2012: the file cannot be read; QN2013: it is not text.</exception>
    public static FileStart Read(CsvFile file, CsvEncoding? encoding, int bytes = DefaultBytes)
    {
        if (file.Once is { } input)
        {
            var head = input.Peek(bytes).Span;
            return Of(file, head, head.Length < bytes, encoding, isPlain: false);
        }
        using var content = FileBytes.OpenContent(file.Path, file.Name);
        // Small files are many: each gets a buffer of its size, and one byte that says it is all.
        var isPlain = content is FileStream;
        var buffer = new byte[isPlain && content.Length is > 0 and var length && length < bytes ? length + 1 : bytes];
        int count;
        try
        {
            count = content.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        }
        catch (IOException e)
        {
            throw InputFaults.FromException(e, file.Path, _ => file.Name);
        }
        return Of(file, buffer.AsSpan(0, count), count < buffer.Length || (isPlain && content.Length == count), encoding, isPlain);
    }

    /// <summary>The head of a file whose first bytes are known.</summary>
    public static FileStart Of(CsvFile file, ReadOnlySpan<byte> bytes, bool isAll, CsvEncoding? encoding, bool isPlain)
    {
        CheckText(file, bytes);
        var guess = encoding is { } said ? EncodingGuess.Said(said, bytes) : EncodingGuess.Of(bytes, isAll);
        return new(file, guess.Decode(bytes), isAll, guess, isPlain && guess.Encoding == CsvEncoding.Utf8);
    }

    static void CheckText(CsvFile file, ReadOnlySpan<byte> bytes)
    {
        var what = bytes switch
        {
            [(byte)'P', (byte)'K', 3, 4, ..] => "the file is a ZIP archive, as workbooks (.xlsx) are",
            [0xD0, 0xCF, 0x11, 0xE0, ..] => "the file is an Office document, such as a workbook (.xls)",
            [0x7F, (byte)'E', (byte)'L', (byte)'F', ..] => "the file is a program",
            _ when bytes.StartsWith("SQLite format 3"u8) => "the file is an SQLite database",
            _ when bytes.StartsWith("%PDF-"u8) => "the file is a PDF document",
            [0x1F, 0x8B, ..] => "the file is gzip, but its name does not end in .gz",
            _ when bytes.Length > 0 && bytes.Count((byte)0) > bytes.Length / 2 => "the file is not text",
            _ => null,
        };
        if (what is null) return;
        throw new QuernException(new Fault("QN2013", what)
        {
            Where = file.Name,
            Try = what switch
            {
                _ when what.Contains("gzip", StringComparison.Ordinal) => [$"name it {file.Name}.gz"],
                _ when what.Contains("ZIP", StringComparison.Ordinal) => ["unpack it, or export the sheet as CSV"],
                _ => ["is this CSV?"],
            },
        });
    }
}
