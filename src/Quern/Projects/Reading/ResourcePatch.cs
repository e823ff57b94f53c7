using Quern.Jinja.Values;
using Quern.Projects.Nodes;

namespace Quern.Projects.Reading;

/// <summary>What YAML says of a model, seed, snapshot, singular test or analysis.</summary>
sealed class ResourcePatch
{
    /// <summary>The file it stands in.</summary>
    public required PropertiesFile File { get; init; }

    /// <summary>Section it stands in: <c>models</c>.</summary>
    public required string Section { get; init; }

    /// <summary>Name of the resource.</summary>
    public required string Name { get; init; }

    /// <summary>Line it begins on.</summary>
    public required int Line { get; init; }

    /// <summary>Configuration, rendered but for its hooks.</summary>
    public required Dict Config { get; init; }

    /// <summary>Configuration as it is written.</summary>
    public Dict WrittenConfig { get; init; } = new();

    /// <summary>Description, not rendered.</summary>
    public string Description { get; init; } = "";

    /// <summary>Its columns, descriptions not rendered.</summary>
    public IReadOnlyList<ColumnInfo> Columns { get; init; } = [];

    /// <summary>Its generic tests and those of its columns.</summary>
    public IReadOnlyList<TestEntry> Tests { get; init; } = [];

    /// <summary>Constraints of the whole model.</summary>
    public IReadOnlyList<object?> Constraints { get; init; } = [];

    /// <summary>For a version of a model: the version; null otherwise.</summary>
    public object? Version { get; init; }

    /// <summary>For a version of a model: the latest one; null otherwise.</summary>
    public object? LatestVersion { get; init; }

    /// <summary>For a snapshot that YAML defines: what it keeps the history of, as text; null otherwise.</summary>
    public string? Relation { get; init; }

    /// <summary>Whether a file or block for it was found.</summary>
    public bool IsUsed { get; set; }
}
