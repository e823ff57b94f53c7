using Quern.Duck;
using Quern.Models.Materializations;
using Quern.Projects.Warehouses;

namespace Quern.Models.Snapshots;

/// <summary>A query whose changes are kept: each version of a row with the time it was valid (specification section 3.6).</summary>
/// <remarks>The query runs once, into a temporary table. From it and the open versions come two lists: versions that end, and rows that
/// begin one. Then the table changes, in the same transaction.</remarks>
static class SnapshotLanding
{
    const string Rows = "temp.main.quern_snapshot_rows", Fresh = "temp.main.quern_snapshot_fresh", Ended = "temp.main.quern_snapshot_ended";

    /// <summary>Makes the table, or adds what has changed since.</summary>
    /// <exception cref="QuernException">QN7250 the configuration is not complete; QN7251 the table is no snapshot; or as DuckDB
    /// says.</exception>
    public static Landed Land(Build build)
    {
        var plan = new SnapshotPlan(build, build.Time.GetUtcNow());
        if (build.Existing is { } view && view.Kind != RelationKind.Table) throw NoSnapshot(build, "a view has its name");
        if (build.Existing is null) Create(build, plan);
        else Continue(build, plan);
        Comments.Write(build, RelationKind.Table);
        return new Landed(Landed.Ok);
    }

    static void Create(Build build, SnapshotPlan plan)
    {
        var at = plan.ChangedAt;
        var deleted = plan.HardDeletes == HardDeleteMode.NewRecord ? $", 'False' as {plan.IsDeleted}" : "";
        build.Around(
            $"create table {build.Target.Render()} as select *, {SnapshotPlan.Id(plan.Keys, at)} as {plan.ScdId}, {at} as {plan.Updated}, " +
            $"{at} as {plan.ValidFrom}, {plan.Open(at)} as {plan.ValidTo}{deleted} from (", ")");
        build.Session.Created(build.Target, RelationKind.Table);
    }

    static void Continue(Build build, SnapshotPlan plan)
    {
        var session = build.Session;
        var table = session.Columns(build.Target);
        foreach (var name in new[] { plan.ScdId, plan.Updated, plan.ValidFrom, plan.ValidTo })
            if (!Has(table, name)) throw NoSnapshot(build, $"it has no column {name}");
        var keys = string.Concat(plan.Keys.Select((k, i) => $", ({k}) as {Key(i)}"));
        build.Around(
            $"create or replace temporary table {Rows} as select *{keys}, {plan.ChangedAt} as quern_changed_at from (", ")");
        var columns = session.Query($"describe {Rows}").Rows
            .Select(r => new TableColumn((string)r[0]!, (string)r[1]!)).SkipLast(plan.Keys.Count + 1).ToList();
        foreach (var column in columns.Where(c => !Has(table, Sql.Name(c.Name))))
            session.Execute($"alter table {build.Target.Render()} add column {Sql.Name(column.Name)} {column.Type}");
        if (plan.HardDeletes == HardDeleteMode.NewRecord && !Has(table, plan.IsDeleted))
        {
            session.Execute($"alter table {build.Target.Render()} add column {plan.IsDeleted} varchar");
            session.Execute($"update {build.Target.Render()} set {plan.IsDeleted} = 'False'");
        }
        Compare(build, plan, Changed(plan, table, columns));
        Write(build, plan, Sql.Names(columns.Select(c => c.Name)), Sql.Names(table.Concat(columns)
            .DistinctBy(c => c.Name, StringComparer.OrdinalIgnoreCase).Select(c => c.Name).Where(n => !IsOurs(plan, n))));
        session.Execute($"drop table {Rows}; drop table {Fresh}; drop table {Ended}");
    }

