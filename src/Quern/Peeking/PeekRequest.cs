using Quern.Csv.Inference;

namespace Quern.Peeking;

/// <summary>What is looked into.</summary>
public sealed record PeekRequest
{
    /// <summary>A file; <c>x.duckdb:table</c>; <c>-</c> for CSV on standard input.</summary>
    public required string Input { get; init; }

    /// <summary>Absolute path that a relative input starts from.</summary>
    public required string BaseDirectory { get; init; }

    /// <summary>First rows to show. Default: 20.</summary>
    public int Rows { get; init; } = 20;

    /// <summary>Every row is read for NULLs, extremes and the number of different values. Default: false.</summary>
    public bool Stats { get; init; }

    /// <summary>What is said about a CSV file. Default: nothing.</summary>
    public CsvHints Hints { get; init; } = new();

    /// <summary>Threads. Default: 1.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Told how many more bytes of a CSV file have been read for statistics. Default: null.</summary>
    public Action<long>? BytesRead { get; init; }
}
