namespace Quern.Rollups.Building;

/// <summary>What a store is built of, and where.</summary>
public sealed record RollupBuildRequest
{
    /// <summary>Absolute path that relative paths of the request begin from: the caller's directory.</summary>
    public required string BaseDirectory { get; init; }

    /// <summary>Folder of the quern.yml that declares the fold.</summary>
    public required string ProjectFolder { get; init; }

    /// <summary>Which fold; null for the only one. Default: null.</summary>
    public string? Fold { get; init; }

    /// <summary>Files, folders and globs to read; empty for those that the declaration names, from the project's folder. Default: empty.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>The folder of the store, which is replaced as a whole.</summary>
    public required string Store { get; init; }

    /// <summary>What answers queries that no grain can: parquet, raw or none; null for what the declaration says. Default: null.</summary>
    public string? Fallback { get; init; }

    /// <summary>Writes the grains for other tools, too, beside the store: arrow (files with LZ4), arrow-uncompressed (files that can be mapped), or
    /// duckdb (tables of a database); null for not. Default: null.</summary>
    public string? Export { get; init; }

    /// <summary>Folds all files, even if the store is what they give. Default: false.</summary>
    public bool Rebuild { get; init; }

    /// <summary>File that takes rows that cannot be read; null for an end at the first one. Default: null.</summary>
    public string? Rejects { get; init; }

    /// <summary>The most rows to set aside: a number, or a percentage with %; null for any number. Default: null.</summary>
    public string? MaxRejects { get; init; }

    /// <summary>Threads. Default: 2.</summary>
    public int Threads { get; init; } = 2;

    /// <summary>Folder for temporary files; null for the system's. Default: null.</summary>
    public string? TempDirectory { get; init; }
}
