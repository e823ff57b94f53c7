using Quern.Models.Results;
using Quern.Projects.Nodes;

namespace Quern.Models.Scheduling;

/// <summary>A resource that takes part in a run, with what it waits for.</summary>
/// <param name="resource">The resource.</param>
sealed class RunNode(Resource resource)
{
    /// <summary>The resource.</summary>
    public Resource Resource { get; } = resource;

    /// <summary>Those that wait for it.</summary>
    public List<RunNode> Children { get; } = [];

    /// <summary>Those it waits for, each once.</summary>
    public List<RunNode> Parents { get; } = [];

    /// <summary>Parents that have not ended.</summary>
    public int Waiting { get; set; }

    /// <summary>The longest way to it from a node that waits for nothing.</summary>
    public int Level { get; set; }

    /// <summary>How it ended; null before.</summary>
    public NodeResult? Result { get; set; }

    /// <summary>Whether what waits for it is to be skipped.</summary>
    public bool Stops { get; set; }

    /// <summary>Whether it counts and is told of; ephemeral models do neither.</summary>
    public bool IsCounted => Resource is not Node { IsEphemeral: true };

    /// <summary>Makes another wait for this one.</summary>
    public void Precede(RunNode child)
    {
        if (child == this || child.Parents.Contains(this)) return;
        Children.Add(child);
        child.Parents.Add(this);
    }

    /// <inheritdoc/>
    public override string ToString() => Resource.Id;
}
