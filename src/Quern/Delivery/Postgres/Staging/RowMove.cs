using System.Globalization;
using Quern.Delivery.Postgres.Sessions;
using Quern.Duck;

namespace Quern.Delivery.Postgres.Staging;

/// <summary>Moves staged rows into their table, inside a transaction.</summary>
/// <param name="session">Where.</param>
/// <param name="plan">The load.</param>
/// <param name="staging">The rows.</param>
sealed class RowMove(PostgresSession session, PostgresPlan plan, StagingTable staging)
{
    const int MostShown = 3;

    /// <summary>Rows that were left out because others have their key.</summary>
    public long Repeated { get; private set; }

    /// <summary>Rows that went.</summary>
    public long Deleted { get; private set; }

    string Table => plan.Name.Sql;

    /// <summary>Moves them.</summary>
    /// <param name="staged">How many there are.</param>
    /// <returns>How many came.</returns>
    /// <exception cref="QuernException">QN8286 rows have the same key; QN8287 a key is NULL.</exception>
    public long Make(long staged)
    {
        TablePartitions.Make(session, plan, staging);
        if (plan.Keys.Count > 0 && plan.Scope is null) CheckKeys();
        var others = Dependents();
        if (plan.Scope is { } scope) Deleted = session.Execute($"delete from {Table} where {scope.Condition}");
        else if (plan.Mode == LoadMode.Replace) Replace();
        else if (plan.Mode == LoadMode.Merge) return Merge(staged);
        CheckDependents(others);
        return session.Execute($"insert into {Table} ({plan.Columns}){Overriding} {Rows()}");
    }

    /// <summary>Values of an identity that the table would make itself are the load's.</summary>
    string Overriding => plan.Routes.Any(r => r.Target.IsAlwaysIdentity) ? " overriding system value" : "";

    string Rows()
    {
        var columns = string.Join(", ", plan.Routes.Select(r => r.Move));
        if (plan.Settings.Dedupe is not { } order || plan.Keys.Count == 0) return $"select {columns} from {staging.Name.Sql}";
        var keys = Sql.Names(plan.Keys);
        return $"select {columns} from (select distinct on ({keys}) * from {staging.Name.Sql} order by {keys}, {order}) s";
    }

    void Replace()
    {
        if (plan.Keys.Count == 0)
        {
            if (plan.Table is { MayTruncate: true, IsReferred: false, HasPolicies: false, Dependents.Count: 0, Kind: 'r' or 'p' })
            {
                Deleted = 0;
                session.Execute($"truncate {Table}");
            }
            else
            {
                Deleted = session.Execute($"delete from {Table}");
            }
            return;
        }
        var keys = Sql.Names(plan.Keys);
        var staged = string.Join(", ", plan.Keys.Select(k => plan.Routes.First(r => r.Target.Name == k).Move));
        Deleted = session.Execute($"delete from {Table} where ({keys}) in (select distinct {staged} from {staging.Name.Sql})");
    }

    long Merge(long staged)
    {
        var keys = Sql.Names(plan.Keys);
        var others = plan.Routes.Where(r => !plan.Keys.Contains(r.Target.Name)).ToList();
        if (plan.HasUniqueKey)
        {
            var change = others.Count == 0
                ? "nothing"
                : $"update set {string.Join(", ", others.Select(r => $"{Sql.Name(r.Target.Name)} = excluded.{Sql.Name(r.Target.Name)}"))}";
            var changed = session.Execute($"insert into {Table} ({plan.Columns}){Overriding} {Rows()} on conflict ({keys}) do {change}");
            return others.Count == 0 ? staged - Repeated : changed;
        }
        // Without a unique index two sessions could add the same key: others wait.
        session.Execute($"lock table {Table} in share row exclusive mode");
        var same = string.Join(" and ", plan.Keys.Select(k => $"t.{Sql.Name(k)} = s.{Sql.Name(k)}"));
        var from = $"({Rows()}) s";
        var set = string.Join(", ", others.Select(r => $"{Sql.Name(r.Target.Name)} = s.{Sql.Name(r.Target.Name)}"));
        var updated = others.Count == 0
            ? session.Number($"select count(*)::text from {from} where exists (select from {Table} t where {same})")
            : session.Number(
                $"""
                with changed as (
                    update {Table} t set {set} from {from} where {same}
                    returning {string.Join(", ", plan.Keys.Select(k => $"t.{Sql.Name(k)}"))})
                select count(*)::text from (select distinct * from changed) c
                """);
        return updated + session.Execute(
            $"insert into {Table} ({plan.Columns}){Overriding} select * from {from} where not exists (select from {Table} t where {same})");
    }

