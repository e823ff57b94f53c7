using Quern.Csv;
using Quern.Folding.Declared;

namespace Quern.Folding;

/// <summary>What is folded, and with what.</summary>
sealed record FoldRequest
{
    /// <summary>The fold.</summary>
    public required Fold Fold { get; init; }

    /// <summary>The files, CSV of the columns of the source.</summary>
    public required IReadOnlyList<CsvFile> Files { get; init; }

    /// <summary>Rows that do not come from CSV, as SQL behind <c>from</c> with the columns of the source; then there are no files, and the
    /// engine folds. Default: null, the files.</summary>
    public string? Relation { get; init; }

    /// <summary>Delimiter, quotes, header.</summary>
    public CsvDialect Dialect { get; init; } = new();

    /// <summary>Where rows are set aside that cannot be read. Default: null, the first one ends the fold.</summary>
    public CsvRejects? Rejects { get; init; }

    /// <summary>Threads. Default: 2.</summary>
    public int Threads { get; init; } = 2;

    /// <summary>Where temporary files are made. Default: null, the system's temporary folder.</summary>
    public string? SpillRoot { get; init; }

    /// <summary>Makes for each thread what sees all kept rows with all columns of the source, in the pass that folds. Default: null,
    /// nobody.</summary>
    public Func<RowWitness>? Witness { get; init; }

    /// <summary>Told that the rows are read once more from the first one on, as the plan did not fit them: what witnesses saw does not
    /// count. Default: null, nobody.</summary>
    public Action? Restarts { get; init; }

    /// <summary>Bytes of a block of records. Default: 16 KiB.</summary>
    public int BlockBytes { get; init; } = Kernel.Records.BlockStore.UsualBlockBytes;

    /// <summary>Told how many more bytes of the files have been read. Default: null, nobody.</summary>
    public Action<long>? BytesRead { get; init; }

    /// <summary>What a thread takes that reads CSV, about.</summary>
    internal const long ReaderBytes = 4_000_000;

    /// <summary>The files as they are read: an empty cell is NULL, and any other is a value of its column or an error.</summary>
    /// <param name="counts">Where rows are counted.</param>
    internal CsvRead Read(CsvCounts counts) => new()
    {
        Files = Files,
        Columns = [.. Fold.Source.Columns.Select(c => new CsvColumn(c.Name, c.Type) { Empty = OnEmpty.Null })],
        Dialect = Dialect,
        Rejects = Rejects,
        Counts = counts,
        BytesRead = BytesRead,
    };
}
