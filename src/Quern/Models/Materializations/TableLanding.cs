using Quern.Projects.Warehouses;

namespace Quern.Models.Materializations;

/// <summary>A query kept as a table (specification section 3.2).</summary>
/// <remarks>DuckDB replaces a table in one statement, and readers see the old one until the commit: the dance of temporary and backup
/// names that other tools need would leave the same and cost four more statements. Only a view under the name needs it, as the query may
/// read that view.</remarks>
static class TableLanding
{
    /// <summary>Makes the table, its indexes and comments.</summary>
    public static Landed Land(Build build)
    {
        var rows = Replace(build);
        Indexes.Create(build);
        Comments.Write(build, RelationKind.Table);
        return new Landed(Landed.Ok, rows);
    }

    /// <summary>Makes the table.</summary>
    /// <returns>Its rows.</returns>
    public static long Replace(Build build) => Replace(build, keepsOld: false);

    /// <summary>Makes the table anew and keeps the old one as <c>X__dbt_backup</c>, which the next run drops: dbt does so when a growing
    /// table is rebuilt (observed, see the shop project's expected results).</summary>
    public static Landed LandKeepingOld(Build build)
    {
        var rows = Replace(build, keepsOld: true);
        Indexes.Create(build);
        Comments.Write(build, RelationKind.Table);
        return new Landed(Landed.Ok, rows);
    }

    static long Replace(Build build, bool keepsOld)
    {
        build.DropLeftovers();
        var contract = Contract.Of(build);
        contract?.Check();
        var existing = build.Existing;
        var isSwap = existing is not null && (keepsOld || existing.Kind != RelationKind.Table);
        var made = isSwap ? build.Beside("__dbt_tmp") : build.Target;
        long rows;
        if (contract is null)
        {
            rows = build.Around($"create or replace table {made.Render()} as (", ")");
        }
        else
        {
            build.Session.Execute($"create or replace table {made.Render()} ({contract.Definition()})");
            rows = build.Around($"insert into {made.Render()} ({contract.Names()}) select {contract.Names()} from (", ")");
        }
        build.Session.Created(made, RelationKind.Table);
        if (!isSwap) return rows;
        if (keepsOld)
        {
            Indexes.Drop(build, existing!);
            build.Session.Rename(existing!, build.Beside("__dbt_backup"));
        }
        else
        {
            build.Session.Drop(existing!);
        }
        build.Session.Rename(made, build.Target);
        return rows;
    }
}
