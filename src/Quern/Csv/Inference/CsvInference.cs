using System.Text;
using Quern.Csv.Schemas;
using Quern.Files;

namespace Quern.Csv.Inference;

/// <summary>
/// Finds out what CSV files are: what their cells are told apart by, which columns they have together, and the type of each. Looks at
/// every row, or at rows from the head, the middle and the tail of every file. The same cells give the same types whatever their order,
/// the threads, and the files they are in.
/// </summary>
public static class CsvInference
{
    /// <summary>Memory that each thread needs, about: a block, or a part of a sample, and the facts of some hundred columns.</summary>
    public const long BytesPerThread = 5_000_000;

    /// <summary>How inputs name standard input.</summary>
    internal const string StandardInput = "-";

    /// <summary>Endings of the names that are taken from folders.</summary>
    internal static IReadOnlyList<string> Endings { get; } =
        [".csv", ".tsv", ".txt", ".csv.gz", ".tsv.gz", ".txt.gz", ".csv.zst", ".tsv.zst", ".txt.zst"];

    /// <summary>Heads that the dialect is found out from.</summary>
    const int DialectFiles = 4;

    /// <summary>Bytes of a head that a header is looked for in.</summary>
    const int HeaderBytes = 1 << 14;

    const long SampleBytes = 64L << 20;
    const int LeastPart = 1 << 16;
    const int MostPart = 1 << 20;

    /// <summary>Looks at files.</summary>
    /// <param name="request">Which, and how closely.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="QuernException">QN2001 to QN2015: a file cannot be found or read; QN2014: a row is too long;
    /// QN4005: no file has a record; QN4011: the files have several delimiters; QN1113, exit code 2: the output is an input.</exception>
    public static CsvSchema Run(InferenceRequest request, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var files = Find(request, cancel);
        if (request.Output is { } path && files.FirstOrDefault(f => f.RealPath == OutputTarget.Of(path, null).Real) is { } input)
            throw SchemaFaults.Replaced(input);
        return Look(files, request, cancel).Schema;
    }

    /// <summary>Looks at files that are found already.</summary>
    /// <param name="files">The files.</param>
    /// <param name="request">How closely.</param>
    /// <param name="cancel">Ends it.</param>
    internal static CsvFindings Look(IReadOnlyList<InputFile> files, InferenceRequest request, CancellationToken cancel)
    {
        var csv = files.Select(file => new CsvFile(file.Path, file.Name)).ToList();
        var heads = csv.Take(DialectFiles).Select(file => FileStart.Read(file, request.Hints.Encoding, request.HeadBytes)).ToList();
        var (dialect, reasons) = DialectGuess.Of(heads, request.Hints);
        List<string> evidence = [];
        var said = request.Hints.Encoding;
        var (layouts, encoding, differ) = FileEncodings.Settle(Layouts(csv, heads, dialect, said), said, evidence);
        dialect = dialect with { Encoding = encoding, EncodingByFile = differ };
        evidence.AddRange(reasons);
        var columns = new ColumnUnion();
        foreach (var layout in layouts) columns.Add(layout.Names);
        if (columns.Names.Count == 0) throw SchemaFaults.NothingThere(files);
        if (request.Hints.Delimiter is null) CheckDelimiter(layouts, dialect);
        var partitions = Partitions(files, columns);
        if (request.All) request.BytesKnown?.Invoke(files.Sum(file => file.SizeBytes));
        var scan = new CellScan(request, dialect, layouts, columns, cancel);
        var (count, sink) = request.All ? scan.All() : scan.Sample(PartBytes(request, files.Count));
        var names = columns.Names.Concat(partitions).ToList();
        var facts = sink.Facts.Concat(partitions.Select(key => OfPartition(files, key, request.Measures))).ToList();
        var choices = facts.Select(fact => TypeChoice.Of(fact, count.IsAll, request.Hints.Nulls is null)).ToList();
        var witnesses = choices.Take(columns.Names.Count).Select(c => c.WidenedAt).Concat(sink.Damage.Firsts);
        var places = new LinePlaces([.. layouts.Select(l => l.Start)], witnesses, request.All);
        var lacking = new LackingFiles(layouts);
        var schema = new CsvSchema
        {
            Dialect = dialect,
            Nulls = request.Hints.Nulls ?? [""],
            Columns = [.. names.Select((name, i) => Column(name, choices[i], facts[i], i < columns.Names.Count ? places : null) with
            {
                Optional = i < columns.Names.Count && lacking.Any(name),
                Partition = i >= columns.Names.Count,
                MissingIn = i < columns.Names.Count ? lacking.Files(name) : [],
            })],
            Evidence = new SchemaEvidence
            {
                Files = files.Count,
                EmptyFiles = layouts.Count(layout => layout.Names.Count == 0),
                Rows = count.Rows,
                RaggedRows = count.Ragged,
                Damage = sink.Damage.Sentences(places),
                IsAll = count.IsAll,
                Dialect = evidence,
            },
        };
        return new CsvFindings(schema, facts, layouts, count);
    }

