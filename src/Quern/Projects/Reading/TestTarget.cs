using Quern.Projects.Nodes;

namespace Quern.Projects.Reading;

/// <summary>What generic tests of an entry test.</summary>
/// <param name="Id">Id of the model, seed, snapshot or source.</param>
/// <param name="Label">How names of tests call it: <c>orders</c>, for a source <c>source_table</c>.</param>
/// <param name="Call">The call that gives it: <c>ref('orders')</c>.</param>
/// <param name="Ref">The call of <c>ref</c>; null for a source.</param>
/// <param name="Source">The call of <c>source</c>; null for a node.</param>
sealed record TestTarget(string Id, string Label, string Call, RefCall? Ref, SourceCall? Source)
{
    /// <summary>A model, seed or snapshot.</summary>
    public static TestTarget Of(Node node)
    {
        var version = Settings.Texts.Of(node.Version);
        return version is null
            ? new TestTarget(node.Id, node.Name, $"ref('{node.Name}')", new RefCall(null, node.Name, null), null)
            : new TestTarget(node.Id, $"{node.Name}_v{version}", $"ref('{node.Name}', version='{version}')", new RefCall(null, node.Name, node.Version), null);
    }

    /// <summary>A table of a source.</summary>
    public static TestTarget Of(SourceTable table) => new(
        table.Id, $"{table.Source}_{table.Name}", $"source('{table.Source}', '{table.Name}')", null, new SourceCall(table.Source, table.Name));
}
