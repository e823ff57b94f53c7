using Quern.Projects.Nodes;

namespace Quern.Projects.Selection;

/// <summary>The selection methods by name: each makes a test of a criterion (specification section 2.4).</summary>
static class Methods
{
    static readonly Dictionary<string, Func<Criterion, SelectionScene, Predicate<Resource>>> Table =
        new(StringComparer.Ordinal)
        {
            ["fqn"] = (c, _) => NameMethods.Fqn(c.Text),
            ["tag"] = (c, _) => r => r.Tags.Any(tag => NamePattern.Matches(tag, c.Text)),
            ["group"] = (c, _) => r => r is Node && r.Config.Text("group") is { } group && NamePattern.Matches(group, c.Text),
            ["access"] = (c, _) => r => r is Node { Kind: ResourceKind.Model } && (r.Config.Text("access") ?? "protected") == c.Text,
            ["source"] = (c, _) => NameMethods.Source(c),
            ["exposure"] = (c, _) => NameMethods.Named(c, ResourceKind.Exposure),
            ["unit_test"] = (c, _) => NameMethods.Named(c, ResourceKind.UnitTest),
            ["path"] = (c, scene) => PathMethod.Of(c.Text, scene),
            ["file"] = (c, _) => PathMethod.FileName(c.Text),
            ["package"] = (c, scene) => NameMethods.Package(c.Text == "this" ? scene.RootPackage : c.Text),
            ["config"] = (c, _) => ConfigMethod.Of(c),
            ["resource_type"] = (c, _) => Kind(c),
            ["test_name"] = (c, _) => NameMethods.TestName(c.Text),
            ["test_type"] = (c, _) => TestType(c),
            ["version"] = (c, _) => VersionMethod.Of(c),
            ["state"] = (c, scene) => State(c, scene).ByState(c),
            ["result"] = (c, scene) => State(c, scene).ByResult(c),
            ["source_status"] = NotSupported,
            ["metric"] = NotSupported,
            ["semantic_model"] = NotSupported,
            ["saved_query"] = NotSupported,
        };

    /// <summary>The names of all methods.</summary>
    public static IReadOnlyCollection<string> Names => Table.Keys;

    /// <summary>The test that a criterion stands for.</summary>
    /// <exception cref="QuernException">QN7152, QN7153, QN7154 or QN7157.</exception>
    public static Predicate<Resource> Of(Criterion criterion, SelectionScene scene) => Table[criterion.Method](criterion, scene);

    static Predicate<Resource> Kind(Criterion criterion) =>
        VerbKinds.Kind(criterion.Text, criterion.Raw) is { } kind ? r => r.Kind == kind : _ => false;

    static Predicate<Resource> TestType(Criterion criterion) => criterion.Text switch
    {
        "generic" or "schema" => r => r is Node { Kind: ResourceKind.Test, Test: not null },
        "singular" => r => r is Node { Kind: ResourceKind.Test, Test: null },
        "data" => r => r.Kind == ResourceKind.Test,
        "unit" => r => r.Kind == ResourceKind.UnitTest,
        _ => throw SelectionFaults.BadValue(criterion.Text, criterion.Raw, "generic, singular, data or unit"),
    };

    static StateComparison State(Criterion criterion, SelectionScene scene) =>
        scene.State ?? throw SelectionFaults.NoState(criterion.Raw, criterion.Method == "state" ? "manifest.json" : "run_results.json", null);

    static Predicate<Resource> NotSupported(Criterion criterion, SelectionScene scene) =>
        throw SelectionFaults.NotSupported(criterion.Method, criterion.Raw);
}
