using System.Text;
using Quern.Csv;
using Quern.Duck;

namespace Quern.Fuzz.Csv;

/// <summary>
/// CSV files of any dialect, encoding and types, as the first bytes of the input say: what is read is what <see cref="Expectation"/> says,
/// however it is read; with rows set aside or not; plain, compressed or from an input that comes once; by one thread or several, in order
/// or not. Rows that were found are rows handed on and rows set aside, and each of these, read alone, is refused for the same reason.
/// </summary>
/// <param name="name">Its name.</param>
/// <param name="isPlain">The dialect is the usual one: all is about values.</param>
sealed class PlannedCsv(string name, bool isPlain) : FuzzTarget
{
    const int MaxRowBytes = 1_500;
    const int MostBlocks = 300;

    readonly Scratch _scratch = new();
    readonly Casts _casts = new();
    readonly Zstd _zstd = new();

    /// <inheritdoc/>
    public override string Name => $"csv/{name}";

    /// <inheritdoc/>
    public override string Ending => ".csv";

    /// <inheritdoc/>
    public override int MostBytes => 2 << 10;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Tokens { get; } =
    [
        ",", ";", "|", "\t", "\u0001", "~", ":", " ", "\"", "'", "\\", "^", "#", "\n", "\r\n", "\r", "\"\"", ",\"", "\",", "\"\n", ",,", "''", "\\\"", "\\\\", "#x\n",
        "\n\n", "\r\n\r\n", "\ufeff", "é", "😀", "\0", "a", "NA", "NULL", "-", "0", "1", "a longer text for NULL", "another long text, of some letters", "true", "F", "yes",
        "-128", "127", "128", "255", "256", "-32768", "32767", "65535", "65536", "-2147483648", "2147483647", "4294967295", "4294967296", "9223372036854775807",
        "-9223372036854775808", "18446744073709551615", "170141183460469231731687303715884105727", "-170141183460469231731687303715884105728",
        "340282366920938463463374607431768211455", "1.5", "-0.05", "999.95", "99.95", "1e3", "1E-2", ".5", "5.", "+1", "1_000", "inf", "-nan", "1e-400", "1e309",
        "0.1", "16777217", "9007199254740993", "3.4028236e38", "2025-10-01", "2025-02-29", "2024-02-29", "0001-01-01", "9999-12-31", "10000-01-01", "2025-10-01 00:00:00",
        "2025-10-01T23:59:59.999999", "2025-10-01 12:00:00+02:30", "2025-10-01 00:00:00 +0000 UTC", "2262-04-11 23:47:16.854775807", "1677-09-21 00:12:43.145224193",
        "23:59:59.999999", "24:00:00", "1:02:03", "01.10.2025 12:30", "20251001", "10/01/25 12:30:45 PM", "1759276800", "1759276800123", "-1", "epoch", "infinity",
        "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11", "{\"\"a\"\": [1, null]}", "[1]", "1d", " 1 ", "n/a", "1,2\n", "\"x\ny\",3\n", "\"x\"y\n",
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<(string Open, string Inside, string Close)> Nesting { get; } =
        [(",", "", ","), ("\r", "a", "\r\n"), ("\"a\"b\n", "", "1,2\n"), ("[", "1", "]")];

    /// <inheritdoc/>
    public override void Dispose()
    {
        _scratch.Dispose();
        _casts.Dispose();
        _zstd.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    public override void Try(byte[] input, Behaviour behaviour)
    {
        var plan = new CsvPlan(input, isPlain);
        try
        {
            plan.Dialect.Check();
        }
        catch (QuernException contradiction) when (contradiction.Fault.Code == "QN3006")
        {
            behaviour.Add(contradiction.Fault);
            return;
        }
        Look(plan, behaviour);
        // The ways depend on the input alone: one that shows something shows it again.
        var random = new Random(input.Aggregate(17, (hash, b) => unchecked((hash * 31) + b)));
        var utf8 = plan.Utf8();
        foreach (var setsAside in new[] { false, true })
        {
            // Deep inputs are too long for a look at each byte, and heads have a limit of their own.
            var wanted = utf8 is null || plan.File.Length > 2 * MostBytes ? null
                : new Expectation(plan, _casts, MaxRowBytes, behaviour).For(utf8, setsAside, ["a.csv", "b.csv"]);
            if (wanted is { IsUnsure: true }) wanted = null;
            var whole = Run(plan, Way.Whole, random, setsAside);
            Check(plan, Way.Whole, whole, wanted, null, behaviour);
            var ways = Enum.GetValues<Way>()[1..];
            random.Shuffle(ways);
            foreach (var way in ways[..3]) Check(plan, way, Run(plan, way, random, setsAside), wanted, whole, behaviour);
            if (setsAside && wanted is not null) Alone(plan, wanted, random);
        }
        if (utf8 is null || plan.File.Length > MostBytes) return;
        behaviour.Add("rows", Behaviour.Bucket(utf8.Length));
    }

    static void Check(CsvPlan plan, Way way, Found found, Expectation? wanted, Found? whole, Behaviour behaviour)
    {
        var told = $"{way}, {(found.SetsAside ? "rejects" : "no rejects")}";
        if (found.Outcome.Fault is { } fault)
        {
            // A column that a path says has words of its own.
            Declared(new QuernException(fault), behaviour, ".csv");
        }
        if (found.Outcome.Fault is null && !found.Counts.AddUp) throw Broken("read = kept + rejected", "");
        if (found.Outcome.Fault is null && found.Counts.Kept != found.Outcome.Rows.Count) throw Broken("kept", $"{found.Counts.Kept} rows were counted");
        if (found.Outcome.Fault is null && found.Counts.Rejected != found.Rejected) throw Broken("rejected", $"{found.Counts.Rejected} rows were counted");
        foreach (var reject in found.Rejects) behaviour.Add("reject", reject.Split(' ')[3]);
        var isSame = way == Way.TwoThreads
            ? found.Outcome.Rows.Order(StringComparer.Ordinal).SequenceEqual((whole ?? found).Outcome.Rows.Order(StringComparer.Ordinal))
            : found.Outcome.Rows.SequenceEqual((whole ?? found).Outcome.Rows);
        var isOther = way == Way.TwoThreads && plan.Files.Count > 1 && whole?.Code is not null && found.Code is not null;
        // Characters that are none end the read when they are met, which may be in front of rows with faults of their own.
        isOther |= plan.Utf8() is null && whole?.Code is not null && found.Code is not null;
        if (whole is not null && !isOther && (whole.Code != found.Code || (found.Code is null && (!isSame || !whole.Rejects.SequenceEqual(found.Rejects)))))
            throw Broken("not as whole", $"{Shown(whole)}");
        if (plan.Utf8() is null && found.Code is null) throw Broken("half characters", "");
        // Which of two files is the first to end a read is left to threads.
        if (wanted is null || (way == Way.TwoThreads && wanted.Fault is not null && plan.Files.Count > 1)) return;
        if (wanted.Fault is { } end)
        {
            if (found.Code != end.Code || !found.Outcome.Fault!.Where!.StartsWith(end.Where, StringComparison.Ordinal))
                throw Broken($"{end.Code} wanted, {found.Code ?? "rows"}", $"{end}");
            if (way != Way.TwoThreads && !wanted.Rows.Take(found.Outcome.Rows.Count).SequenceEqual(found.Outcome.Rows))
                throw Broken("rows in front of a fault", string.Join("][", wanted.Rows));
            return;
        }
        if (found.Code is not null) throw Broken($"rows wanted, {found.Code}", string.Join("][", wanted.Rows));
        var rows = way == Way.TwoThreads ? found.Outcome.Rows.Order(StringComparer.Ordinal) : found.Outcome.Rows.AsEnumerable();
        if (!rows.SequenceEqual(way == Way.TwoThreads ? wanted.Rows.Order(StringComparer.Ordinal) : wanted.Rows))
            throw Broken("other rows", string.Join("][", wanted.Rows));
        if (found.SetsAside && !found.Rejects.SequenceEqual(wanted.Rejects)) throw Broken("other rejects", string.Join("][", wanted.Rejects));
        if (found.SetsAside && found.Counts.Read != wanted.Rows.Count + wanted.Rejects.Count) throw Broken("read", $"{found.Counts.Read} rows were found");

        BrokenPromiseException Broken(string kind, string more) =>
            new($"{told.Split(',')[1].Trim()}: {kind}", $"{told}, blocks of {found.BlockBytes}: {plan}\nwanted {Escaped(more)}\nfound {Shown(found)}");
    }

    /// <summary>Rows that were set aside, each as a file of its own.</summary>
    void Alone(CsvPlan plan, Expectation wanted, Random random)
    {
        foreach (var (code, raw, file, lineEnd) in wanted.Repeated.Take(4))
        {
            // What came in another encoding is UTF-8 by now, and a line end in front says how lines end.
            var path = _scratch.Write("alone.csv", [.. Encoding.UTF8.GetBytes(lineEnd), .. raw, .. Encoding.UTF8.GetBytes(lineEnd)]);
            var read = Read(plan, [file with { Path = path, Name = "alone.csv" }], random.Next(1, 100)) with
            {
                Dialect = plan.Dialect with { HasHeader = false, LinesAbove = 0, Encoding = CsvEncoding.Utf8 },
            };
            var found = CsvOutcome.Of(read, 1);
            if (found.Fault?.Code != code) throw new BrokenPromiseException($"alone: {code}", $"{plan}\n{Escaped(Encoding.Latin1.GetString(raw))}\n{found}");
        }
    }

    Found Run(CsvPlan plan, Way way, Random random, bool setsAside)
    {
        var least = Math.Max(1, plan.File.Length / MostBlocks);
        var blockBytes = way switch
        {
            Way.Whole => Math.Max(256, plan.File.Length),
            Way.Tiny => least + random.Next(8),
            Way.TwoThreads or Way.InOrder => (plan.File.Length / 12) + 1 + random.Next(40),
            _ => least + random.Next(200),
        };
        using var input = way == Way.Once ? new CsvInput(new Trickle(Compressed(plan.File, random.Next(3)), random.Next(1, 50)), "a.csv") : null;
        var files = plan.Files.Select((file, i) =>
        {
            var path = way switch
            {
                Way.Gzip => _scratch.Write($"{i}.csv.gz", Compressed(plan.File, 1)),
                Way.Zstd => _scratch.Write($"{i}.csv.zst", Compressed(plan.File, 2)),
                _ => _scratch.Write($"{i}.csv", plan.File),
            };
            return file with { Path = path, Name = i == 0 ? "a.csv" : "b.csv", Input = i == 0 ? input : null };
        });
        using var rejects = setsAside ? new CsvRejects(null, Path.Combine(_scratch.Folder, "rejects.csv")) : null;
        var counts = new CsvCounts(plan.Columns.Count);
        var read = Read(plan, [.. files], blockBytes) with
        {
            Rejects = rejects,
            Counts = counts,
            ForceScalar = way == Way.Whole || random.Next(4) == 0,
            Memory = bytes => way == Way.Whole ? new(bytes) : new GuardedMemory(bytes),
        };
        var outcome = way switch
        {
            Way.InOrder => CsvOutcome.InOrder(read, random.Next(1, 4)),
            Way.TwoThreads => CsvOutcome.Of(read, 2),
            _ => CsvOutcome.Of(read, 1),
        };
        rejects?.Complete();
        var rows = rejects is null ? []
            : plan.File.Length > 2 * MostBytes ? [.. rejects.ByCode.Select(code => $"- - - {code.Key} {code.Value}").Order(StringComparer.Ordinal)]
            : RejectFile.Rows(File.ReadAllBytes(Path.Combine(_scratch.Folder, "rejects.csv")));
        return new(outcome, rows, rejects?.Rows ?? 0, counts, setsAside, blockBytes);
    }

    static CsvRead Read(CsvPlan plan, IReadOnlyList<CsvFile> files, int blockBytes) => new()
    {
        Files = files,
        Columns = plan.Columns,
        Dialect = plan.Dialect,
        Nulls = plan.Nulls,
        BlockBytes = blockBytes,
        MaxRowBytes = MaxRowBytes,
    };

    static void Look(CsvPlan plan, Behaviour behaviour)
    {
        behaviour.Add("dialect", plan.Dialect.ToString());
        foreach (var column in plan.Columns) behaviour.Add("column", $"{column.Type} {column.Format} {column.Empty} {column.Bad}");
        var (one, two) = (0L, 0L);
        foreach (var b in plan.File)
        {
            var three = Class(plan.Dialect, b);
            behaviour.Add("bytes", one, two, three);
            (one, two) = (two, three);
        }
    }

    static long Class(CsvDialect dialect, byte b) =>
        b == dialect.Delimiter ? 1
        : b == dialect.Quote ? 2
        : b == '\n' ? 3
        : b == '\r' ? 4
        : b == dialect.Escape ? 5
        : b == dialect.Comment ? 6
        : b == ' ' ? 7
        : b >= 0x80 ? 8
        : 0;

    byte[] Compressed(byte[] content, int how)
    {
        if (how == 0) return content;
        if (how == 1) return CsvFiles.Gzip(content);
        var frame = new byte[Zstd.Bound(content.Length)];
        return frame[.._zstd.Compress(content, frame, 1)];
    }

    static string Shown(Found found) => Escaped($"{found.Outcome} rejects [{string.Join("][", found.Rejects)}]");

    static string Escaped(string text)
    {
        text = text.Replace("\r", "\\r", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
        return text.Length <= 2_000 ? text : $"{text[..1_000]} ... {text[^1_000..]}";
    }

    /// <summary>How files are read.</summary>
    enum Way
    {
        /// <summary>In one block, without vector instructions.</summary>
        Whole,
        Tiny,
        Small,
        Gzip,
        Zstd,
        Once,
        InOrder,
        TwoThreads,
    }

    sealed record Found(CsvOutcome Outcome, List<string> Rejects, long Rejected, CsvCounts Counts, bool SetsAside, int BlockBytes)
    {
        public string? Code => Outcome.Fault?.Code;
    }

    /// <summary>Gives few bytes at a time, as a pipe may.</summary>
    sealed class Trickle(byte[] bytes, int most) : MemoryStream(bytes)
    {
        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, most)]);

        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, most));
    }
}
