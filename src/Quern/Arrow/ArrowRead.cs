namespace Quern.Arrow;

/// <summary>Arrow files that are read as one table: their rows, file after file, batch after batch.</summary>
public sealed record ArrowRead
{
    /// <summary>The files; all have the same columns.</summary>
    public required IReadOnlyList<string> Paths { get; init; }

    /// <summary>How messages name the files; default: their paths.</summary>
    public IReadOnlyList<string>? Names { get; init; }

    /// <summary>Name of one more column, a BIGINT behind the others: the ordinal of the row's batch, from 0, counted over all
    /// files. Who reads with several threads and wants the order back sorts by it: rows of a batch come in their order.
    /// Default: no such column.</summary>
    public string? BatchColumn { get; init; }
}
