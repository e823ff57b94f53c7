using System.Text;

namespace Quern.Files;

/// <summary>Text that a person wrote: a project file, a model. Read whole.</summary>
static class TextFile
{
    static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a file as UTF-8; a byte order mark is left out.</summary>
    /// <param name="path">Absolute path.</param>
    /// <param name="name">How messages name it; default: <paramref name="path"/>.</param>
    /// <exception cref="QuernException">Exit code 2: QN2001 no such file; QN2004 permission denied; QN2005 a folder, pipe
    /// or device; QN2006 a link to nothing; QN2009 cannot be read; QN2013 not UTF-8, or with a zero byte in it.</exception>
    internal static string Read(string path, string? name = null)
    {
        name ??= path;
        byte[] bytes;
        using (var file = FileBytes.OpenRegular(path, name))
        {
            try
            {
                bytes = new byte[file.Length];
                file.ReadExactly(bytes);
            }
            catch (IOException e)
            {
                throw InputFaults.FromException(e, path, p => p == path ? name : p);
            }
        }
        var text = bytes.AsSpan();
        if (text.StartsWith("\uFEFF"u8)) text = text[3..];
        if (text.IndexOf((byte)0) is >= 0 and var zero && !IsWide(text)) throw NotText(text, zero, name);
        try
        {
            return Strict.GetString(text);
        }
        catch (DecoderFallbackException e)
        {
            throw NotUtf8(text, name, e);
        }
    }

    static bool IsWide(ReadOnlySpan<byte> text) =>
        text.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || text.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]);

    // Whoever takes text that ends with a zero byte, as C does, would see a part of the file only.
    static QuernException NotText(ReadOnlySpan<byte> text, int zero, string name) => new(new Fault("QN2013", "the file is not text")
    {
        Where = FormattableString.Invariant($"{name} line {text[..zero].Count((byte)'\n') + 1:N0}"),
        Value = "byte 0x00",
        Try = [$"file {name}   says what it is", $"iconv -f UTF-16LE -t UTF-8 {name}   if it comes from a Windows program"],
        ExitCode = ExitCode.Usage,
    });

    static QuernException NotUtf8(ReadOnlySpan<byte> text, string name, DecoderFallbackException cause)
    {
        var isWide = IsWide(text);
        var line = text[..Math.Min(cause.Index, text.Length)].Count((byte)'\n') + 1;
        return new QuernException(
            new Fault("QN2013", isWide ? "the file is UTF-16" : "the file is not UTF-8")
            {
                Where = isWide ? name : FormattableString.Invariant($"{name} line {line:N0}"),
                Value = isWide ? null : $"byte 0x{Convert.ToHexString(cause.BytesUnknown ?? [])}",
                Try =
                [
                    isWide
                        ? $"iconv -f UTF-16 -t UTF-8 {name}"
                        : $"iconv -f WINDOWS-1252 -t UTF-8 {name}   if it comes from a Windows program",
                ],
                ExitCode = ExitCode.Usage,
            },
            cause);
    }
}
