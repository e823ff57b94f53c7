using Quern.Projects.Nodes;

namespace Quern.Models.Results;

/// <summary>Is told what a run does, from any of its threads, one call at a time. Default: nothing happens.</summary>
public class RunWatcher
{
    /// <summary>A run begins: what will run, the hooks not among it.</summary>
    /// <param name="nodes">The nodes that count, in order.</param>
    /// <param name="threads">Nodes at a time.</param>
    public virtual void Begin(IReadOnlyList<Resource> nodes, int threads)
    {
    }

    /// <summary>A node begins.</summary>
    /// <param name="index">Its number, from 1.</param>
    /// <param name="total">How many there are.</param>
    /// <param name="node">The node.</param>
    public virtual void Started(int index, int total, Resource node)
    {
    }

    /// <summary>A node ended, or was skipped without beginning.</summary>
    public virtual void Finished(int index, int total, NodeResult result)
    {
    }
}
