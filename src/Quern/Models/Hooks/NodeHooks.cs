using Quern.Projects;
using Quern.Projects.Nodes;
using Quern.Projects.Warehouses;

namespace Quern.Models.Hooks;

/// <summary>Runs what a node asks for before and after itself (specification section 3.10).</summary>
/// <param name="project">The project.</param>
/// <param name="node">The node.</param>
/// <param name="session">The connection.</param>
sealed class NodeHooks(LoadedProject project, Node node, WarehouseSession session)
{
    readonly IReadOnlyList<Hook> _before = Hook.Of(node, "pre-hook");
    readonly IReadOnlyList<Hook> _after = Hook.Of(node, "post-hook");

    /// <summary>Runs those before the node that are wanted outside of its transaction, or inside.</summary>
    public void Before(bool inTransaction) => Run(_before, "pre-hook", inTransaction);

    /// <summary>Runs those after the node that are wanted inside of its transaction, or outside.</summary>
    public void After(bool inTransaction) => Run(_after, "post-hook", inTransaction);

    void Run(IReadOnlyList<Hook> hooks, string kind, bool inTransaction)
    {
        foreach (var hook in hooks.Where(h => h.InTransaction == inTransaction))
        {
            // What the node's own template has begun is not theirs.
            if (!inTransaction) session.Commit();
            var sql = project.Templates.Render(hook.Sql, $"{kind} of {node.Name} ({node.File})", node, session);
            if (SqlStatements.HasCode(sql)) session.Execute(sql);
        }
    }
}
