using Quern.Models.Results;

namespace Quern.Models.Deliveries;

/// <summary>What became of a delivery.</summary>
/// <param name="Delivery">The delivery.</param>
/// <param name="Status"><see cref="NodeStatus.Success"/>, <see cref="NodeStatus.Error"/> or <see cref="NodeStatus.Skipped"/>.</param>
public sealed record DeliveryResult(PlannedDelivery Delivery, NodeStatus Status)
{
    /// <summary>Rows that the destination has confirmed; null when it has none of them, or stays as it is.</summary>
    public long? Rows { get; init; }

    /// <summary>Why it was skipped; null otherwise.</summary>
    public string? Reason { get; init; }

    /// <summary>What went wrong; null when nothing did.</summary>
    public Fault? Fault { get; init; }

    /// <summary>Seconds from begin to end.</summary>
    public double Seconds { get; init; }
}
