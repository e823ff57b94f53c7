using Quern.Projects.Nodes;

namespace Quern.Projects.Selection;

/// <summary>Which kinds of resources a verb acts on (specification sections 2.4 and 4).</summary>
static class VerbKinds
{
    static readonly string[] KindNames = Array.ConvertAll(ResourceKinds.All, k => k.Name());

    /// <summary>Names of kinds, as <c>--resource-type</c> takes them.</summary>
    public static IReadOnlyCollection<string> Names => KindNames;

    /// <summary>The kinds a verb acts on unless told otherwise.</summary>
    /// <param name="verb">The verb by dbt's name: <c>build</c>, <c>run</c>, <c>list</c>, <c>freshness</c>.</param>
    public static KindSet Of(string verb) => verb switch
    {
        "run" => ResourceKind.Model,
        "seed" => ResourceKind.Seed,
        "snapshot" => ResourceKind.Snapshot,
        "freshness" => ResourceKind.Source,
        "clone" => Of(ResourceKind.Model, ResourceKind.Seed, ResourceKind.Snapshot),
        "test" => Of(ResourceKind.Test, ResourceKind.UnitTest),
        "build" or "list" or "ls" => Of(ResourceKind.Model, ResourceKind.Seed, ResourceKind.Snapshot, ResourceKind.Test)
            | Of(ResourceKind.UnitTest, ResourceKind.Exposure) | (verb == "build" ? default : ResourceKind.Source),
        _ => Of(ResourceKind.Model, ResourceKind.Seed, ResourceKind.Snapshot, ResourceKind.Test) | ResourceKind.Analysis,
    };

    /// <summary>The kinds a verb acts on for a request.</summary>
    /// <exception cref="QuernException">QN7157: a kind that is not there.</exception>
    public static KindSet Of(string verb, SelectionRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var own = Of(verb);
        var kinds = request.ResourceTypes.Count == 0 ? own : default;
        foreach (var name in request.ResourceTypes)
        {
            if (name is "all" or "default") kinds |= own;
            else if (Kind(name, "--resource-type") is { } kind) kinds |= kind;
            if (name == "all" && verb is ("list" or "ls")) kinds |= ResourceKind.Analysis;
        }
        foreach (var name in request.ExcludeResourceTypes)
        {
            if (Kind(name, "--exclude-resource-type") is { } kind) kinds -= kind;
        }
        return verb == "test" ? kinds & own : kinds;
    }

    /// <summary>The kind of a name; null for a kind of which a project here has none, such as <c>metric</c>.</summary>
    /// <exception cref="QuernException">QN7157.</exception>
    internal static ResourceKind? Kind(string name, string where) =>
        Array.IndexOf(KindNames, name) is var at and >= 0 ? ResourceKinds.All[at]
        : name is "metric" or "semantic_model" or "saved_query" or "function" ? null
        : throw SelectionFaults.NoKind(name, where, Names);

    static KindSet Of(params ReadOnlySpan<ResourceKind> kinds)
    {
        var set = default(KindSet);
        foreach (var kind in kinds) set |= kind;
        return set;
    }
}
