using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Quern.Csv.Inference;

/// <summary>How the bytes of a file stand for characters: by its byte order mark, else by what its bytes can be.</summary>
/// <param name="Encoding">The encoding.</param>
/// <param name="Because">Why; null for UTF-8 without a mark, which is a matter of course.</param>
/// <param name="MarkBytes">Bytes of the mark.</param>
/// <param name="IsBigEndian">Of UTF-16, whether the high byte comes first.</param>
readonly record struct EncodingGuess(CsvEncoding Encoding, string? Because, int MarkBytes = 0, bool IsBigEndian = false)
{
    /// <summary>Characters of Windows code page 1252 from 0x80 to 0x9F; those that are none stay control characters.</summary>
    const string Windows =
        "\u20AC\u0081\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\u008D\u017D\u008F"
        + "\u0090\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\u009D\u017E\u0178";

    /// <summary>All bytes are ASCII: they say the same in every encoding but UTF-16.</summary>
    public bool IsAscii { get; init; }

    /// <summary>Guesses from the first bytes.</summary>
    public static EncodingGuess Of(ReadOnlySpan<byte> bytes, bool isAll)
    {
        switch (bytes)
        {
            case [0xEF, 0xBB, 0xBF, ..]: return new(CsvEncoding.Utf8, "a byte order mark", 3);
            case [0xFF, 0xFE, ..]: return new(CsvEncoding.Utf16, "a byte order mark", 2);
            case [0xFE, 0xFF, ..]: return new(CsvEncoding.Utf16, "a byte order mark", 2, IsBigEndian: true);
        }
        if (IsUtf16(bytes)) return new(CsvEncoding.Utf16, "every second byte is zero");
        if (Utf8.IsValid(isAll ? bytes : bytes[..WholeCharacters(bytes)]))
            return new(CsvEncoding.Utf8, null) { IsAscii = Ascii.IsValid(bytes) };
        return bytes.ContainsAnyInRange((byte)0x80, (byte)0x9F)
            ? new(CsvEncoding.Windows1252, "bytes that are not UTF-8, some from 0x80 to 0x9F")
            : new(CsvEncoding.Latin1, "bytes that are not UTF-8, none from 0x80 to 0x9F");
    }

    /// <summary>What the mark says where the user says the encoding.</summary>
    public static EncodingGuess Said(CsvEncoding encoding, ReadOnlySpan<byte> bytes)
    {
        var marked = Of(bytes, isAll: true);
        return marked.Encoding == encoding ? marked with { Because = "said by you" } : new(encoding, "said by you");
    }

    /// <summary>Bytes of a file, behind its mark, as UTF-8.</summary>
    public byte[] Decode(ReadOnlySpan<byte> bytes)
    {
        bytes = bytes[MarkBytes..];
        return Encoding switch
        {
            CsvEncoding.Utf8 => bytes.ToArray(),
            CsvEncoding.Utf16 => System.Text.Encoding.UTF8.GetBytes(
                (IsBigEndian ? System.Text.Encoding.BigEndianUnicode : System.Text.Encoding.Unicode).GetString(bytes[..(bytes.Length & ~1)])),
            _ => OfBytes(bytes),
        };
    }

    byte[] OfBytes(ReadOnlySpan<byte> bytes)
    {
        var to = new ArrayBufferWriter<byte>(bytes.Length + 16);
        var isWindows = Encoding == CsvEncoding.Windows1252;
        foreach (var b in bytes)
        {
            var character = isWindows && b is >= 0x80 and <= 0x9F ? Windows[b - 0x80] : (char)b;
            to.Advance(new Rune(character).EncodeToUtf8(to.GetSpan(4)));
        }
        return to.WrittenSpan.ToArray();
    }

    /// <summary>Without the beginning of a character at the end.</summary>
    static int WholeCharacters(ReadOnlySpan<byte> bytes)
    {
        for (var back = 1; back <= Math.Min(3, bytes.Length); back++)
            if (bytes[^back] >= 0xC0) return bytes.Length - back;
        return bytes.Length;
    }

    static bool IsUtf16(ReadOnlySpan<byte> bytes)
    {
        const int looked = 64;
        if (bytes.Length < 4) return false;
        var (zeros, pairs) = (0, Math.Min(looked, bytes.Length / 2));
        for (var i = 0; i < pairs; i++)
            if (bytes[(2 * i) + 1] == 0 && bytes[2 * i] != 0) zeros++;
        return zeros > pairs * 3 / 4;
    }
}
