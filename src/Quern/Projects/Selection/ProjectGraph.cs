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
            var own = new int[parents.Count];
            var count = 0;
            foreach (var parent in parents)
                if (numbers.TryGetValue(parent, out var number)) own[count++] = number;
            _readsOutside[i] = count < own.Length;
            _parents[i] = count < own.Length ? own[..count] : own;
            foreach (var parent in _parents[i]) (children[parent] ??= []).Add(i);
        }
        _children = Array.ConvertAll(children, c => c?.ToArray() ?? []);
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
        var numbers = new Dictionary<string, int>(resources.Count, StringComparer.Ordinal);
        for (var i = 0; i < resources.Count; i++) numbers.Add(resources[i].Id, i);
        var waiting = new int[resources.Count];
        var readers = new List<int>[resources.Count];
        for (var i = 0; i < waiting.Length; i++)
        {
            // A parent that is named twice is waited for twice, and comes twice.
            foreach (var parent in resources[i].DependsOn)
            {
                if (!numbers.TryGetValue(parent, out var number)) continue;
                waiting[i]++;
                (readers[number] ??= []).Add(i);
            }
        }
        var ordered = new List<Resource>(resources.Count);
        var ready = new int[resources.Count];
        var (next, end) = (0, 0);
        for (var i = 0; i < waiting.Length; i++)
            if (waiting[i] == 0) ready[end++] = i;
        while (next < end)
        {
            var number = ready[next++];
            ordered.Add(resources[number]);
            foreach (var reader in readers[number] ?? [])
                if (--waiting[reader] == 0) ready[end++] = reader;
        }
        for (var i = 0; ordered.Count < resources.Count && i < waiting.Length; i++)
            if (waiting[i] > 0) ordered.Add(resources[i]);
        return [.. ordered];
    }
}
