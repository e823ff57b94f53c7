using System.Collections.Frozen;
using Quern.Projects.Nodes;

namespace Quern.Projects.Selection;

/// <summary>Which kinds of resources a verb acts on (specification sections 2.4 and 4).</summary>
public static class VerbKinds
{
    static readonly FrozenSet<ResourceKind> Build =
        Set(ResourceKind.Model, ResourceKind.Seed, ResourceKind.Snapshot, ResourceKind.Test, ResourceKind.UnitTest, ResourceKind.Exposure);

    static readonly FrozenSet<ResourceKind> List =
        Set([.. Build, ResourceKind.Source]);

    static readonly FrozenSet<ResourceKind> Executable = Set(
        ResourceKind.Model, ResourceKind.Seed, ResourceKind.Snapshot, ResourceKind.Test, ResourceKind.Analysis);

    static readonly FrozenDictionary<string, FrozenSet<ResourceKind>> Defaults = new Dictionary<string, FrozenSet<ResourceKind>>
    {
        ["build"] = Build,
        ["run"] = Set(ResourceKind.Model),
        ["seed"] = Set(ResourceKind.Seed),
        ["snapshot"] = Set(ResourceKind.Snapshot),
        ["test"] = Set(ResourceKind.Test, ResourceKind.UnitTest),
        ["list"] = List,
        ["ls"] = List,
        ["compile"] = Executable,
        ["show"] = Executable,
        ["clone"] = Set(ResourceKind.Model, ResourceKind.Seed, ResourceKind.Snapshot),
        ["freshness"] = Set(ResourceKind.Source),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    static readonly FrozenDictionary<string, ResourceKind> ByName =
        Enum.GetValues<ResourceKind>().ToFrozenDictionary(k => k.Name(), StringComparer.Ordinal);

    /// <summary>Names of kinds, as <c>--resource-type</c> takes them.</summary>
    public static IReadOnlyCollection<string> Names { get; } = [.. Enum.GetValues<ResourceKind>().Select(k => k.Name())];

    /// <summary>The kinds a verb acts on unless told otherwise.</summary>
    /// <param name="verb">The verb by dbt's name: <c>build</c>, <c>run</c>, <c>list</c>, <c>freshness</c>.</param>
    public static IReadOnlySet<ResourceKind> Of(string verb) => Defaults.GetValueOrDefault(verb, Executable);

    /// <summary>The kinds a verb acts on for a request.</summary>
    /// <exception cref="QuernException">QN7157: a kind that is not there.</exception>
    public static IReadOnlySet<ResourceKind> Of(string verb, SelectionRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var own = Of(verb);
        var kinds = new HashSet<ResourceKind>();
        foreach (var name in request.ResourceTypes)
        {
            if (name is "all" or "default") kinds.UnionWith(own);
            else if (Kind(name, "--resource-type") is { } kind) kinds.Add(kind);
            if (name == "all" && verb is ("list" or "ls")) kinds.Add(ResourceKind.Analysis);
        }
        if (request.ResourceTypes.Count == 0) kinds.UnionWith(own);
        kinds.ExceptWith(request.ExcludeResourceTypes.Select(name => Kind(name, "--exclude-resource-type")).OfType<ResourceKind>());
        if (verb == "test") kinds.IntersectWith(own);
        return kinds;
    }

    /// <summary>The kind of a name; null for a kind of which a project here has none, such as <c>metric</c>.</summary>
    /// <exception cref="QuernException">QN7157.</exception>
    internal static ResourceKind? Kind(string name, string where) =>
        ByName.TryGetValue(name, out var kind) ? kind
        : name is "metric" or "semantic_model" or "saved_query" or "function" ? null
        : throw SelectionFaults.NoKind(name, where, Names);

    static FrozenSet<ResourceKind> Set(params ResourceKind[] kinds) => kinds.ToFrozenSet();
}
