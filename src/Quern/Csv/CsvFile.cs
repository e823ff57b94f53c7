namespace Quern.Csv;

/// <summary>A file to read.</summary>
/// <param name="Path">Where it is; gzip when it ends in <c>.gz</c>, zstd when it ends in <c>.zst</c>; <c>-</c> is standard input.</param>
/// <param name="Name">How messages name it.</param>
sealed record CsvFile(string Path, string Name)
{
    /// <summary>For each column of the read, its position in this file's rows; -1 when they do not have it. Default: null, the same
    /// positions as in the read.</summary>
    public IReadOnlyList<int>? Positions { get; init; }

    /// <summary>Cells of its rows. Default: null, as many as the read has columns.</summary>
    public int? Width { get; init; }

    /// <summary>For each column of the read that its rows do not have, the text of all its cells, such as the value of a hive
    /// partition; null for NULL. Default: null, NULL for all.</summary>
    public IReadOnlyList<string?>? Constants { get; init; }

    /// <summary>How its bytes stand for characters. Default: null, as <see cref="CsvDialect.Encoding"/> says.</summary>
    public CsvEncoding? Encoding { get; init; }

    /// <summary>Where its bytes come from when they can be read only once. Default: null, the file at the path.</summary>
    public CsvInput? Input { get; init; }

    /// <summary>Not null when its bytes can be read only once.</summary>
    public CsvInput? Once => Input ?? (Path == "-" ? CsvInput.Standard : null);
}
