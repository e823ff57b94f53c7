using System.Globalization;
using System.Text;
using Quern.Chunks;
using Quern.Csv;

namespace Quern.Tests.Csv;

/// <summary>A text case: what a file is like, and what its rows are. Cases/csv/README.md says how one is written.</summary>
sealed class CsvCase
{
    readonly Dictionary<string, string> _options = [];

    CsvCase(string text)
    {
        var lines = text.TrimEnd('\n').Split('\n');
        var file = Array.IndexOf(lines, "--- file");
        var rows = Array.IndexOf(lines, "--- rows");
        foreach (var line in lines[1..file])
        {
            var colon = line.IndexOf(": ", StringComparison.Ordinal);
            _options.Add(line[..colon], line[(colon + 2)..]);
        }
        Rows = string.Join('\n', lines[(rows + 1)..]);
        File = Bytes(lines[(file + 1)..rows]);
    }

    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "Cases", "csv");

    /// <summary>The bytes of the file.</summary>
    public byte[] File { get; }

    /// <summary>What is read, as <see cref="Shown"/> shows it; or the fault.</summary>
    public string Rows { get; }

    public int Columns => int.Parse(_options["columns"], CultureInfo.InvariantCulture);

    public string Duckdb => Option("duckdb") ?? "same";

    public string Encoding => Option("encoding") ?? "utf-8";

    public string? Null => Option("null") is "empty" ? "" : Option("null");

    public CsvDialect Dialect => new()
    {
        Delimiter = Byte("delimiter") ?? (byte)',',
        Quote = Option("quote") == "none" ? null : Byte("quote") ?? (byte)'"',
        Escape = Byte("escape") ?? (byte)'"',
        Comment = Byte("comment"),
        HasHeader = Option("header") == "yes",
        LinesAbove = int.Parse(Option("skip") ?? "0", CultureInfo.InvariantCulture),
        Encoding = Encoding switch
        {
            "utf-8" => CsvEncoding.Utf8,
            "utf-16le" or "utf-16be" => CsvEncoding.Utf16,
            "latin1" => CsvEncoding.Latin1,
            _ => CsvEncoding.Windows1252,
        },
    };

    /// <summary>A read of it.</summary>
    public CsvRead Read(CsvFile file, int blockBytes) => new()
    {
        Files = [file],
        Columns =
        [
            .. Enumerable.Range(0, Columns).Select(i =>
                new CsvColumn($"c{i}", TypeKind.Varchar) { Empty = Null == "" ? OnEmpty.Null : OnEmpty.Value }),
        ],
        Nulls = Null is null or "" ? [] : [Null],
        Dialect = Dialect,
        BlockBytes = blockBytes,
    };

    public static CsvCase Load(string name) => new(System.IO.File.ReadAllText(Path.Combine(Folder, name + ".case")));

    /// <summary>A cell as cases write it.</summary>
    public static string Shown(object? cell) => cell is null ? "NULL" : ((string)cell)
        .Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)
        .Replace("\r", "\\r", StringComparison.Ordinal).Replace("\x01", "\\x01", StringComparison.Ordinal);

    byte[] Bytes(string[] lines)
    {
        var end = Option("ends") switch { "crlf" => "\r\n", "cr" => "\r", _ => "\n" };
        var bytes = new List<byte>();
        if (Encoding == "utf-16le") bytes.AddRange([0xFF, 0xFE]);
        if (Encoding == "utf-16be") bytes.AddRange([0xFE, 0xFF]);
        for (var i = 0; i < lines.Length; i++)
        {
            bytes.AddRange(Unescaped(lines[i]));
            if (i < lines.Length - 1 || Option("last line") != "open") bytes.AddRange(Encoded(end));
        }
        return [.. bytes];
    }

    IEnumerable<byte> Unescaped(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var length = char.IsHighSurrogate(text[i]) ? 2 : 1;
            if (text[i] != '\\')
            {
                foreach (var b in Encoded(text.Substring(i, length))) yield return b;
                i += length - 1;
                continue;
            }
            var next = text[++i];
            if (next == 'x')
            {
                yield return byte.Parse(text.AsSpan(i + 1, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
                i += 2;
                continue;
            }
            foreach (var b in Encoded(next switch { 'n' => "\n", 'r' => "\r", 't' => "\t", _ => "\\" })) yield return b;
        }
    }

    /// <summary>The platform's encoders, beside the reader's own decoding.</summary>
    byte[] Encoded(string text) => (Encoding switch
    {
        "utf-16le" => System.Text.Encoding.Unicode,
        "utf-16be" => System.Text.Encoding.BigEndianUnicode,
        "latin1" => System.Text.Encoding.Latin1,
        "windows-1252" => CodePagesEncodingProvider.Instance.GetEncoding(1252)!,
        _ => System.Text.Encoding.UTF8,
    }).GetBytes(text);

    byte? Byte(string option) => Option(option) is { } text ? Unescaped(text).Single() : null;

    string? Option(string name) => _options.GetValueOrDefault(name);
}
