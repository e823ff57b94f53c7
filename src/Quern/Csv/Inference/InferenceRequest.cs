namespace Quern.Csv.Inference;

/// <summary>Which files are looked at for their types, and how closely.</summary>
public sealed record InferenceRequest
{
    /// <summary>Absolute path that relative inputs start from.</summary>
    public required string BaseDirectory { get; init; }

    /// <summary>Files, folders and globs, or a dash for standard input; of folders the names that end in .csv, .tsv or .txt, compressed or
    /// not.</summary>
    public required IReadOnlyList<string> Inputs { get; init; }

    /// <summary>What is said about the files. Default: nothing.</summary>
    public CsvHints Hints { get; init; } = new();

    /// <summary>Absolute path that the schema will be written to, which must not be an input. Default: null, none.</summary>
    public string? Output { get; init; }

    /// <summary>Every row is looked at, not a sample. Default: false.</summary>
    public bool All { get; init; }

    /// <summary>Threads that look. Default: 1.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Told how many bytes of files will be read, before they are, when every row is looked at. Default: null.</summary>
    public Action<long>? BytesKnown { get; init; }

    /// <summary>Told how many more bytes of the files have been read; called by all threads. Default: null.</summary>
    public Action<long>? BytesRead { get; init; }

    /// <summary>Extremes and the number of different values are wanted of every column. Default: false.</summary>
    internal bool Measures { get; init; }

    /// <summary>Bytes of the head of each file, or of all that is looked at of an input that comes only once. Default: 256 KiB.</summary>
    internal int HeadBytes { get; init; } = FileStart.DefaultBytes;

    /// <summary>Bytes of each part of a sample; 0 for those that suit the number of files. Default: 0.</summary>
    internal int PartBytes { get; init; }
}
