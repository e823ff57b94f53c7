namespace Quern.Models.Results;

/// <summary>Names of statuses.</summary>
public static class NodeStatuses
{
    /// <summary>The name in artifacts and templates: <c>success</c>, <c>no-op</c>.</summary>
    public static string Name(this NodeStatus status) => status switch
    {
        NodeStatus.NoOp => "no-op",
        NodeStatus.PartialSuccess => "partial success",
        _ => status.ToString().ToLowerInvariant(),
    };
}
