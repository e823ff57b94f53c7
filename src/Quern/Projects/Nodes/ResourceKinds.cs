namespace Quern.Projects.Nodes;

/// <summary>Names of kinds.</summary>
public static class ResourceKinds
{
    /// <summary>The name in unique ids, artifacts and <c>resource_type:</c>: <c>unit_test</c>.</summary>
    public static string Name(this ResourceKind kind) => kind switch
    {
        ResourceKind.UnitTest => "unit_test",
        _ => kind.ToString().ToLowerInvariant(),
    };
}
