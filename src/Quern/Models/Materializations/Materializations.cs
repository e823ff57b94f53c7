using Quern.Models.External;
using Quern.Models.Incremental;
using Quern.Models.Seeds;
using Quern.Models.Snapshots;
using Quern.Projects.Nodes;

namespace Quern.Models.Materializations;

/// <summary>The ways in which a node lands in the database.</summary>
static class Materializations
{
    /// <summary>Lands a model, seed or snapshot; the transaction is open.</summary>
    /// <exception cref="QuernException">QN7114: a way that is not known; or as the way says.</exception>
    public static Landed Land(Build build)
    {
        NoteGrants(build);
        return build.Node.Kind switch
        {
            ResourceKind.Seed => SeedLanding.Land(build),
            ResourceKind.Snapshot => SnapshotLanding.Land(build),
            _ => build.Config.Materialized switch
            {
                "view" => ViewLanding.Land(build),
                "table" => TableLanding.Land(build),
                "incremental" => IncrementalLanding.Land(build),
                "external" => ExternalLanding.Land(build),
                var other => throw Unknown(build, other),
            },
        };
    }

    static void NoteGrants(Build build)
    {
        if (build.Config["grants"] is Jinja.Values.Dict { Count: > 0 })
            build.Warn("QN7213", "`grants` does nothing: a DuckDB file has no users");
    }

    static QuernException Unknown(Build build, string name) => new(new Fault("QN7114", "this way of materializing a model is not known")
    {
        Where = build.Node.File,
        Value = name,
        Wanted = "view, table, incremental, ephemeral, external, or a `materialization` block of the project",
        Try = NearestName.Of(name, ["view", "table", "incremental", "ephemeral", "external"]) is { } near ? [$"did you mean {near}?"] : [],
    });
}
