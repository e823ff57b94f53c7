namespace Quern.Projects.Nodes;

/// <summary>A use of models outside of the project: a dashboard, a notebook.</summary>
public sealed class Exposure : Resource
{
    /// <inheritdoc/>
    public override ResourceKind Kind => ResourceKind.Exposure;

    /// <summary>What YAML says of it, as it stands there: type, owner, maturity, url, label.</summary>
    public required IReadOnlyDictionary<string, object?> Properties { get; init; }
}
