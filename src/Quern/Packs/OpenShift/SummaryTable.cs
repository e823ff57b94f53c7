using Quern.Delivery;
using Quern.Delivery.Postgres;
using Quern.Delivery.Postgres.Address;
using Quern.Delivery.Postgres.Typing;

namespace Quern.Packs.OpenShift;

/// <summary>The product's table in PostgreSQL (specification section 5): types, partitions by month, and which columns it has of those of
/// the lake.</summary>
public static class SummaryTable
{
    const string Quantity = "numeric(33,15)";

    static readonly string[] OfTheLake = ["csi_volume_handle", "source", "year", "month", "day"];

    static readonly string[] Names = ["namespace", "node", "resource_id", "persistentvolumeclaim", "persistentvolume", "storageclass"];

    static readonly string[] Documents = ["pod_labels", "volume_labels", "all_labels", "infrastructure_usage_cost"];

    /// <summary>Schemas are tried out once the work is done; a table that is not there is made.</summary>
    /// <param name="to">Address of the database.</param>
    /// <param name="schema">Schema of the customer: <c>org1234567</c>. Null for the first of the search path.</param>
    /// <param name="defaults">What stands for the parts that the address does not have.</param>
    /// <exception cref="QuernException">QN8260 to QN8262, exit code 2.</exception>
    public static Destination Of(string to, string? schema, ConnectionDefaults defaults)
    {
        if (schema is not null) TargetName.Check(schema, "--schema");
        return new PostgresTable(PostgresAddress.Parse(to, defaults), new TargetName(schema, SummaryColumns.Table), new PostgresSettings
        {
            MakesTable = true,
            Partition = ("usage_start", PartitionUnit.Month),
            Types = Types(),
            LeftOut = OfTheLake,
            Indexes = [["source_uuid", "usage_start"]],
            PrimaryKey = ["usage_start", "uuid"],
        });
    }

    static Dictionary<string, string> Types()
    {
        var types = new Dictionary<string, string>
        {
            ["uuid"] = "uuid",
            ["report_period_id"] = "integer",
            ["cluster_id"] = "varchar(50)",
            ["cluster_alias"] = "varchar(256)",
            ["data_source"] = "varchar(64)",
            ["usage_start"] = "date",
            ["usage_end"] = "date",
            ["source_uuid"] = "uuid",
            ["cost_category_id"] = "integer",
        };
        foreach (var name in Names) types[name] = "varchar(253)";
        foreach (var name in Documents) types[name] = "jsonb";
        foreach (var name in SummaryColumns.All.Except(OfTheLake)) types.TryAdd(name, Quantity);
        return types;
    }
}
