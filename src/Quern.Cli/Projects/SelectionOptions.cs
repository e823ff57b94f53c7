using System.CommandLine;
using Quern.Jinja.Values;
using Quern.Projects;
using Quern.Projects.Selection;

namespace Quern.Cli.Projects;

/// <summary>The options by which nodes are chosen, with dbt's names.</summary>
sealed class SelectionOptions
{
    readonly Option<string[]> _select = Words("--select", "NODES", "what to take: names, tag:x, path:x, +x+; several are a union", "-s", "-m", "--models", "--model");
    readonly Option<string[]> _exclude = Words("--exclude", "NODES", "what to leave out");
    readonly Option<string?> _selector = ProjectOptions.Text("--selector", "NAME", "a selector of selectors.yml");
    readonly Option<string[]> _types = Words("--resource-type", "KIND", "only this kind: model, seed, test ...; may be repeated", "--resource-types");
    readonly Option<string[]> _withoutTypes = Words("--exclude-resource-type", "KIND", "not this kind; may be repeated", "--exclude-resource-types");
    readonly Option<string?> _indirect = ProjectOptions.Text("--indirect-selection", "MODE", "which tests come along: eager, cautious, buildable, empty");
    readonly Option<string?> _state = ProjectOptions.Text("--state", "FOLDER", "artifacts of another run, for state: and result:");
    readonly DeferOptions _defer = new();

    /// <summary>All of them, in the order of the help.</summary>
    public IReadOnlyList<Option> All => [_select, _exclude, _selector, _types, _withoutTypes, _indirect, _state, .. _defer.All];

    /// <summary>The invocation with what the caller says of refs to what is not built here.</summary>
    public Invocation Complete(CommandContext context, Invocation invocation)
    {
        Note(context, invocation.Arguments);
        return _defer.Complete(context, invocation, StateFolder(context));
    }

    /// <summary>What the caller chose.</summary>
    /// <exception cref="QuernException">QN1005 for a mode that is none.</exception>
    public SelectionRequest Read(CommandContext context)
    {
        return new SelectionRequest
        {
            Select = context.Value(_select) is { Length: > 0 } select ? select : null,
            Exclude = context.Value(_exclude) is { Length: > 0 } exclude ? exclude : null,
            Selector = context.Value(_selector),
            ResourceTypes = Kinds(context, _types, "DBT_RESOURCE_TYPES"),
            ExcludeResourceTypes = Kinds(context, _withoutTypes, "DBT_EXCLUDE_RESOURCE_TYPES"),
            Indirect = Mode(ProjectOptions.Given(context, _indirect, "DBT_INDIRECT_SELECTION")),
            StateFolder = StateFolder(context),
        };
    }

    /// <summary>Absolute folder of artifacts of another run; null when none was named.</summary>
    public string? StateFolder(CommandContext context) =>
        ProjectOptions.Given(context, _state, "DBT_STATE") is { } state ? context.Path(state) : null;

    /// <summary>Notes what the caller chose by dbt's names.</summary>
    void Note(CommandContext context, Dict arguments)
    {
        arguments["select"] = List(context.Value(_select));
        arguments["exclude"] = List(context.Value(_exclude));
        arguments["selector"] = context.Value(_selector);
        arguments["resource_types"] = List(context.Value(_types));
        arguments["exclude_resource_types"] = List(context.Value(_withoutTypes));
        arguments["indirect_selection"] = ProjectOptions.Given(context, _indirect, "DBT_INDIRECT_SELECTION") ?? "eager";
        arguments["state"] = context.Value(_state);
    }

    static List<object?> List(string[]? words) => [.. words ?? []];

    static IndirectSelection Mode(string? name)
    {
        if (name is null) return IndirectSelection.Eager;
        if (Enum.TryParse<IndirectSelection>(name, ignoreCase: true, out var mode) && char.IsAsciiLetter(name[0])) return mode;
        throw new QuernException(new Fault("QN1005", "not a mode of indirect selection")
        {
            Where = "--indirect-selection",
            Value = $"\"{name}\"",
            Wanted = "eager, cautious, buildable or empty",
            ExitCode = ExitCode.Usage,
        });
    }

    static string[] Kinds(CommandContext context, Option<string[]> option, string variable) => context.Value(option) is { Length: > 0 } given
        ? given
        : context.Variable(variable)?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];

    static Option<string[]> Words(string name, string help, string description, params string[] aliases) =>
        new(name, aliases) { HelpName = help, Description = description, AllowMultipleArgumentsPerToken = true, Arity = ArgumentArity.OneOrMore };
}
