using Quern.Jinja.Values;

namespace Quern.Projects.Nodes;

/// <summary>A table of a source.</summary>
public sealed class SourceTable : Resource
{
    /// <inheritdoc/>
    public override ResourceKind Kind => ResourceKind.Source;

    /// <summary>Name of the source it belongs to.</summary>
    public required string Source { get; init; }

    /// <summary>Catalog.</summary>
    public required string Database { get; init; }

    /// <summary>Schema.</summary>
    public required string Schema { get; init; }

    /// <summary>Name in the database.</summary>
    public required string Identifier { get; init; }

    /// <summary>Where its data lies, ready to stand in SQL (specification section 3.8); null for a relation of the database.</summary>
    public string? ExternalLocation { get; init; }

    /// <summary>Description of the source itself. Default: empty.</summary>
    public string SourceDescription { get; init; } = "";

    /// <summary>Default: empty.</summary>
    public Dict SourceMeta { get; init; } = new();

    /// <summary>Columns that YAML describes, by name, in order.</summary>
    public OrderedDictionary<string, ColumnInfo> Columns { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Column that says when a row came; null without one.</summary>
    public string? LoadedAtField { get; init; }

    /// <summary>Query for the moment at which its last row came; null without one.</summary>
    public string? LoadedAtQuery { get; init; }

    /// <summary>How fresh it must be, as YAML gives it; null when not asked for.</summary>
    public object? Freshness { get; init; }
}
