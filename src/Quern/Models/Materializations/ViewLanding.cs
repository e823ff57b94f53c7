using Quern.Projects.Warehouses;

namespace Quern.Models.Materializations;

/// <summary>A query kept as a view (specification section 3.1).</summary>
static class ViewLanding
{
    /// <summary>Replaces the view in one statement; a table under its name is dropped in the same transaction.</summary>
    public static Landed Land(Build build)
    {
        build.DropLeftovers();
        if (Contract.Of(build) is { } contract) contract.Check();
        Replace(build);
        Comments.Write(build, RelationKind.View);
        return new Landed(Landed.Ok);
    }

    static void Replace(Build build)
    {
        if (build.Existing is { Kind: RelationKind.Table } table) build.Session.Drop(table);
        build.Around($"create or replace view {build.Target.Render()} as (", ")");
        build.Session.Created(build.Target, RelationKind.View);
    }
}
