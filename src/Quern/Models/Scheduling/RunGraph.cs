using Quern.Projects;
using Quern.Projects.Nodes;

namespace Quern.Models.Scheduling;

/// <summary>What runs, and what waits for what.</summary>
/// <remarks>A node waits for the nearest of those it reads that run too, also through ones that do not; and, unlike in the project's own
/// graph, for the tests of all it reads: a test comes before each node that reads everything that the test reads. A unit test comes before
/// the model it tests.</remarks>
sealed class RunGraph
{
    readonly Manifest _manifest;
    readonly Dictionary<string, RunNode> _nodes = new(StringComparer.Ordinal);
    readonly Dictionary<string, HashSet<RunNode>> _nearest = new(StringComparer.Ordinal);
    readonly Dictionary<string, HashSet<string>> _ancestors = new(StringComparer.Ordinal);

    /// <summary>Builds the graph.</summary>
    /// <param name="resources">What runs.</param>
    /// <param name="manifest">Everything there is.</param>
    /// <exception cref="QuernException">QN7111: nodes wait for each other in a circle.</exception>
    public RunGraph(IEnumerable<Resource> resources, Manifest manifest)
    {
        _manifest = manifest;
        foreach (var resource in resources.Where(Runs)) _nodes.TryAdd(resource.Id, new RunNode(resource));
        foreach (var node in _nodes.Values)
        {
            var reads = node.Resource is UnitTest test ? Tested(test)?.DependsOn ?? [] : node.Resource.DependsOn;
            foreach (var parent in Nearest(reads)) parent.Precede(node);
        }
        foreach (var test in _nodes.Values.Where(n => n.Resource is UnitTest))
            if (Tested((UnitTest)test.Resource) is { } model && _nodes.TryGetValue(model.Id, out var tested)) test.Precede(tested);
        PutTestsFirst();
        Order = Sorted();
    }

    /// <summary>The nodes so that each comes after those it waits for; equal ones by id.</summary>
    public IReadOnlyList<RunNode> Order { get; }

    static bool Runs(Resource resource) => resource.Kind
        is ResourceKind.Model or ResourceKind.Seed or ResourceKind.Snapshot or ResourceKind.Test or ResourceKind.UnitTest or ResourceKind.Exposure;

    Node? Tested(UnitTest test) =>
        test.DependsOn.Select(_manifest.Find).OfType<Node>().FirstOrDefault(n => n.Kind == ResourceKind.Model && n.Name == test.Model)
        ?? _manifest.Nodes.Values.FirstOrDefault(n => n.Kind == ResourceKind.Model && n.Name == test.Model && n.Package == test.Package);

    IEnumerable<RunNode> Nearest(IEnumerable<string> reads) =>
        reads.SelectMany(id => _nodes.TryGetValue(id, out var node) ? [node] : NearestAbove(id));

    HashSet<RunNode> NearestAbove(string id)
    {
        if (_nearest.TryGetValue(id, out var known)) return known;
        var found = new HashSet<RunNode>();

        // Set before it is filled: a circle among nodes that do not run ends here.
        _nearest[id] = found;
        if (_manifest.Find(id) is { } resource) found.UnionWith(Nearest(resource.DependsOn));
        return found;
    }

    HashSet<string> Ancestors(string id)
    {
        if (_ancestors.TryGetValue(id, out var known)) return known;
        var found = new HashSet<string>(StringComparer.Ordinal);
        _ancestors[id] = found;
        foreach (var parent in _manifest.Find(id)?.DependsOn ?? [])
        {
            if (found.Add(parent)) found.UnionWith(Ancestors(parent));
        }
        return found;
    }

    /// <summary>Edges to the first nodes only that read all that a test reads: what comes later waits for these.</summary>
    void PutTestsFirst()
    {
        var builds = _nodes.Values.Where(n => n.Resource.Kind is ResourceKind.Model or ResourceKind.Snapshot or ResourceKind.Exposure or ResourceKind.Seed)
            .ToDictionary(n => n, n => n.Parents.Where(p => p.Resource.Kind is not (ResourceKind.Test or ResourceKind.UnitTest)).ToList());
        if (builds.Count == 0) return;
        var tests = _nodes.Values.Where(n => n.Resource.Kind == ResourceKind.Test && n.Resource.DependsOn.Count > 0).ToList();
        if (tests.Count == 0) return;
        var ofOne = tests.Where(t => t.Resource.DependsOn.Count == 1).ToLookup(t => t.Resource.DependsOn[0], StringComparer.Ordinal);
        var ofMany = tests.Where(t => t.Resource.DependsOn.Count > 1)
            .SelectMany(t => t.Resource.DependsOn.Select(read => (read, t))).ToLookup(p => p.read, p => p.t, StringComparer.Ordinal);
        foreach (var (node, parents) in builds)
        {
            var above = Ancestors(node.Resource.Id);

            // Where all it reads runs too, a test of one thing further above comes before one of these already.
            var near = node.Resource.DependsOn.TrueForAll(id => _nodes.ContainsKey(id) || _manifest.Sources.ContainsKey(id));
            var before = (near ? node.Resource.DependsOn : above.AsEnumerable()).SelectMany(id => ofOne[id]);
            if (ofMany.Count > 0) before = before.Concat(above.SelectMany(id => ofMany[id])).Distinct();
            foreach (var test in before.ToList())
            {
                var reads = test.Resource.DependsOn;
                if (!reads.TrueForAll(above.Contains)) continue;
                if (parents.Exists(p => reads.TrueForAll(Ancestors(p.Resource.Id).Contains))) continue;
                test.Precede(node);
            }
        }
    }

    List<RunNode> Sorted()
    {
        var order = new List<RunNode>(_nodes.Count);
        var ready = new Queue<RunNode>();
        foreach (var node in _nodes.Values)
        {
            node.Waiting = node.Parents.Count;
            if (node.Waiting == 0) ready.Enqueue(node);
        }
        while (ready.TryDequeue(out var node))
        {
            order.Add(node);
            foreach (var child in node.Children)
            {
                child.Level = Math.Max(child.Level, node.Level + 1);
                if (--child.Waiting == 0) ready.Enqueue(child);
            }
        }
        if (order.Count < _nodes.Count) throw Circle(_nodes.Values.Except(order));
        foreach (var node in order) node.Waiting = node.Parents.Count;
        return [.. order.OrderBy(n => n.Level).ThenBy(n => n.Resource.Id, StringComparer.Ordinal)];
    }

    static QuernException Circle(IEnumerable<RunNode> nodes) => new(new Fault("QN7111", "models read each other in a circle")
    {
        Value = string.Join(", ", nodes.Select(n => n.Resource.Id).Take(10)),
        Try = ["take one `ref` of the circle out"],
        ExitCode = ExitCode.Usage,
    });
}
