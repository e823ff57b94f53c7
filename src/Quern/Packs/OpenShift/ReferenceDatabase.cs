using System.Globalization;
using Npgsql;
using Quern.Delivery.Postgres.Address;
using Quern.Delivery.Postgres.Sessions;
using Quern.Duck;

namespace Quern.Packs.OpenShift;

/// <summary>Reads the reference tables of a customer from the product's database: once for a run (specification section 2.5).</summary>
public static class ReferenceDatabase
{
    /// <summary>Reads them.</summary>
    /// <param name="from">Address of the database.</param>
    /// <param name="schema">Schema of the customer; null for the first of the search path.</param>
    /// <param name="clusterId">Nodes of this cluster; empty for all.</param>
    /// <param name="defaults">What stands for the parts that the address does not have.</param>
    /// <param name="to">Parameters to fill in.</param>
    /// <exception cref="QuernException">Exit code 5: it cannot be reached; exit code 1: a table is missing.</exception>
    public static SummaryParameters Read(string from, string? schema, string clusterId, ConnectionDefaults defaults, SummaryParameters to)
    {
        ArgumentNullException.ThrowIfNull(to);
        var address = PostgresAddress.Parse(from, defaults);
        using var session = PostgresSession.Open(address);
        try
        {
            var keys = session.Rows(
                $"select key from {Table("reporting_enabledtagkeys")} where enabled and provider_type = 'OCP' order by key");
            var categories = session.Rows(
                $"""
                select namespace, cost_category_id::text from {Table("reporting_ocp_cost_category_namespace")}
                where cost_category_id is not null order by 1, 2
                """);
            var nodes = session.Rows(
                $"""
                select distinct node, coalesce(resource_id, ''), node_role from {Table("reporting_ocp_nodes")} n
                where node_role is not null and ($1 = '' or coalesce(to_jsonb(n) ->> 'cluster_id', $1) = $1) order by 1, 2
                """,
                clusterId);
            return to with
            {
                EnabledTagKeys = [.. keys.Select(r => r[0]!)],
                CostCategories = [.. categories.Select(r => new CostCategory(r[0]!, int.Parse(r[1]!, CultureInfo.InvariantCulture)))],
                Nodes = [.. nodes.Select(r => new NodeRole(r[0]!, r[1]!, r[2]!))],
            };
        }
        catch (Exception e) when (e is NpgsqlException or IOException)
        {
            throw PostgresFaults.Of(e, address.Name);
        }

        string Table(string name) => Sql.Name(null, schema, name);
    }
}
