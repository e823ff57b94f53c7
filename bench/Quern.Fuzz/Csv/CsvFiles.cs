using System.IO.Compression;
using System.Text;
using Quern.Csv;

namespace Quern.Fuzz.Csv;

/// <summary>
/// CSV files: whatever the bytes are, every way of reading them says the same, the same rows or the same fault, whatever the size of
/// blocks, with vector instructions or without, with one thread or two, compressed or not; and a fault is one that is declared.
/// </summary>
/// <param name="layout">Dialect and columns.</param>
sealed class CsvFiles(CsvLayout layout) : FuzzTarget
{
    /// <summary>The longest row of deep inputs.</summary>
    const int DeepRowBytes = 1 << 20;

    /// <summary>The longest row of inputs that are not deep.</summary>
    const int MaxRowBytes = 1_500;

    /// <summary>The most blocks of a file, so that long ones do not take long.</summary>
    const int MostBlocks = 400;

    readonly Scratch _scratch = new();
    readonly string _delimiter = ((char)layout.Dialect.Delimiter).ToString();
    readonly string _quote = layout.Dialect.Quote is { } quote ? ((char)quote).ToString() : "";

    /// <inheritdoc/>
    public override string Name => $"csv/{layout.Name}";

    /// <inheritdoc/>
    public override string Ending => ".csv";

