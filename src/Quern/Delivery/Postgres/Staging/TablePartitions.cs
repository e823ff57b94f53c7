using System.Globalization;
using Npgsql;
using Quern.Delivery.Postgres.Sessions;
using Quern.Delivery.Postgres.Typing;
using Quern.Duck;

namespace Quern.Delivery.Postgres.Staging;

/// <summary>Makes the partitions that staged rows need and a partitioned table does not have yet.</summary>
static class TablePartitions
{
    /// <summary>Another table may have the name: then the rows would have no place.</summary>
    static void CheckPlace(PostgresSession session, PostgresPlan plan, TargetName name)
    {
        var other = session.Text(
            """
            select 'yes' from pg_class c where c.oid = to_regclass($1)
                and not exists (select from pg_inherits where inhrelid = c.oid and inhparent = to_regclass($2))
            """,
            name.Sql, plan.Name.Sql);
        if (other is null) return;
        throw new QuernException(new Fault("QN7486", "a table that is no partition has the name of one that is needed")
        {
            Where = $"{plan.Address.Name}, table {plan.Name}",
            Value = name.ToString(),
            Try = [$"alter table {name.Sql} rename to ...", "another --table"],
        });
    }

    /// <summary>Makes them: <c>table_2025_10</c> for October 2025.</summary>
    /// <param name="session">In the transaction that moves the rows.</param>
    /// <param name="plan">The load.</param>
    /// <param name="staging">Its rows.</param>
    public static void Make(PostgresSession session, PostgresPlan plan, StagingTable staging)
    {
        if (plan.Settings.Partition is not { } partition || plan.Table is { Kind: not 'p' }) return;
        var column = Sql.Name(plan.Named(partition.Column));
        var unit = partition.Unit switch { PartitionUnit.Day => "day", PartitionUnit.Month => "month", _ => "year" };
        var format = partition.Unit switch { PartitionUnit.Day => "YYYY_MM_DD", PartitionUnit.Month => "YYYY_MM", _ => "YYYY" };
        var needed = session.Rows(
            $"""
            select to_char(day, '{format}') || case when extract(year from day) < 0 then '_bc' else '' end,
                day::date::text, (day + interval '1 {unit}')::date::text
            from (
                select distinct date_trunc('{unit}', {column}) as day from {staging.Name.Sql}
                where {column} is not null and isfinite({column})) d
            order by day
            """);
        foreach (var row in needed)
        {
            var name = plan.Name with { Table = $"{plan.Name.Table}_{row[0]}" };
            TargetName.Check(name.Table, "a partition");
            session.Execute("savepoint quern_partition");
            try
            {
                session.Execute(string.Create(
                    CultureInfo.InvariantCulture,
                    $"create table if not exists {name.Sql} partition of {plan.Name.Sql} for values from ('{row[1]}') to ('{row[2]}')"));
            }
            catch (PostgresException e) when (e.SqlState == "42P17")
            {
                // A partition under another name holds these rows.
                session.Execute("rollback to savepoint quern_partition");
            }
            session.Execute("release savepoint quern_partition");
            CheckPlace(session, plan, name);
        }
    }
}
