namespace Quern.Models.Results;

/// <summary>What became of a run of nodes.</summary>
/// <param name="Results">Nodes and hooks in the order in which they ended.</param>
/// <param name="Seconds">From begin to end.</param>
/// <param name="IsInterrupted">Whether the user stopped it.</param>
public sealed record RunResults(IReadOnlyList<NodeResult> Results, double Seconds, bool IsInterrupted)
{
    /// <summary>Whether a node failed, or was skipped because one did.</summary>
    public bool HasFailed => Results.Any(r => r.Status is NodeStatus.Error or NodeStatus.Fail or NodeStatus.PartialSuccess or NodeStatus.Skipped);
}