    /// <inheritdoc/>
    public override int MostBytes => 3 << 10;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Tokens =>
    [
        _delimiter, _quote, "\n", "\r\n", "\r", " ", $"{_quote}{_quote}", $"{_delimiter}{_quote}", $"{_quote}{_delimiter}", $"{_quote}\n", $"{_delimiter}\n",
        $" {_quote}", $"{_quote} ", "\\", $"\\{_quote}", "\\\\", "\0", "\u007f", "\ufeff", "é", "😀", "a", "1", "-1", "1.5", "1e3", "inf", "nan", "1e-400",
        "17976931348623157e292", "9007199254740993", "9223372036854775808", "0.1", "+1", "1_000", ".5", "5.", "0x10", "2025-10-01 00:00:00",
        "2025-10-01 00:00:00 +0000 UTC", "2025-10-01", "10000-01-01 00:00:00", "290309-12-22 (BC) 00:00:00", "2025-02-30 00:00:00", "infinity",
        new('w', 13), new('w', 60), new('w', 64), new('w', 200), $"a{_delimiter}1{_delimiter}2025-10-01 00:00:00\n", $"1{_delimiter}t{_delimiter}2\n", "a\n",
        $"{_quote}a\n{_quote}{_quote}b{_quote}{_delimiter}1{_delimiter}\n",
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<(string Open, string Inside, string Close)> Nesting =>
    [
        (_delimiter, "", _delimiter), (_quote + _quote, "", _quote), ("\n", "a", "\n"), ("\r\n", "a", "\r\n"), ("\r", "a", "\r"), ("w", "", "w"), (" ", "", " "), ("\\", "", "\\"),
        ($"a{_delimiter}1{_delimiter}\n", "a", ""), ($"a{_delimiter}1{_delimiter}\r\n", "a", ""), ($"{_quote}\n", "", $"{_quote}"), ("é", "", "\0"),
    ];

    /// <inheritdoc/>
    public override void Dispose()
    {
        _scratch.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    public override void Try(byte[] input, Behaviour behaviour)
    {
        Look(input, behaviour);
        var plain = _scratch.Write("a.csv", input);
        var gzip = _scratch.Write("a.csv.gz", Gzip(input));
        var longest = input.Length <= MostBytes ? MaxRowBytes : DeepRowBytes;
        var most = Math.Max(256, input.Length);
        var read = 0L;
        var whole = CsvOutcome.Of(
            Read(plain, most, longest) with { ForceScalar = true, Memory = bytes => new(bytes), BytesRead = bytes => read += bytes }, 1);
        if (whole.Fault is { } fault) Declared(new QuernException(fault), behaviour, "a.csv");
        else if (read != input.Length) throw new BrokenPromiseException("bytes", $"{read} bytes were read of {input.Length}");
        behaviour.Add("rows", Behaviour.Bucket(whole.Rows.Count));
        // The ways depend on the input alone: one that shows something shows it again.
        var random = new Random(HashCode(input));
        var least = Math.Max(1, input.Length / MostBlocks);
        Same("tiny blocks", whole, Read(plain, least + random.Next(8), longest), 1);
        Same("small blocks, scalar", whole, Read(plain, least + random.Next(9, 200), longest) with { ForceScalar = true }, 1);
        Same("blocks", whole, Read(plain, least + random.Next(60, 400), longest), 1);
        Same("one block", whole, Read(plain, most, longest), 1);
        Same("gzip", whole, Read(gzip, least + random.Next(200), longest), 1);
        // Threads that wait for one another are slow on a machine that others use, too.
        Same("two threads", whole, Read(plain, (input.Length / 12) + 1 + random.Next(40), longest), 2);
        Counted(whole, Read(plain, least + random.Next(300), longest));
    }

    static void Same(string way, CsvOutcome whole, CsvRead read, int threads)
    {
        var found = CsvOutcome.Of(read, threads);
        var isSame = found.Ending == whole.Ending
            && (whole.Fault is not null || (threads == 1 ? found.Rows.SequenceEqual(whole.Rows) : found.Rows.Order(StringComparer.Ordinal).SequenceEqual(whole.Rows.Order(StringComparer.Ordinal))));
        if (isSame) return;
        throw new BrokenPromiseException(
            $"{way}: {whole.Fault?.Code ?? "rows"}, {found.Fault?.Code ?? "rows"}",
            $"{way}, blocks of {read.BlockBytes}\nwhole {Short(whole)}\nparts {Short(found)}");
    }

    // A read of one column sees as many rows, or a fault; one of structure it sees as any other does.
    static void Counted(CsvOutcome whole, CsvRead read)
    {
        var count = CsvOutcome.Of(read, 1, [0]);
        var isSame = whole.Fault is null ? count.Fault is null && count.Rows.Count == whole.Rows.Count
            : whole.Fault.Code is "QN3001" or "QN2013" || count.Ending == whole.Ending;
        if (!isSame) throw new BrokenPromiseException("count", $"blocks of {read.BlockBytes}\nwhole {Short(whole)}\ncount {Short(count)}");
    }

    CsvRead Read(string path, int blockBytes, int maxRowBytes) => new()
    {
        Files = [new CsvFile(path, Path.GetFileName(path))],
        Columns = layout.Columns,
        Dialect = layout.Dialect,
        BlockBytes = blockBytes,
        MaxRowBytes = maxRowBytes,
        Memory = bytes => new GuardedMemory(bytes),
    };

    /// <summary>Which bytes follow each other, and where in 64 bytes those stand that matter.</summary>
    void Look(byte[] input, Behaviour behaviour)
    {
        var (one, two, three) = (0L, 0L, 0L);
        for (var i = 0; i < input.Length; i++)
        {
            var four = Class(input[i]);
            behaviour.Add("bytes", (one << 32) | two, three, four);
            if (four is > 0 and < 5) behaviour.Add("place", four, i % 64);
            (one, two, three) = (two, three, four);
        }
        behaviour.Add("length", Behaviour.Bucket(input.Length), input.Length % 64);
    }

    long Class(byte b) =>
        b == layout.Dialect.Delimiter ? 1
        : b == layout.Dialect.Quote ? 2
        : b == '\n' ? 3
        : b == '\r' ? 4
        : b == layout.Dialect.Escape ? 5
        : b == ' ' ? 6
        : char.IsAsciiDigit((char)b) ? 7
        : b >= 0x80 ? 8
        : 0;

    internal static byte[] Gzip(byte[] content)
    {
        // .NET writes no byte at all when there is no content; gzip writes this.
        if (content.Length == 0) return Convert.FromHexString("1F8B080000000000000303000000000000000000");
        var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest)) gzip.Write(content);
        return bytes.ToArray();
    }

    static int HashCode(byte[] input) => input.Aggregate(17, (hash, b) => unchecked((hash * 31) + b));

    static string Short(CsvOutcome outcome)
    {
        var text = new StringBuilder(outcome.ToString()).Replace("\r", "\\r").Replace("\n", "\\n").ToString();
        return text.Length <= 2_000 ? text : $"{text[..1_000]} ... {text[^1_000..]}";
    }
}
