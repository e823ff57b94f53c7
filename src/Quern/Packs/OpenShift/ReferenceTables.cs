using Quern.Duck;

namespace Quern.Packs.OpenShift;

/// <summary>Puts the reference tables of the parameters where the pack's models look for them.</summary>
static class ReferenceTables
{
    /// <summary>Makes the tables in the schema <c>openshift</c>.</summary>
    public static void Create(DuckSession session, SummaryParameters parameters, CancellationToken cancel)
    {
        Create(session, "enabled_tag_keys", "key varchar", [.. parameters.EnabledTagKeys.Select(k => $"({Sql.Text(k)})")], cancel);
        Create(session, "cost_categories", "namespace varchar, cost_category_id integer",
            [.. parameters.CostCategories.Select(c => FormattableString.Invariant($"({Sql.Text(c.Namespace)}, {c.Id})"))], cancel);
        Create(session, "nodes", "node varchar, resource_id varchar, node_role varchar",
            [.. parameters.Nodes.Select(n => $"({Sql.Text(n.Node)}, {Sql.Text(n.ResourceId)}, {Sql.Text(n.Role)})")], cancel);
    }

    static void Create(DuckSession session, string table, string columns, IReadOnlyList<string> rows, CancellationToken cancel)
    {
        session.Execute($"create table openshift.{table} ({columns})", cancel);
        if (rows.Count > 0) session.Execute($"insert into openshift.{table} values {string.Join(", ", rows)}", cancel);
    }
}
