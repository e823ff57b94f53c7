using Quern.Projects.Nodes;

namespace Quern.Projects.Selection;

/// <summary>What a request selects.</summary>
/// <param name="Resources">The resources of the kinds wanted, parents before their children; ephemeral models are among them.</param>
/// <param name="Warnings">Sentences about criteria that match nothing, in the order in which they stand.</param>
/// <param name="DefaultSelector">Name of the selector of selectors.yml that stood in for a missing request; null when none did.</param>
public sealed record SelectionResult(IReadOnlyList<Resource> Resources, IReadOnlyList<string> Warnings, string? DefaultSelector)
{
    /// <summary>What a run runs: the resources without ephemeral models, which are never run alone.</summary>
    public IEnumerable<Resource> Runnable => Resources.Where(r => r is not Node { IsEphemeral: true });

    /// <summary>Ids of the resources.</summary>
    public IEnumerable<string> Ids => Resources.Select(r => r.Id);
}
