using Quern.Csv.Inference;

namespace Quern.Csv.Schemas;

/// <summary>What a schema was made from. Nothing of it has an effect on how files are read.</summary>
public sealed record SchemaEvidence
{
    /// <summary>Files.</summary>
    public int Files { get; init; }

    /// <summary>Files of these without a record.</summary>
    public int EmptyFiles { get; init; }

    /// <summary>Rows whose cells were looked at.</summary>
    public long Rows { get; init; }

    /// <summary>Rows of another width than their file's, which were not; 0 where every row was looked at.</summary>
    public long RaggedRows { get; init; }

    /// <summary>Every row was looked at; otherwise rows from the head, the middle and the tail of every file.</summary>
    public bool IsAll { get; init; }

    /// <summary>How delimiter, quotes, header and encoding were found, a sentence each.</summary>
    public IReadOnlyList<string> Dialect { get; init; } = [];

    /// <summary>Of <see cref="Dialect"/>, what a person should look at.</summary>
    public IReadOnlyList<string> Doubts => [.. Dialect.Where(sentence => sentence == DialectGuess.OpenQuote)];
}
