using Quern.Projects;
using Quern.Projects.Nodes;

namespace Quern.Cli.Reporting;

/// <summary>What a project holds: <c>Found 5 models, 3 seeds, 20 data tests, 428 macros</c>.</summary>
static class FoundLine
{
    /// <summary>The line. Kinds stand in the order in which dbt reads them; tests before seeds where one is a file of its own.</summary>
    public static string Of(LoadedProject project)
    {
        var manifest = project.Manifest;
        var singular = manifest.Nodes.Values.Any(n => n.Kind == ResourceKind.Test && n.Test is null);
        ResourceKind[] order = singular
            ? [ResourceKind.Model, ResourceKind.Snapshot, ResourceKind.Analysis, ResourceKind.Test, ResourceKind.Seed, ResourceKind.Operation]
            : [ResourceKind.Model, ResourceKind.Snapshot, ResourceKind.Analysis, ResourceKind.Seed, ResourceKind.Operation, ResourceKind.Test];
        List<(int Count, string Name)> counts =
        [
            .. order.Select(kind => (manifest.Nodes.Values.Count(n => n.Kind == kind), Name(kind))),
            (manifest.Sources.Count, "source"),
            (manifest.Exposures.Count, "exposure"),
            (project.Templates.Macros.Count, "macro"),
            (manifest.UnitTests.Count, "unit test"),
        ];
        return "Found " + string.Join(", ", counts.Where(c => c.Count > 0).Select(c => NodeWords.Number(c.Count, c.Name)));
    }

    static string Name(ResourceKind kind) => kind == ResourceKind.Test ? "data test" : NodeWords.Plain(kind);
}
