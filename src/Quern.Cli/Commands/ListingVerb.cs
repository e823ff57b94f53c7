using System.CommandLine;
using Quern.Cli.Projects;
using Quern.Cli.Reporting;
using Quern.Projects;
using Quern.Projects.Selection;

namespace Quern.Cli.Commands;

/// <summary>What <c>quern ls</c> and <c>quern list</c> do: name what a selection selects, a line each; standard output has
/// nothing else.</summary>
abstract class ListingVerb : ProjectVerb
{
    readonly SelectionOptions _selection = new();
    readonly Option<string?> _output = ProjectOptions.Text("--output", "FORM", "selector (default), name, path or json");
    readonly Option<string[]> _keys = new("--output-keys")
    {
        HelpName = "KEYS",
        Description = "what --output json shows",
        AllowMultipleArgumentsPerToken = true,
        Arity = ArgumentArity.OneOrMore,
    };

    protected sealed override IReadOnlyList<Option> Own => [.. _selection.All, _output, _keys];

    protected sealed override Invocation Complete(CommandContext context, Invocation invocation) => _selection.Complete(context, invocation);

    protected sealed override string Which => "list";

    protected sealed override bool HasData => true;

    public sealed override string Summary => "what a selection of a dbt project selects";

    public sealed override string Help =>
        """
        Names resources of a project, a line each; nothing is built and no database
        is opened. Standard output has the names only; notices go to standard error.
          quern ls -s +orders --resource-type model
          quern ls --output json --output-keys name resource_type
        """;

    protected sealed override void Work(ProjectWork work)
    {
        var form = work.Context.Value(_output) switch
        {
            null or "selector" => ListForm.Selector,
            "name" => ListForm.Name,
            "path" => ListForm.Path,
            "json" => ListForm.Json,
            var other => throw NoForm(other),
        };
        work.ReadDeliveries();
        var nodes = work.Select(_selection.Read(work.Context), Which);
        if (nodes.Count == 0) work.Log.Say("No nodes selected!", LogLevel.Warn, "NoNodesSelected");
        var lines = ResourceList.Lines(work.Project, nodes, form, work.Context.Value(_keys) is { Length: > 0 } keys ? keys : null);
        foreach (var line in lines) work.Log.Answer(line, "ListCmdOut");
    }

    static QuernException NoForm(string value) => new(new Fault("QN1005", "not a form of the list")
    {
        Where = "--output",
        Value = $"\"{value}\"",
        Wanted = "selector, name, path or json",
        ExitCode = ExitCode.Usage,
    });
}
