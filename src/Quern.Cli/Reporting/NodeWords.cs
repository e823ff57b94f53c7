using System.Globalization;
using Quern.Models.Results;
using Quern.Projects.Nodes;

namespace Quern.Cli.Reporting;

/// <summary>How lines call the things of a project.</summary>
/// <param name="database">The catalog of the target, which names leave out.</param>
sealed class NodeWords(string database)
{
    /// <summary>What begins: <c>sql table model main.orders</c>.</summary>
    public string Of(Resource resource) => resource switch
    {
        Node { Kind: ResourceKind.Operation } hook => $"hook: {Hook(hook)}",
        Node { Kind: ResourceKind.Model } model => $"{model.Language} {model.Config.Materialized} model {Relation(model, model.Alias)}",
        Node { Kind: ResourceKind.Seed } seed => $"seed file {Relation(seed, seed.Alias)}",
        Node { Kind: ResourceKind.Snapshot } snapshot => $"snapshot {Relation(snapshot, snapshot.Alias)}",
        UnitTest test => $"unit_test {test.Model}::{test.Name}",
        _ => $"{resource.Kind.Name()} {resource.Name}",
    };

    /// <summary>What is skipped: <c>relation main.orders</c>, with the name of the node; <c>test unique_orders</c>.</summary>
    public static string Skipped(Resource resource) => resource is Node { Kind: ResourceKind.Model or ResourceKind.Seed or ResourceKind.Snapshot } node
        ? $"relation {node.Schema}.{node.Name}"
        : $"{resource.Kind.Name()} {resource.Name}";

    /// <summary>A test as its result calls it.</summary>
    public static string Test(Resource test) => test is UnitTest unit ? $"{unit.Model}::{unit.Name}" : test.Name;

    /// <summary>A hook: <c>shop.on-run-start.0</c>.</summary>
    public static string Hook(Node hook) =>
        string.Create(CultureInfo.InvariantCulture, $"{hook.Package}.{(IsAtEnd(hook) ? "on-run-end" : "on-run-start")}.{hook.HookIndex}");

    /// <summary>Whether a hook comes after all nodes.</summary>
    public static bool IsAtEnd(Node hook) => hook.Name.Contains("on-run-end", StringComparison.Ordinal);

    /// <summary>What kind of thing it is, as the closing line counts it: <c>table model</c>, <c>project hook</c>, <c>data test</c>.</summary>
    public static string Counted(Resource resource) => resource switch
    {
        Node { Kind: ResourceKind.Model } model => $"{model.Config.Materialized} model",
        { Kind: ResourceKind.Operation } => "project hook",
        { Kind: ResourceKind.Test } => "data test",
        _ => Plain(resource.Kind),
    };

    /// <summary>Name of a kind for people: <c>unit test</c>.</summary>
    public static string Plain(ResourceKind kind) => kind.Name().Replace('_', ' ');

    /// <summary><c>1 model</c>, <c>2 models</c>, <c>2 analyses</c>.</summary>
    public static string Number(long count, string thing) => string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? thing : Many(thing))}");

    /// <summary>Where a node is defined: <c>models/orders.sql</c>.</summary>
    public static string Place(NodeResult result) => result.Node.File;

    static string Many(string thing) =>
        thing.EndsWith("analysis", StringComparison.Ordinal) ? thing[..^2] + "es"
        : thing.EndsWith("success", StringComparison.Ordinal) ? thing + "es"
        : thing + "s";

    string Relation(Node node, string name) =>
        string.Equals(node.Database, database, StringComparison.OrdinalIgnoreCase) ? $"{node.Schema}.{name}" : $"{node.Database}.{node.Schema}.{name}";
}
