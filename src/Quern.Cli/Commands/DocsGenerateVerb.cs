using System.CommandLine;
using Quern.Cli.Projects;
using Quern.Models.Artifacts;
using Quern.Projects;

namespace Quern.Cli.Commands;

/// <summary><c>quern docs generate</c>.</summary>
sealed class DocsGenerateVerb : ProjectVerb
{
    readonly SelectionOptions _selection = new();
    readonly Switch _compile = new("--compile", "compile the nodes first (default)");
    readonly Switch _empty = new("--empty-catalog", "write a catalog without relations", both: false);
    readonly Switch _static = new("--static", "not supported: an error", both: false);

    public override string Path => "docs generate";

    public override string Summary => "manifest and catalog of a dbt project";

    public override string Help =>
        """
        Writes target/manifest.json with compiled SQL, and target/catalog.json with
        the columns that the relations have in the database. The web page that dbt
        puts beside them is not written: tools that read the two files show them.
          quern docs generate
        Exit code 0: written; 1: a node could not be compiled; 2: no project.
        """;

    protected override string Which => "generate";

    protected override IReadOnlyList<Option> Own => [.. _selection.All, .. _compile.Options, .. _empty.Options, .. _static.Options];

    protected override Invocation Complete(CommandContext context, Invocation invocation) => _selection.Complete(context, invocation);

    protected override void Explain(ProjectWork work) => work.Log.Answer($"writes {work.TargetPath}/manifest.json and catalog.json", "Explained");

    protected override void Work(ProjectWork work)
    {
        if (_static.Read(work.Context) is true) throw NoPage();
        work.Found();
        var request = _selection.Read(work.Context);
        var nodes = work.Select(request, "compile");
        if (_compile.Read(work.Context) is not false)
        {
            var results = work.CompileNodes(nodes);
            ProjectWork.End(results);
        }
        else
        {
            work.WriteManifest();
        }
        var isAll = request is { Select: null, Exclude: null, Selector: null };
        work.Log.Say("Building catalog", name: "BuildCatalog");
        using var session = _empty.Read(work.Context) is true ? null : work.Warehouse.Connect(work.Project);
        CatalogFile.Write(work.Project, session, isAll ? null : nodes.Select(n => n.Id).Concat(work.Select(request, "freshness").Select(s => s.Id)).ToHashSet());
        work.Log.Say($"Catalog written to {work.TargetPath}/catalog.json", name: "CatalogWritten");
    }

    static QuernException NoPage() => new(new Fault("QN1013", "this option of dbt is not supported, as no web page is written")
    {
        Where = "--static",
        Try = ["leave it out; tools that read manifest.json and catalog.json show them"],
        ExitCode = ExitCode.Usage,
    });
}