    static List<FileLayout> Layouts(List<CsvFile> files, List<FileStart> heads, CsvDialect dialect, CsvEncoding? said)
    {
        var names = new HashSet<IReadOnlyList<string>>(new SameNames());
        return [.. files.Select((file, i) => Layout(i < heads.Count ? heads[i] : FileStart.Read(file, said, HeaderBytes)))];

        FileLayout Layout(FileStart start)
        {
            var layout = FileLayout.Of(start, dialect);
            if (names.TryGetValue(layout.Names, out var known)) layout = layout with { Names = known };
            else names.Add(layout.Names);
            // Heads of many files are much memory; what comes only once has nothing else.
            return start.File.Once is null ? layout with { Start = layout.Start with { Bytes = [] } } : layout;
        }
    }

    /// <summary>The files of a request.</summary>
    internal static IReadOnlyList<InputFile> Find(InferenceRequest request, CancellationToken cancel) =>
        request.Inputs is [StandardInput]
            ? [new InputFile(StandardInput, CsvInput.Standard.Name, StandardInput, 0, default, new Dictionary<string, string?>())]
            : InputFiles.Find(request.BaseDirectory, request.Inputs, Endings, cancel);

    // One file with all names in one cell, among files that have several.
    static void CheckDelimiter(IReadOnlyList<FileLayout> layouts, CsvDialect dialect)
    {
        if (!dialect.HasHeader || layouts.FirstOrDefault(layout => layout.Names.Count > 1) is not { } usual) return;
        foreach (var layout in layouts.Where(layout => layout.Names.Count == 1))
        {
            if (DialectGuess.Delimiters.Any(d => d != dialect.Delimiter && layout.Names[0].Contains((char)d, StringComparison.Ordinal)))
                throw SchemaFaults.OtherDelimiter(layout.Start.File, layout.Names[0], usual.Start.File, dialect.Delimiter);
        }
    }

    static int PartBytes(InferenceRequest request, int files) =>
        request.PartBytes > 0 ? request.PartBytes : (int)Math.Clamp(SampleBytes / files / 3, LeastPart, MostPart);

    /// <summary>Keys of folders that all files have, and that are no column of a file.</summary>
    static List<string> Partitions(IReadOnlyList<InputFile> files, ColumnUnion columns) =>
    [
        .. files[0].Partitions.Keys.Where(key => columns.Find(key) < 0 && files.All(file => file.Partitions.ContainsKey(key))),
    ];

    static ColumnFacts OfPartition(IReadOnlyList<InputFile> files, string key, bool measures)
    {
        var facts = new ColumnFacts(measures);
        for (var i = 0; i < files.Count; i++)
        {
            if (files[i].Partitions[key] is { } value) facts.Add(Encoding.UTF8.GetBytes(value), Witness.PlaceOf(i, 0));
            else facts.AddNull();
        }
        return facts;
    }

    static SchemaColumn Column(string name, TypeChoice choice, ColumnFacts facts, LinePlaces? places)
    {
        var words = choice.NullWords.Sum(word => facts.Word(NullWords.All.ToList().IndexOf(word)).Count);
        var nulls = facts[CellShape.Empty].Count + facts.SaidNulls + words;
        return new SchemaColumn(name, choice.Type)
        {
            Format = choice.Format,
            Nulls = choice.NullWords,
            Evidence = new ColumnEvidence
            {
                Values = facts.Cells - nulls,
                Nulls = nulls,
                Min = Extreme(choice, facts, extremes => extremes.Least),
                Max = Extreme(choice, facts, extremes => extremes.Most),
                Widest = facts.Widest.IsEmpty ? null : Witness.Kept(facts.Widest),
                WidenedAt = places?.Of(choice.WidenedAt),
                WidenedBy = choice.WidenedAt.IsSeen && places is not null ? choice.WidenedAt.Text : null,
                Because = choice.Because,
            },
        };
    }

    static string? Extreme(TypeChoice choice, ColumnFacts facts, Func<Extremes, byte[]?> which)
    {
        var extremes = choice switch
        {
            { IsText: true } => facts.Texts,
            { Format: { } format } => facts.Days(isMonthFirst: format.StartsWith("%m", StringComparison.Ordinal)),
            _ => facts.Numbers.Least is not null ? facts.Numbers : facts.Moments.Least is not null ? facts.Moments : facts.Texts,
        };
        return extremes is not null && which(extremes) is { } text ? Witness.Kept(text) : null;
    }
}
