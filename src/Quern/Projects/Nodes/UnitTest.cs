using Quern.Jinja.Values;

namespace Quern.Projects.Nodes;

/// <summary>A model over given rows, compared with expected rows.</summary>
public sealed class UnitTest : Resource
{
    /// <inheritdoc/>
    public override ResourceKind Kind => ResourceKind.UnitTest;

    /// <summary>Name of the model it tests.</summary>
    public required string Model { get; init; }

    /// <summary>What stands for each input: the call as text (<c>ref('orders')</c>, <c>this</c>) and its rows.</summary>
    public required IReadOnlyList<Fixture> Given { get; init; }

    /// <summary>The rows expected.</summary>
    public required Fixture Expect { get; init; }

    /// <summary>Overrides of macros, vars and environment variables, as YAML gives them. Default: none.</summary>
    public Dict Overrides { get; init; } = new();
}
