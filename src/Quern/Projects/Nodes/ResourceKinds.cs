namespace Quern.Projects.Nodes;

/// <summary>Names of kinds.</summary>
public static class ResourceKinds
{
    /// <summary>All kinds; the place of each is its number.</summary>
    internal static readonly ResourceKind[] All =
    [
        ResourceKind.Model, ResourceKind.Seed, ResourceKind.Snapshot, ResourceKind.Test, ResourceKind.UnitTest,
        ResourceKind.Analysis, ResourceKind.Operation, ResourceKind.Source, ResourceKind.Exposure,
    ];

    /// <summary>The name in unique ids, artifacts and <c>resource_type:</c>: <c>unit_test</c>.</summary>
    public static string Name(this ResourceKind kind) => kind switch
    {
        ResourceKind.Model => "model",
        ResourceKind.Seed => "seed",
        ResourceKind.Snapshot => "snapshot",
        ResourceKind.Test => "test",
        ResourceKind.UnitTest => "unit_test",
        ResourceKind.Analysis => "analysis",
        ResourceKind.Operation => "operation",
        ResourceKind.Source => "source",
        ResourceKind.Exposure => "exposure",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
