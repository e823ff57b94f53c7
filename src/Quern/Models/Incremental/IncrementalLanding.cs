using Quern.Models.Materializations;
using Quern.Projects.Warehouses;

namespace Quern.Models.Incremental;

/// <summary>A table that grows: the first run makes it, later ones put the rows of the query into it (specification section 3.4).</summary>
static class IncrementalLanding
{
    /// <summary>Makes or continues the table.</summary>
    /// <exception cref="QuernException">QN7230 no such strategy; QN7231 the columns have changed; or as DuckDB says.</exception>
    public static Landed Land(Build build)
    {
        var strategy = Strategy.Of(build);
        if (build.Existing is not { Kind: RelationKind.Table }) return TableLanding.Land(build);
        if (build.IsFullRefresh) return TableLanding.LandKeepingOld(build);
        build.DropLeftovers();
        Contract.Of(build)?.Check();
        var change = SchemaChange.ModeOf(build);

        // Rows that only go to the end need not be held anywhere between.
        if (strategy == StrategyKind.Append && change == SchemaChangeMode.Ignore)
        {
            var names = Strategy.Names(build.Session.Columns(build.Target));
            build.Around($"insert into {build.Target.Render()} ({names}) select {names} from (", ")");
            Comments.Write(build, RelationKind.Table);
            return new Landed(Landed.Ok);
        }
        using var batch = new Batch(build);
        var columns = SchemaChange.Apply(build, change, batch.Columns);
        Strategy.Write(build, strategy, batch, columns);
        batch.Drop();
        Comments.Write(build, RelationKind.Table);
        return new Landed(Landed.Ok);
    }
}
