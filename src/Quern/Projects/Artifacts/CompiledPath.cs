using Quern.Projects.Nodes;

namespace Quern.Projects.Artifacts;

/// <summary>Where the SQL of nodes lies below the folder of artifacts.</summary>
static class CompiledPath
{
    /// <summary><c>compiled/shop/models/staging/orders.sql</c>; a node that shares its file with others lies in a folder of the file's
    /// name: <c>compiled/shop/models/staging/staging.yml/unique_orders_id.sql</c>.</summary>
    /// <param name="node">The node.</param>
    /// <param name="folder"><c>compiled</c> or <c>run</c>.</param>
    public static string Of(Node node, string folder)
    {
        var isAlone = Path.GetFileName(node.PathInRoot.AsSpan()).SequenceEqual(Path.GetFileName(node.File.AsSpan()));
        return Path.Combine(folder, node.Package, isAlone ? node.File : Path.Combine(node.File, node.PathInRoot));
    }
}
