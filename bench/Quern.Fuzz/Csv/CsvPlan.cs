using System.Text;
using Quern.Chunks;
using Quern.Csv;

namespace Quern.Fuzz.Csv;

/// <summary>What the first <see cref="HeadBytes"/> bytes of an input say of the others: dialect, encoding, columns, spellings of NULL, and
/// how the columns lie in the files. Each byte chooses one of a list, so every input says something.</summary>
sealed class CsvPlan
{
    /// <summary>Bytes that are no part of the file; the last one is left for a line end, so that inputs can be looked at.</summary>
    public const int HeadBytes = 16;

    const int FirstColumn = 8;
    const int MostColumns = 4;

    static readonly byte[] Delimiters = [.. ",;|\t\u0001~: a0"u8, 0xFF, .. "-.#\\\0"u8];

    static readonly (byte? Quote, byte Escape)[] Quotes =
    [
        ((byte)'"', (byte)'"'), ((byte)'\'', (byte)'\''), ((byte)'"', (byte)'\\'), (null, (byte)'"'), ((byte)'\'', (byte)'^'), ((byte)'\u0002', (byte)'\u0002'),
        ((byte)'"', (byte)'\''), ((byte)'q', (byte)'q'), ((byte)'"', (byte)'a'), ((byte)'"', (byte)' '),
    ];

    static readonly byte?[] Comments = [null, null, null, (byte)'#', (byte)';', (byte)'\\', (byte)' ', (byte)'a'];

    static readonly (CsvEncoding Kind, Encoding Platform)[] Encodings =
    [
        (CsvEncoding.Utf8, Encoding.UTF8), (CsvEncoding.Utf8, Encoding.UTF8), (CsvEncoding.Utf8, Encoding.UTF8),
        (CsvEncoding.Utf16, new UnicodeEncoding(bigEndian: false, byteOrderMark: false, throwOnInvalidBytes: true)),
        (CsvEncoding.Latin1, Encoding.Latin1), (CsvEncoding.Windows1252, CodePagesEncodingProvider.Instance.GetEncoding(1252)!),
    ];

    static readonly string[][] NullLists = [[], [], [""], ["NA"], ["", "-", "NULL"], ["0", "1", "a"], ["é", "a longer text for NULL"]];

    static readonly string?[] Constants = [null, "", "7", "NA", "2025-10-01", "\"q\"", " 'x'", "a longer text that is the same for all rows", "é"];

    static readonly (string Type, string? Format)[] Types =
    [
        ("VARCHAR", null), ("VARCHAR", null), ("VARCHAR", null), ("INTEGER", null), ("DOUBLE", null), ("TIMESTAMP", null), ("BIGINT", null), ("BOOLEAN", null), ("TINYINT", null),
        ("UTINYINT", null), ("SMALLINT", null), ("USMALLINT", null), ("UINTEGER", null), ("UBIGINT", null), ("HUGEINT", null), ("UHUGEINT", null), ("FLOAT", null),
        ("DECIMAL(4,1)", null), ("DECIMAL(9,2)", null), ("DECIMAL(18,6)", null), ("DECIMAL(38,10)", null), ("DATE", null), ("TIME", null), ("TIMESTAMP_S", null),
        ("TIMESTAMP_MS", null), ("TIMESTAMP_NS", null), ("TIMESTAMP WITH TIME ZONE", null), ("UUID", null), ("JSON", null), ("TIMESTAMP", "%d.%m.%Y %H:%M"),
        ("DATE", "%Y%m%d"), ("TIMESTAMP", "%m/%d/%y %I:%M:%S %p"), ("TIMESTAMP", "epoch_s"), ("TIMESTAMP", "epoch_ms"), ("TIMESTAMP WITH TIME ZONE", "epoch_us"),
        ("TIMESTAMP_NS", "epoch_ns"),
    ];

    readonly byte[] _head;