    /// <summary>Rows that begin a version, and versions that end.</summary>
    static void Compare(Build build, SnapshotPlan plan, string changed)
    {
        var target = build.Target.Render();
        var open = $"(select *{string.Concat(plan.Keys.Select((k, i) => $", ({k}) as {Key(i)}"))} from {target} where {plan.IsOpen})";
        var same = string.Join(" and ", plan.Keys.Select((_, i) => $"new.{Key(i)} = old.{Key(i)}"));
        var tracksDeletes = plan.HardDeletes == HardDeleteMode.NewRecord;
        if (tracksDeletes) changed = $"({changed} or old.{plan.IsDeleted} = 'True')";
        build.Session.Execute(
            $"create or replace temporary table {Fresh} as select new.* from {Rows} as new left join {open} as old on {same} " +
            $"where old.{plan.ScdId} is null or {changed}");
        var ended =
            $"select old.{plan.ScdId} as id, new.quern_changed_at as at, false as gone " +
            $"from {open} as old join {Rows} as new on {same} where {changed}";
        if (plan.HardDeletes != HardDeleteMode.Ignore)
        {
            ended += $" union all select old.{plan.ScdId}, {plan.Now}, true " +
                $"from {open} as old where not exists (select 1 from {Rows} as new where {same})" +
                (tracksDeletes ? $" and old.{plan.IsDeleted} is distinct from 'True'" : "");
        }
        build.Session.Execute($"create or replace temporary table {Ended} as {ended}");
    }

    // names: the columns of the query; all: these and those that it had once.
    static void Write(Build build, SnapshotPlan plan, string names, string all)
    {
        var target = build.Target.Render();
        var ours = $"{plan.ScdId}, {plan.Updated}, {plan.ValidFrom}, {plan.ValidTo}";
        var deleted = plan.HardDeletes == HardDeleteMode.NewRecord;
        build.Session.Execute(
            $"update {target} as t set {plan.ValidTo} = e.at from {Ended} as e where t.{plan.ScdId} = e.id and {OpenOf(plan)}");
        build.Session.Execute(
            $"insert into {target} ({names}, {ours}{(deleted ? $", {plan.IsDeleted}" : "")}) select {names}, " +
            $"{SnapshotPlan.Id(plan.Keys.Select((_, i) => Key(i)), "quern_changed_at")}, quern_changed_at, quern_changed_at, " +
            $"{plan.Open("quern_changed_at")}{(deleted ? ", 'False'" : "")} from {Fresh}");
        if (!deleted) return;
        build.Session.Execute(
            $"insert into {target} ({all}, {ours}, {plan.IsDeleted}) select {all}, " +
            $"{SnapshotPlan.Id(plan.Keys.Select(k => $"({k})"), plan.Now)}, " +
            $"{plan.Now}, {plan.Now}, {plan.Open(plan.Now)}, 'True' from {target} where {plan.ScdId} in (select id from {Ended} where gone)");
    }

    static string Changed(SnapshotPlan plan, IReadOnlyList<TableColumn> table, IReadOnlyList<TableColumn> columns)
    {
        if (plan.IsTimestamp) return $"old.{plan.ValidFrom} < new.quern_changed_at";
        var compared = plan.CheckColumns?.Select(c => Sql.Name(c)).ToList() ?? [.. columns.Select(c => Sql.Name(c.Name))];

        // A column that is compared for the first time has no old values: every row begins a version.
        if (compared.Any(c => !Has(table, c))) return "true";
        return $"({string.Join(" or ", compared.Select(c => $"new.{c} is distinct from old.{c}"))})";
    }

    static string OpenOf(SnapshotPlan plan) => plan.ValidToCurrent is null
        ? $"t.{plan.ValidTo} is null"
        : $"(t.{plan.ValidTo} is null or t.{plan.ValidTo} = {plan.ValidToCurrent})";

    static bool IsOurs(SnapshotPlan plan, string name) =>
        new[] { plan.ScdId, plan.Updated, plan.ValidFrom, plan.ValidTo, plan.IsDeleted }.Contains(Sql.Name(name), StringComparer.OrdinalIgnoreCase);

    static bool Has(IReadOnlyList<TableColumn> columns, string quoted) =>
        columns.Any(c => Sql.Name(c.Name).Equals(quoted, StringComparison.OrdinalIgnoreCase));

    static string Key(int index) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"quern_key_{index}");

    static QuernException NoSnapshot(Build build, string what) =>
        new(new Fault("QN7251", $"{build.Node.Name} cannot continue the history: {what}")
        {
            Where = build.Node.File,
            Value = build.Target.Render(),
            Try = ["rename or drop it, or give the snapshot another `alias`"],
        });
}
