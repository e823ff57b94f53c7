using Quern.Jinja.Values;
using Quern.Projects.Nodes;

namespace Quern.Projects.Reading;

/// <summary>Finds what calls of <c>ref</c> and <c>source</c> mean, also among what is disabled.</summary>
/// <remarks>A name without a package is looked for in the root project, then in the caller's package, then in any.</remarks>
sealed class NameIndex
{
    readonly Dictionary<string, List<Node>> _nodes = new(StringComparer.Ordinal);
    readonly Dictionary<(string Source, string Table), List<SourceTable>> _sources = [];
    readonly string _root;

    public NameIndex(Manifest manifest, string root)
    {
        _root = root;
        foreach (var resource in manifest.Resources.Concat(manifest.Disabled.Values))
        {
            if (resource is Node { Kind: ResourceKind.Model or ResourceKind.Seed or ResourceKind.Snapshot } node) Add(_nodes, node.Name, node);
            else if (resource is SourceTable table) Add(_sources, (table.Source, table.Name), table);
        }
    }

    /// <summary>The node of a call; null when there is none.</summary>
    public Node? Find(RefCall call, string package)
    {
        if (!_nodes.TryGetValue(call.Name, out var named)) return null;
        var version = call.Version is null ? null : PythonText.Of(call.Version);
        return Choose(named.Where(n => version is null ? n.Version is null || Same(n.Version, n.LatestVersion) : Same(n.Version, version)), call.Package, package);
    }

    /// <summary>The table of a call; null when there is none.</summary>
    public SourceTable? Find(SourceCall call, string package) =>
        _sources.TryGetValue((call.Source, call.Table), out var tables) ? Choose(tables, null, package) : null;

    /// <summary>What a wrong name probably means; null when nothing is near.</summary>
    public string? Nearest(RefCall call) => NearestName.Of(call.Name, _nodes.Keys);

    /// <summary>What a wrong name probably means; null when nothing is near.</summary>
    public string? Nearest(SourceCall call) =>
        NearestName.Of($"{call.Source}.{call.Table}", _sources.Keys.Select(k => $"{k.Source}.{k.Table}"));

    T? Choose<T>(IEnumerable<T> candidates, string? asked, string own)
        where T : Resource
    {
        // What is enabled comes before what is not.
        var list = candidates.OrderBy(c => c.Config.Enabled ? 0 : 1).ToList();
        if (asked is not null) return list.Find(c => c.Package == asked);
        return list.Find(c => c.Package == _root) ?? list.Find(c => c.Package == own) ?? list.FirstOrDefault();
    }

    static bool Same(object? version, object? other) => version is not null && other is not null && PythonText.Of(version) == PythonText.Of(other);

    static void Add<TKey, T>(Dictionary<TKey, List<T>> index, TKey key, T value)
        where TKey : notnull
    {
        if (!index.TryGetValue(key, out var list)) index[key] = list = [];
        list.Add(value);
    }
}
