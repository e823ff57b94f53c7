using Quern.Models.Scheduling;
using Quern.Projects;
using Quern.Projects.Nodes;

namespace Quern.Tests.Models.Scheduling;

public sealed class RunGraphTests
{
    /// <summary>Every order that the whole graph asks for holds among the nodes that run, and no other.</summary>
    [Fact]
    public void What_waits_for_what_is_what_brute_force_finds()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            var manifest = new Manifest();
            var models = Enumerable.Range(0, random.Next(2, 10)).Select(i => Add(manifest, ResourceKind.Model, $"m{i}")).ToList();
            for (var i = 1; i < models.Count; i++)
            {
                foreach (var parent in models.Take(i).Where(_ => random.Next(3) == 0)) models[i].DependsOn.Add(parent.Id);
            }
            for (var i = 0; i < random.Next(6); i++)
            {
                var test = Add(manifest, ResourceKind.Test, $"t{i}");
                foreach (var read in models.OrderBy(_ => random.Next()).Take(random.Next(1, 4))) test.DependsOn.Add(read.Id);
            }
            var run = manifest.Nodes.Values.Where(_ => random.Next(4) > 0).ToList();
            var graph = new RunGraph(run, manifest);
            var wanted = BruteForce(manifest, run);
            foreach (var node in graph.Order)
            {
                var got = Above(node).Select(n => n.Resource.Id).ToHashSet();
                Assert.Equal(wanted[node.Resource.Id].Order(StringComparer.Ordinal), got.Order(StringComparer.Ordinal));
                Assert.Equal(node.Parents.Count, node.Waiting);
                Assert.All(node.Parents, p => Assert.True(p.Level < node.Level));
            }
        }
    }

    [Fact]
    public void A_circle_is_an_error()
    {
        var manifest = new Manifest();
        var a = Add(manifest, ResourceKind.Model, "a");
        var b = Add(manifest, ResourceKind.Model, "b");
        a.DependsOn.Add(b.Id);
        b.DependsOn.Add(a.Id);
        Assert.Equal("QN7111", Assert.Throws<QuernException>(() => new RunGraph([a, b], manifest)).Fault.Code);
    }

    static IEnumerable<RunNode> Above(RunNode node) => node.Parents.SelectMany(p => Above(p).Prepend(p)).Distinct();

    /// <summary>The closure of "reads" and "is a test of nothing but what is read" over all nodes, then cut down to those that run.</summary>
    static Dictionary<string, HashSet<string>> BruteForce(Manifest manifest, List<Node> run)
    {
        var reads = Close(manifest.Nodes.Values.ToDictionary(n => n.Id, n => n.DependsOn.ToHashSet()));
        var ran = run.Select(r => r.Id).ToHashSet();
        var before = run.ToDictionary(
            n => n.Id,
            n => reads[n.Id].Where(ran.Contains)
                .Concat(n.Kind == ResourceKind.Test ? [] : run.Where(t => t.Kind == ResourceKind.Test && t.DependsOn.TrueForAll(reads[n.Id].Contains)).Select(t => t.Id))
                .ToHashSet());
        return Close(before);
    }

    static Dictionary<string, HashSet<string>> Close(Dictionary<string, HashSet<string>> edges)
    {
        for (var grew = true; grew;)
        {
            grew = false;
            foreach (var (_, parents) in edges)
            {
                var count = parents.Count;
                parents.UnionWith(parents.ToList().SelectMany(p => edges[p]).ToList());
                grew |= parents.Count > count;
            }
        }
        return edges;
    }

    static Node Add(Manifest manifest, ResourceKind kind, string name) => manifest.Nodes[$"{kind.Name()}.shop.{name}"] = new Node(kind)
    {
        Id = $"{kind.Name()}.shop.{name}",
        Name = name,
        Package = "shop",
        PackageFolder = "/shop",
        File = $"{name}.sql",
        PathInRoot = $"{name}.sql",
        Path = ["shop", name],
    };
}