    /// <summary>Reads the first bytes of an input.</summary>
    /// <param name="input">It.</param>
    /// <param name="isPlain">The dialect is the usual one, whatever its bytes say.</param>
    public CsvPlan(byte[] input, bool isPlain)
    {
        _head = new byte[HeadBytes];
        input.AsSpan(0, Math.Min(input.Length, HeadBytes)).CopyTo(_head);
        if (isPlain) _head.AsSpan(0, 5).Fill((byte)'A');
        File = input.Length > HeadBytes ? input[HeadBytes..] : [];
        var (quote, escape) = Pick(Quotes, 1);
        Coding = Pick(Encodings, 4);
        Dialect = new()
        {
            Delimiter = Pick(Delimiters, 0),
            Quote = quote,
            Escape = escape,
            Comment = Pick(Comments, 2),
            HasHeader = Choice(3, 6) is 1 or 4,
            LinesAbove = Choice(3, 6) / 3,
            Encoding = Coding.Kind,
        };
        Nulls = Pick(NullLists, 5);
        Columns = [.. Enumerable.Range(0, Choice(7, MostColumns) + 1).Select(Column)];
        Files = Choice(13, 4) switch
        {
            0 => [new CsvFile("", "")],
            1 => [Turned()],
            2 => [Moved()],
            _ => [new CsvFile("", ""), Turned()],
        };
    }

    /// <summary>The bytes of the file.</summary>
    public byte[] File { get; }

    /// <summary>How cells and rows are told apart.</summary>
    public CsvDialect Dialect { get; }

    /// <summary>How bytes stand for characters, and .NET's name for it.</summary>
    public (CsvEncoding Kind, Encoding Platform) Coding { get; }

    /// <summary>Spellings of NULL.</summary>
    public IReadOnlyList<string> Nulls { get; }

    /// <summary>What is read.</summary>
    public IReadOnlyList<CsvColumn> Columns { get; }

    /// <summary>The file once or twice, with its cells in one order or the other; without paths.</summary>
    public IReadOnlyList<CsvFile> Files { get; }

    /// <summary>The file as UTF-8; null when it is none of its encoding.</summary>
    public byte[]? Utf8()
    {
        if (Coding.Kind == CsvEncoding.Utf8) return File;
        var platform = Coding.Platform;
        ReadOnlySpan<byte> bytes = File;
        if (Coding.Kind == CsvEncoding.Utf16 && bytes is [0xFE, 0xFF, ..])
            platform = new UnicodeEncoding(bigEndian: true, byteOrderMark: false, throwOnInvalidBytes: true);
        if (Coding.Kind == CsvEncoding.Utf16 && bytes is ([0xFE, 0xFF, ..] or [0xFF, 0xFE, ..])) bytes = bytes[2..];
        try
        {
            return Encoding.UTF8.GetBytes(platform.GetString(bytes));
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public override string ToString() =>
        FormattableString.Invariant($"{Dialect}, {string.Join(" ", Columns.Select(c => $"{c.Type} {c.Format} {c.Empty} {c.Bad}"))}, ")
        + FormattableString.Invariant($"NULL: [{string.Join("][", Nulls)}], files: {string.Join(" ", Files.Select(Shown))}");

    CsvColumn Column(int number)
    {
        var (name, format) = Pick(Types, FirstColumn + number);
        if (!LogicalType.TryParse(name, out var type)) throw new InvalidOperationException($"no type: {name}");
        var isNumber = type.Kind is (>= TypeKind.TinyInt and <= TypeKind.Double) or TypeKind.HugeInt or TypeKind.UHugeInt or TypeKind.Decimal;
        return new($"c{number}", type)
        {
            Format = format,
            Empty = (Choice(6, 256) >> (number % 2) & 1) == 0 ? OnEmpty.Value : OnEmpty.Null,
            Bad = (((Choice(6, 256) >> 2) + number) % 4) switch
            {
                0 when name != "VARCHAR" => OnBad.Null,
                1 when isNumber => OnBad.Zero,
                _ => OnBad.Fail,
            },
            Nulls = number == 2 && Choice(12, 2) == 1 ? ["", "n/a"] : null,
        };
    }

    CsvFile Turned() => new("", "") { Positions = [.. Enumerable.Range(0, Columns.Count).Reverse()], Width = Columns.Count };

    /// <summary>The rows have one cell in front that nobody reads, and not the last column.</summary>
    CsvFile Moved() => new("", "")
    {
        Positions = [.. Enumerable.Range(1, Columns.Count - 1), -1],
        Width = Columns.Count,
        Constants = [.. new string?[Columns.Count - 1], Pick(Constants, 14)],
    };

    T Pick<T>(T[] list, int at) => list[Choice(at, list.Length)];

    /// <summary>A is the first choice.</summary>
    int Choice(int at, int count) => (byte)(_head[at] - 'A') % count;

    static string Shown(CsvFile file) =>
        FormattableString.Invariant($"[{string.Join(",", file.Positions ?? [])}] of {file.Width}, {string.Join(",", file.Constants ?? [])}");
}
