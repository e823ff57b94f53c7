using System.Globalization;
using System.Security.Cryptography;
using Npgsql;
using Quern.Delivery.Postgres.Sessions;
using Quern.Delivery.Postgres.Typing;
using Quern.Duck;

namespace Quern.Delivery.Postgres.Staging;

/// <summary>An unlogged table of a load, beside the table that its rows are for.</summary>
/// <remarks>The session that makes it holds an advisory lock with the number in its name as long as it lives. A table whose lock is free is
/// left over of a load that was killed: the next load of the same user removes it. So no load can remove the table of another that still
/// runs, however long that takes, and no leftover stays.</remarks>
sealed class StagingTable
{
    /// <summary>First half of the lock's two numbers: "QRN" in ASCII.</summary>
    const int LockSpace = 0x51524E;

    const string Prefix = "quern_load_";

    /// <summary>How the comment on each begins.</summary>
    const string Mark = "rows on their way into ";

    StagingTable(TargetName name) => Name = name;

    /// <summary>Its name, in the schema of the table.</summary>
    public TargetName Name { get; }

    /// <summary>Makes it, and takes its lock.</summary>
    public static StagingTable Create(PostgresSession session, PostgresPlan plan)
    {
        var number = RandomNumberGenerator.GetInt32(int.MaxValue);
        session.Execute(string.Create(CultureInfo.InvariantCulture, $"select pg_advisory_lock({LockSpace}, {number})"));
        var schema = plan.Name.Schema ?? session.Text("select current_schema()");
        var table = new StagingTable(new TargetName(schema, string.Create(CultureInfo.InvariantCulture, $"{Prefix}{number}")));
        // What cannot be NULL in the table is refused here already, where the row can be told.
        var columns = plan.Routes.Select(r => $"{Sql.Name(r.Target.Name)} {r.StagingType}{(r.Target.IsNotNull ? " not null" : "")}");
        var comment = $"{Mark}{plan.Name}; of a load that ended, the next one removes it";
        // Both or none: a table without the comment would be nobody's.
        session.Execute(
            $"""
            begin;
            create unlogged table {table.Name.Sql} ({string.Join(", ", columns)}) with (autovacuum_enabled = false);
            comment on table {table.Name.Sql} is {Sql.Text(comment)};
            commit
            """);
        return table;
    }

    /// <summary>Removes it.</summary>
    public void Drop(PostgresSession session) => session.Execute(DropStatement);

    /// <summary>The statement that removes it.</summary>
    public string DropStatement => $"drop table if exists {Name.Sql}";

    /// <summary>Removes tables of loads that were killed; one that somebody looks at just now is left to the next load.</summary>
    public static void RemoveLeftovers(PostgresSession session, string? schema)
    {
        var found = session.Rows(
            $"""
            select c.relname from pg_class c
            where c.relnamespace = (select oid from pg_namespace where nspname = coalesce($1, current_schema()))
                and c.relkind = 'r' and c.relpersistence = 'u'
                and c.relname ~ '^{Prefix}[0-9]+$' and pg_get_userbyid(c.relowner) = current_user
                and starts_with(obj_description(c.oid, 'pg_class'), '{Mark}')
            """,
            schema);
        foreach (var name in found.Select(r => r[0]!))
        {
            if (!int.TryParse(name.AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number)) continue;
            var key = string.Create(CultureInfo.InvariantCulture, $"{LockSpace}, {number}");
            if (session.Text($"select pg_try_advisory_lock({key})::text") is not ("true" or "t")) continue;
            var table = new TargetName(schema ?? session.Text("select current_schema()"), name).Sql;
            try
            {
                session.Execute($"begin; lock table {table} in access exclusive mode nowait; drop table {table}; commit");
            }
            catch (PostgresException e) when (e.SqlState is "55P03" or "42P01")
            {
                session.Execute("rollback");
            }
            session.Execute($"select pg_advisory_unlock({key})");
        }
    }
}
