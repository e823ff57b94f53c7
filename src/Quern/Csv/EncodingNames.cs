namespace Quern.Csv;

/// <summary>What encodings are called, by people and in files.</summary>
public static class EncodingNames
{
    static readonly (CsvEncoding Encoding, string Name, string[] Others)[] Known =
    [
        (CsvEncoding.Utf8, "utf-8", ["utf8"]),
        (CsvEncoding.Utf16, "utf-16", ["utf16"]),
        (CsvEncoding.Latin1, "latin1", ["latin-1", "iso-8859-1"]),
        (CsvEncoding.Windows1252, "windows-1252", ["cp1252"]),
    ];

    /// <summary>A name of each.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Known.Select(known => known.Name)];

    /// <summary>The name of an encoding.</summary>
    public static string Of(CsvEncoding encoding) => Array.Find(Known, known => known.Encoding == encoding).Name;

    /// <summary>The encoding of a name, in any case; null when there is none.</summary>
    public static CsvEncoding? Find(string name)
    {
        foreach (var (encoding, usual, others) in Known)
            if (others.Prepend(usual).Contains(name, StringComparer.OrdinalIgnoreCase)) return encoding;
        return null;
    }
}