    /// <summary>Rows of other tables that went or were changed in this transaction.</summary>
    Dictionary<string, long> Dependents() => plan.Table?.Dependents.ToDictionary(d => d.Name, d => session.Number(
        $"select (pg_stat_get_xact_tuples_deleted({d.Oid}) + pg_stat_get_xact_tuples_updated({d.Oid}))::text")) ?? [];

    /// <summary>Fails when rows of other tables went with those that were replaced.</summary>
    void CheckDependents(Dictionary<string, long> before)
    {
        var gone = Dependents().Where(d => d.Value > before[d.Key])
            .Select(d => string.Create(CultureInfo.InvariantCulture, $"{d.Key}: {d.Value - before[d.Key]:N0} rows")).ToList();
        if (gone.Count == 0) return;
        throw new QuernException(new Fault("QN7485", "rows of other tables would go, or change, with those that are replaced")
        {
            Where = $"{plan.Address.Name}, table {plan.Name}",
            Value = string.Join("; ", gone),
            Try = ["--mode merge     changes rows, and keeps what refers to them", "delete those rows first, then run again"],
        });
    }

    void CheckKeys()
    {
        var keys = Sql.Names(plan.Keys);
        var nulls = session.Number(
            $"select count(*)::text from {staging.Name.Sql} where {string.Join(" or ", plan.Keys.Select(k => $"{Sql.Name(k)} is null"))}");
        if (nulls > 0)
        {
            throw new QuernException(new Fault("QN8287", "a key is NULL")
            {
                Where = $"{plan.Address.Name}, table {plan.Name}",
                Value = string.Create(CultureInfo.InvariantCulture, $"{nulls:N0} rows without {string.Join(", ", plan.Keys)}"),
                Try = ["a query that leaves them out: where ... is not null", "a key that all rows have"],
            });
        }
        // A key of replace names a set of rows; a key of merge names one.
        if (plan.Settings.Mode != LoadMode.Merge && plan.Settings.Dedupe is null) return;
        var texts = string.Join(", ", plan.Keys.Select(k => $"{Sql.Name(k)}::text"));
        var repeated = session.Rows(
            $"""
            select sum(n - 1)::text, count(*)::text
            from (select count(*) as n from {staging.Name.Sql} group by {keys} having count(*) > 1) d
            """)[0];
        if (repeated[0] is not { } rows) return;
        Repeated = long.Parse(rows, CultureInfo.InvariantCulture);
        if (plan.Settings.Dedupe is not null) return;
        var shown = session.Rows(
            $"select {texts} from {staging.Name.Sql} group by {keys} having count(*) > 1 order by {keys} limit {MostShown}");
        throw new QuernException(new Fault("QN8286", "rows have the same key")
        {
            Where = $"{plan.Address.Name}, table {plan.Name}, key {string.Join(", ", plan.Keys)}",
            Value = string.Create(
                CultureInfo.InvariantCulture,
                $"{repeated[1]} keys are there more than once: {string.Join("; ", shown.Select(r => string.Join(", ", r)))}"),
            Try = ["--dedupe \"COLUMN desc\"     takes the first row of each key in this order",
                "--key A,B     columns that tell rows apart"],
        });
    }
}
