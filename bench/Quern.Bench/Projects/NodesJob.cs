using Quern.Bench.Terminal;
using Quern.Jinja.Values;
using Quern.Models;
using Quern.Models.Results;
using Quern.Projects;
using Quern.Projects.Artifacts;
using Quern.Projects.Nodes;
using Quern.Projects.Selection;
using Quern.Projects.Warehouses;

namespace Quern.Bench.Projects;

/// <summary>Runs the nodes of a project, and then the statements that they sent and nothing else through a bare connection, in turn, each
/// time on a new database that holds the seeds.</summary>
/// <param name="folder">Folder of the project; its target must be a DuckDB file.</param>
/// <param name="verb"><c>run</c> for models, <c>test</c> for tests whose failures are stored.</param>
/// <param name="time">The clock.</param>
sealed class NodesJob(string folder, string verb, TimeProvider time)
{
    static readonly SelectionRequest Everything = new();

    readonly LoadedProject _project = ProjectLoader.Load(new Invocation
    {
        ProjectFolder = folder,
        WorkingDirectory = folder,
        Which = verb,
        StoreFailures = verb == "test" ? true : null,
        Threads = 1,
        Environment = _ => null,
        StartedAt = time.GetUtcNow(),
        Vars = new Dict(),
    });

    string DatabaseFile => Path.GetFullPath(Path.Combine(folder, _project.Set.Target.Path));

    /// <summary>How many nodes are run.</summary>
    public int Nodes { get; private set; }

    /// <summary>Measures rounds; in each, Quern first or the bare connection first, by turns.</summary>
    /// <param name="rounds">Measured rounds; one more before them is not counted.</param>
    public IReadOnlyList<(NodeCosts Quern, NodeCosts Bare)> Run(int rounds)
    {
        var nodes = new NodeSelector(_project).Select(Everything, verb).Resources;
        Nodes = nodes.Count;
        var order = new List<Node>();
        var results = new List<(NodeCosts, NodeCosts)>();
        for (var round = 0; round <= rounds; round++)
        {
            var (quern, bare) = (default(NodeCosts), default(NodeCosts));
            if (round % 2 == 0) quern = Quern(nodes, order);
            bare = Bare(order);
            if (round % 2 != 0) quern = Quern(nodes, order);
            Out.Note($"{(round == 0 ? "warm-up" : $"round {round}"),-9} quern {Text(quern)}   bare {Text(bare)}");
            if (round > 0) results.Add((quern, bare));
        }
        return results;
    }

    NodeCosts Quern(IReadOnlyList<Resource> nodes, List<Node> order)
    {
        using var warehouse = Open();
        Prepare(warehouse);
        var noting = new Noting(order.Count == 0 ? order : []);
        return NodeCosts.Of(() => new ProjectRunner(_project, warehouse, noting).Run(nodes));
    }

    NodeCosts Bare(List<Node> order)
    {
        var statements = order.ConvertAll(node => Sent(node));
        using var warehouse = Open();
        Prepare(warehouse);
        using var session = warehouse.Database.Connect();
        if (verb == "run")
        {
            foreach (var schema in order.Select(n => n.Schema).Distinct()) session.Execute($"create schema if not exists \"{schema}\"");
        }
        else
        {
            session.Execute("create schema if not exists main_dbt_test__audit");
        }
        return NodeCosts.Of(() =>
        {
            foreach (var sql in statements)
            {
                try
                {
                    session.Execute(sql);
                }
                catch (QuernException)
                {
                    // A test of this project may be wrong; it costs both sides.
                }
            }
        });
    }

    // What the node sent, without the comment above it.
    string Sent(Node node) => File.ReadAllText(Path.Combine(_project.TargetFolder, CompiledFile.PathOf(node, "run")));

    Warehouse Open()
    {
        foreach (var file in new[] { DatabaseFile, DatabaseFile + ".wal" }) File.Delete(file);
        return WarehouseOpener.Open(_project.Set.Target, new WarehouseOptions { WorkingDirectory = folder, TempDirectory = "" });
    }

    // Seeds, and for tests what they test.
    void Prepare(Warehouse warehouse)
    {
        var selector = new NodeSelector(_project);
        foreach (var before in verb == "run" ? new[] { "seed" } : ["seed", "run"])
            new ProjectRunner(_project, warehouse, new RunWatcher()).Run(selector.Select(Everything, before).Resources);
    }

    static string Text(NodeCosts costs) => $"{costs.Wall.TotalSeconds,7:F3} s  {costs.Cpu.TotalSeconds,7:F3} s CPU";

    sealed class Noting(List<Node> order) : RunWatcher
    {
        public override void Finished(int index, int total, NodeResult result)
        {
            if (result.Node is Node node) order.Add(node);
        }
    }
}
