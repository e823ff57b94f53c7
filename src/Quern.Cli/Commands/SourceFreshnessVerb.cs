using System.CommandLine;
using Quern.Cli.Projects;
using Quern.Cli.Reporting;
using Quern.Models.Artifacts;
using Quern.Models.Freshness;
using Quern.Projects;
using Quern.Projects.Nodes;

namespace Quern.Cli.Commands;

/// <summary><c>quern source freshness</c>.</summary>
sealed class SourceFreshnessVerb : ProjectVerb
{
    readonly SelectionOptions _selection = new();
    readonly Option<string?> _output = ProjectOptions.Text("--output", "FILE", "write the results here (default: target/sources.json)", "-o");

    public override string Path => "source freshness";

    public override string Summary => "how old the sources of a dbt project are";

    public override string Memory => "constant: the engine looks for the last row";

    public override string Help =>
        """
        Asks each source that has `freshness` and `loaded_at_field` when its last row
        came, and writes target/sources.json.
          quern source freshness
          quern source freshness -s source:shop.orders
        Exit code 0: fresh enough, or warnings; 1: a source is too old or cannot be
        asked; 2: the project could not be read.
        """;

    protected override string Which => "freshness";

    protected override IReadOnlyList<Option> Own => [.. _selection.All, _output];

    protected override Invocation Complete(CommandContext context, Invocation invocation) => _selection.Complete(context, invocation);

    protected override void Explain(ProjectWork work)
    {
        foreach (var table in Chosen(work)) work.Log.Answer($"asks {work.Project.Templates.RelationOf(table)}", "Explained");
    }

    protected override void Work(ProjectWork work)
    {
        work.Found();
        var tables = Chosen(work);
        if (tables.Count == 0)
        {
            work.NothingToDo();
            return;
        }
        var lines = new FreshnessLines(work.Log, tables.Count);
        var began = work.Context.Time.GetTimestamp();
        var results = new FreshnessCheck(work.Project, work.Warehouse).Run(tables, lines.Started, lines.Ended, work.Run.Cancellation);
        var path = work.Context.Value(_output) is { } file ? work.Context.Path(file) : null;
        SourcesFile.Write(work.Project, results, work.Context.Time.GetElapsedTime(began).TotalSeconds, path);
        work.WriteManifest();
        lines.Finished(results);
        work.Run.Cancellation.ThrowIfCancellationRequested();
        var old = results.Where(r => r.Status is FreshnessStatus.Error or FreshnessStatus.RuntimeError).ToList();
        if (old.Count > 0) throw ProjectWork.Failed(old.ConvertAll(r => r.Table.Id), results.Count, []);
    }

    List<SourceTable> Chosen(ProjectWork work) =>
        [.. work.Select(_selection.Read(work.Context), Which).OfType<SourceTable>().Where(FreshnessCheck.Wants).OrderBy(t => t.Id, StringComparer.Ordinal)];
}
