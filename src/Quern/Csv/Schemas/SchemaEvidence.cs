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

    /// <summary>Rows that cannot be read, such as those of another width than their file's, which were passed over.</summary>
    public long RaggedRows { get; init; }

    /// <summary>Every row was looked at; otherwise rows from the head, the middle and the tail of every file.</summary>
    public bool IsAll { get; init; }

    /// <summary>How delimiter, quotes, header and encoding were found, a sentence each.</summary>
    public IReadOnlyList<string> Dialect { get; init; } = [];

    /// <summary>What is wrong with <see cref="RaggedRows"/>: for each kind how many, and file and line of the first.</summary>
    public IReadOnlyList<string> Damage { get; init; } = [];

    /// <summary>Of <see cref="Dialect"/>, what a person should look at.</summary>
    public IReadOnlyList<string> Doubts =>
        [.. Dialect.Where(sentence => sentence.StartsWith(DialectGuess.OpenQuote, StringComparison.Ordinal))];
}
