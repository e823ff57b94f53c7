using Quern.Jinja;
using Quern.Jinja.Values;
using Quern.Projects.Nodes;
using Quern.Projects.Warehouses;

namespace Quern.Projects.Context;

/// <summary>Macros of the library that are written in C#: also callable as <c>dbt.name</c>, and overridden like the others.</summary>
static class NativeMacros
{
    public static IReadOnlyDictionary<string, object> All { get; } =
        Statements.Functions.Append(new Function("is_incremental", IsIncremental))
            .Append(new Function("should_full_refresh", arguments => ShouldFullRefresh(NodeScope.Of(arguments))))
            .ToDictionary(f => f.Name, f => (object)f, StringComparer.Ordinal);

    static object IsIncremental(Arguments arguments)
    {
        arguments.Bind("is_incremental", 0);
        var scope = NodeScope.Of(arguments);
        if (scope.IsParsing || scope.Node is not { Kind: ResourceKind.Model } node
            || node.Config.Materialized != "incremental")
        {
            return false;
        }

        if (scope.Batch is { } batch) return batch.Grows;
        return scope.Session.Warehouse.Find(node.Database, node.Schema, node.Alias) is { Kind: RelationKind.Table }
            && !ShouldFullRefresh(scope);
    }

    /// <summary>A node's own <c>full_refresh</c> beats the command's.</summary>
    static bool ShouldFullRefresh(NodeScope scope) =>
        scope.Batch is not { Grows: true } && (scope.Config["full_refresh"] is { } own ? Value.IsTrue(own) : scope.Templates.Invocation.FullRefresh);
}
