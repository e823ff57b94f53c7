using System.Globalization;

namespace Quern.Csv;

/// <summary>Bytes that cells are told apart by, as people write them.</summary>
public static class CsvByte
{
    const string Tab = "tab";

    /// <summary>The byte that a text stands for: an ASCII character, <c>tab</c>, or <c>\x01</c> to <c>\xFF</c>; null for any other, and for
    /// bytes of line ends.</summary>
    public static byte? Find(string text)
    {
        if (text.Length == 1 && char.IsAscii(text[0]) && text[0] is not ('\n' or '\r' or '\0')) return (byte)text[0];
        if (text.Equals(Tab, StringComparison.OrdinalIgnoreCase)) return (byte)'\t';
        if (text.Length != 4 || !text.StartsWith("\\x", StringComparison.Ordinal)) return null;
        return byte.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var hex)
            && hex is not (0 or (byte)'\n' or (byte)'\r') ? hex : null;
    }

    /// <summary>A byte as <see cref="Find"/> takes it.</summary>
    public static string Shown(byte b) => b switch
    {
        (byte)'\t' => Tab,
        < 0x20 or > 0x7E => string.Create(CultureInfo.InvariantCulture, $"\\x{b:X2}"),
        _ => $"{(char)b}",
    };
}
