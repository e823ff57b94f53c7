using Quern.Jinja.Values;

namespace Quern.Projects.Nodes;

/// <summary>What YAML says of a column.</summary>
public sealed class ColumnInfo
{
    /// <summary>Its name as YAML spells it.</summary>
    public required string Name { get; init; }

    /// <summary>Default: empty.</summary>
    public string Description { get; set; } = "";

    /// <summary>The type a contract asks for; null when none is given.</summary>
    public string? DataType { get; init; }

    /// <summary>Whether its name is always quoted.</summary>
    public bool Quote { get; init; }

    /// <summary>Default: empty.</summary>
    public Dict Meta { get; init; } = new();

    /// <summary>Default: none.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>As YAML gives them.</summary>
    public IReadOnlyList<object?> Constraints { get; init; } = [];
}
