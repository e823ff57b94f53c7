using Quern.Projects.Nodes;

namespace Quern.Projects;

/// <summary>Everything a project and its packages define, checked and linked: what selection selects from and what a run runs.</summary>
public sealed class Manifest
{
    /// <summary>Models, seeds, snapshots, tests, analyses and operations that are enabled, by id, in order of parsing.</summary>
    public OrderedDictionary<string, Node> Nodes { get; } = new(StringComparer.Ordinal);

    /// <summary>Tables of sources, by id.</summary>
    public OrderedDictionary<string, SourceTable> Sources { get; } = new(StringComparer.Ordinal);

    /// <summary>Exposures, by id.</summary>
    public OrderedDictionary<string, Exposure> Exposures { get; } = new(StringComparer.Ordinal);

    /// <summary>Unit tests, by id.</summary>
    public OrderedDictionary<string, UnitTest> UnitTests { get; } = new(StringComparer.Ordinal);

    /// <summary>What is switched off, by id.</summary>
    public OrderedDictionary<string, Resource> Disabled { get; } = new(StringComparer.Ordinal);

    /// <summary>Texts of <c>docs</c> blocks by <c>package.name</c>.</summary>
    public Dictionary<string, string> Docs { get; } = new(StringComparer.Ordinal);

    /// <summary>All resources that take part.</summary>
    public IEnumerable<Resource> Resources =>
        Nodes.Values.Cast<Resource>().Concat(Sources.Values).Concat(Exposures.Values).Concat(UnitTests.Values);

    /// <summary>Finds a resource by its id; null when there is none.</summary>
    public Resource? Find(string id) =>
        Nodes.TryGetValue(id, out var node) ? node
        : Sources.TryGetValue(id, out var source) ? source
        : Exposures.TryGetValue(id, out var exposure) ? exposure
        : UnitTests.GetValueOrDefault(id);

    /// <summary>For each id the ids of those that read it.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Children()
    {
        var children = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var resource in Resources) children[resource.Id] = [];
        foreach (var resource in Resources)
        {
            foreach (var parent in resource.DependsOn)
                if (children.TryGetValue(parent, out var list)) list.Add(resource.Id);
        }
        return children.ToDictionary(c => c.Key, c => (IReadOnlyList<string>)c.Value, StringComparer.Ordinal);
    }
}
