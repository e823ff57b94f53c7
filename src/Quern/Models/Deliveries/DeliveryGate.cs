using Quern.Models.Results;
using Quern.Models.Scheduling;
using Quern.Projects.Nodes;

namespace Quern.Models.Deliveries;

/// <summary>Lets a delivery through when this run has built its model and nothing speaks against it.</summary>
/// <param name="results">What became of the run.</param>
sealed class DeliveryGate(RunResults results)
{
    /// <summary>Why a delivery is skipped; null when it is not.</summary>
    /// <remarks>A test that only warns does not stop it; one that was skipped does, as nobody knows what it would have said.</remarks>
    public string? Reason(PlannedDelivery delivery)
    {
        var node = delivery.Node;
        if (results.IsInterrupted) return "the run was stopped";
        if (results.Results.LastOrDefault(r => r.Node.Id == node.Id) is not { } own) return $"{node.Name} was not selected";
        if (own.Status != NodeStatus.Success) return $"{node.Name} ended with {own.Status.Name()}";
        var test = results.Results.FirstOrDefault(r =>
            r.Node.Kind is ResourceKind.Test or ResourceKind.UnitTest && r.Node.DependsOn.Contains(node.Id) && SkipReason.Stops(r));
        return test is null ? null : $"test {test.Node.Name} ended with {test.Status.Name()}";
    }
}
