using Quern.Projects.Nodes;

namespace Quern.Projects.Selection;

/// <summary>The resources of a manifest as numbers, in an order in which parents come before their children, with their edges.</summary>
sealed class ProjectGraph
{
    readonly int[][] _parents;
    readonly int[][] _children;
    readonly bool[] _readsOutside;

    public ProjectGraph(Manifest manifest)
    {
        Resources = Order([.. manifest.Resources]);
        var numbers = new Dictionary<string, int>(Resources.Length, StringComparer.Ordinal);
        for (var i = 0; i < Resources.Length; i++) numbers[Resources[i].Id] = i;
        var children = new List<int>[Resources.Length];
        _parents = new int[Resources.Length][];
        _readsOutside = new bool[Resources.Length];
        for (var i = 0; i < Resources.Length; i++)
        {
            var parents = Resources[i].DependsOn;
            _readsOutside[i] = !parents.All(numbers.ContainsKey);
            _parents[i] = [.. parents.Where(numbers.ContainsKey).Select(p => numbers[p])];
            foreach (var parent in _parents[i]) (children[parent] ??= []).Add(i);
        }
        _children = [.. children.Select(c => c?.ToArray() ?? [])];
        Numbers = numbers;
    }

    /// <summary>By number.</summary>
    public Resource[] Resources { get; }

    /// <summary>Number by id.</summary>
    public IReadOnlyDictionary<string, int> Numbers { get; }

    /// <summary>Parents of a number, as far as they take part.</summary>
    public IReadOnlyList<int> Parents(int number) => _parents[number];

    public NodeSet None() => new(Resources.Length);

    /// <summary>Whether all that a resource reads is in a set; something that takes no part is in none.</summary>
    public bool ReadsOnly(int number, NodeSet set) => !_readsOutside[number] && Array.TrueForAll(_parents[number], p => set[p]);

    /// <summary>All ancestors of a set up to a number of steps (null: any); a member is in only when it is another's ancestor.</summary>
    public NodeSet Ancestors(NodeSet of, int? steps = null) => Reach(of, steps, _parents);

    /// <summary>All descendants of a set up to a number of steps (null: any).</summary>
    public NodeSet Descendants(NodeSet of, int? steps = null) => Reach(of, steps, _children);

    NodeSet Reach(NodeSet from, int? steps, int[][] edges)
    {
        var found = None();
        var front = from.Members.ToList();
        for (var step = 0; front.Count > 0 && (steps is not { } limit || step < limit); step++)
        {
            var next = new List<int>();
            foreach (var number in front)
            {
                foreach (var neighbour in edges[number])
                    if (found.Add(neighbour)) next.Add(neighbour);
            }
            front = next;
        }
        return found;
    }

    // Kahn (1962), first come first served, so that the manifest's order stays where edges leave a choice. What hangs in a circle
    // (linking refuses circles) keeps its place at the end.
    static Resource[] Order(List<Resource> resources)
    {
        var byId = resources.ToDictionary(r => r.Id, StringComparer.Ordinal);
        var waiting = resources.ToDictionary(r => r.Id, r => r.DependsOn.Distinct(StringComparer.Ordinal).Count(byId.ContainsKey),
            StringComparer.Ordinal);
        var readers = new Dictionary<string, List<Resource>>(StringComparer.Ordinal);
        foreach (var resource in resources)
        {
            foreach (var parent in resource.DependsOn.Distinct(StringComparer.Ordinal).Where(byId.ContainsKey))
            {
                if (!readers.TryGetValue(parent, out var list)) readers[parent] = list = [];
                list.Add(resource);
            }
        }
        var ordered = new List<Resource>(resources.Count);
        var ready = new Queue<Resource>(resources.Where(r => waiting[r.Id] == 0));
        while (ready.TryDequeue(out var resource))
        {
            ordered.Add(resource);
            foreach (var reader in readers.GetValueOrDefault(resource.Id) ?? [])
                if (--waiting[reader.Id] == 0) ready.Enqueue(reader);
        }
        if (ordered.Count < resources.Count) ordered.AddRange(resources.Where(r => waiting[r.Id] > 0));
        return [.. ordered];
    }
}
