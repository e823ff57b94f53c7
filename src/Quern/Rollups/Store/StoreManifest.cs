using Quern.Folding.Declared;

namespace Quern.Rollups.Store;

/// <summary>What manifest.json says of a store.</summary>
sealed record StoreManifest
{
    /// <summary>The version of Quern that wrote it.</summary>
    public required string Quern { get; init; }

    /// <summary>The fold that was run.</summary>
    public required Fold Fold { get; init; }

    /// <summary>SHA-256 of the declaration in its canonical form, hexadecimal: what tells two folds apart.</summary>
    public required string FoldHash { get; init; }

    /// <summary>The files that were read, in the order in which they were read.</summary>
    public required IReadOnlyList<SourceFile> Sources { get; init; }

    /// <summary>What became of their rows.</summary>
    public required StoreRows Rows { get; init; }

    /// <summary>Keys of all grains.</summary>
    public required IReadOnlyList<KeyEntry> Keys { get; init; }

    /// <summary>Measures of all grains.</summary>
    public required IReadOnlyList<StoredMeasure> Measures { get; init; }

    /// <summary>In the order of the fold.</summary>
    public required IReadOnlyList<GrainEntry> Grains { get; init; }

    /// <summary>Rows as Parquet for what no grain can answer, by their paths in the store; empty when there are none.</summary>
    public IReadOnlyList<string> Fallback { get; init; } = [];

    /// <summary>All files of the store but the manifest, in the order of their paths.</summary>
    public required IReadOnlyList<StoreFile> Files { get; init; }
}
