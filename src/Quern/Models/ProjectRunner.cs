using Quern.Models.Results;
using Quern.Projects;
using Quern.Projects.Nodes;
using Quern.Projects.Warehouses;

namespace Quern.Models;

/// <summary>Runs nodes of a project in the order of its graph, several at a time.</summary>
/// <param name="project">The project.</param>
/// <param name="warehouse">Where it runs.</param>
/// <param name="watcher">Is told of each node.</param>
public sealed class ProjectRunner(LoadedProject project, Warehouse warehouse, RunWatcher watcher)
{
    /// <summary>Runs on-run-start, the nodes and on-run-end.</summary>
    /// <param name="nodes">What to run: models, seeds, snapshots, tests, unit tests, exposures (which count and do nothing).</param>
    /// <param name="cancel">Stops it: what runs is interrupted and taken back, the rest is skipped.</param>
    public RunResults Run(IReadOnlyList<Resource> nodes, CancellationToken cancel = default) =>
        throw new NotImplementedException($"{project}{warehouse}{watcher}");
}
