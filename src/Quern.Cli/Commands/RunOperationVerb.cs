using System.CommandLine;
using Quern.Cli.Projects;
using Quern.Jinja.Values;
using Quern.Models;
using Quern.Projects;
using Quern.Yaml;

namespace Quern.Cli.Commands;

/// <summary><c>quern run-operation</c>.</summary>
sealed class RunOperationVerb : ProjectVerb
{
    readonly Argument<string> _macro = new("MACRO") { Description = "a macro of the project, or PACKAGE.MACRO" };
    readonly Option<string?> _args = ProjectOptions.Text("--args", "YAML", "its arguments by name: '{day: 2026-01-31}'");

    public override string Path => "run-operation";

    public override string Summary => "call a macro of a dbt project";

    public override string Help =>
        """
        Calls a macro, which may run statements, and makes what it did last.
          quern run-operation grant_select --args '{role: reader}'
        Exit code 0: done; 1: the macro failed; 2: the project could not be read.
        """;

    public override IReadOnlyList<Argument> Arguments => [_macro];

    protected override IReadOnlyList<Option> Own => [_args];

    protected override void Explain(ProjectWork work) => work.Log.Answer($"calls {MacroCall.Find(work.Project, Name(work)).Id}", "Explained");

    protected override void Work(ProjectWork work)
    {
        work.Found();
        Call(work, Name(work), Args(work.Context));
    }

    protected override Invocation Complete(CommandContext context, Invocation invocation)
    {
        invocation.Arguments["macro"] = context.Value(_macro);
        invocation.Arguments["args"] = Args(context);
        return invocation;
    }

    /// <summary>Calls a macro and says what went wrong.</summary>
    internal static void Call(ProjectWork work, string name, Dict args)
    {
        var results = new MacroCall(work.Project, work.Warehouse).Run(name, args, work.Run.Cancellation);
        work.Failures(results);
        work.WriteResults(results);
        ProjectWork.End(results);
    }

    Dict Args(CommandContext context) => context.Value(_args) is { } text ? YamlText.ReadMap(text, "--args") : new Dict();

    string Name(ProjectWork work) => work.Context.Value(_macro)!;
}
