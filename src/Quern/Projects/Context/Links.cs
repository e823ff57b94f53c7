using Quern.Jinja.Values;
using Quern.Projects.Nodes;

namespace Quern.Projects.Context;

/// <summary>What the calls of <c>ref</c> and <c>source</c> mean in a manifest.</summary>
/// <remarks>A name without a package means a node of the caller's package first, then of the root project, then the only one of
/// any.</remarks>
sealed class Links
{
    readonly Dictionary<string, List<Node>> _nodes = new(StringComparer.Ordinal);
    readonly Dictionary<(string, string), List<SourceTable>> _sources = [];
    readonly string _root;

    public Links(Manifest manifest, string root)
    {
        _root = root;
        foreach (var node in manifest.Nodes.Values)
        {
            if (node.Kind is not (ResourceKind.Model or ResourceKind.Seed or ResourceKind.Snapshot)) continue;
            if (!_nodes.TryGetValue(node.Name, out var list)) _nodes[node.Name] = list = [];
            list.Add(node);
        }
        foreach (var table in manifest.Sources.Values)
        {
            if (!_sources.TryGetValue((table.Source, table.Name), out var list)) _sources[(table.Source, table.Name)] = list = [];
            list.Add(table);
        }
    }

    public Node? Find(RefCall call, string package)
    {
        if (!_nodes.TryGetValue(call.Name, out var named)) return null;
        var nodes = named.Where(n => call.Version is null ? IsLatest(n) : SameVersion(n.Version, call.Version)).ToList();
        if (call.Package is { } wanted) return nodes.Find(n => n.Package == wanted);
        return nodes.Find(n => n.Package == package) ?? nodes.Find(n => n.Package == _root) ?? nodes.FirstOrDefault();
    }

    public SourceTable? Find(SourceCall call, string package)
    {
        if (!_sources.TryGetValue((call.Source, call.Table), out var tables)) return null;
        return tables.Find(t => t.Package == package) ?? tables.Find(t => t.Package == _root) ?? tables[0];
    }

    public string? Nearest(RefCall call) => NearestName.Of(call.Name, _nodes.Keys);

    public string? NearestSource(SourceCall call) =>
        NearestName.Of($"{call.Source}.{call.Table}", _sources.Keys.Select(k => $"{k.Item1}.{k.Item2}"));

    static bool IsLatest(Node node) => node.Version is null || SameVersion(node.Version, node.LatestVersion);

    static bool SameVersion(object? a, object? b) => PythonText.Of(a) == PythonText.Of(b);
}
