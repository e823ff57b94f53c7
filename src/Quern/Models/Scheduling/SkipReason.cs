using Quern.Models.Results;
using Quern.Projects.Nodes;

namespace Quern.Models.Scheduling;

/// <summary>Why a node is skipped, as artifacts give it.</summary>
static class SkipReason
{
    /// <summary>Whether what waits for a node is skipped after it.</summary>
    /// <remarks>A test that only warns stops nothing.</remarks>
    public static bool Stops(NodeResult result) => result.Status is NodeStatus.Error or NodeStatus.Fail or NodeStatus.Skipped or NodeStatus.PartialSuccess;

    /// <summary>The message: null, unless an ephemeral model between is to blame (observed, see the shop project's expected
    /// results).</summary>
    public static string? Of(RunNode node)
    {
        var blamed = node.Parents.LastOrDefault(p => p.Stops && !p.IsCounted);
        return blamed is null || node.Resource is not Node { Kind: ResourceKind.Model or ResourceKind.Snapshot or ResourceKind.Test }
            ? null
            : $"Compilation Error in {node.Resource.Id}, caused by compilation error in referenced ephemeral model {blamed.Resource.Id}";
    }
}
