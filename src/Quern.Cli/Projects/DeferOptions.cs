using System.CommandLine;
using Quern.Projects;

namespace Quern.Cli.Projects;

/// <summary>The options by which refs to what is not there mean the relations of another run.</summary>
sealed class DeferOptions
{
    readonly Switch _defer = new("--defer", "read what is not there from the relations of the run in --state", "DBT_DEFER");
    readonly Switch _favor = new("--favor-state", "with --defer: read all that is not selected from there", "DBT_FAVOR_STATE");
    readonly Option<string?> _folder = ProjectOptions.Text("--defer-state", "FOLDER", "artifacts for --defer (default: those of --state)");

    /// <summary>All of them, in the order of the help.</summary>
    public IEnumerable<Option> All => [.. _defer.Options, .. _favor.Options, _folder];

    /// <summary>The invocation with what the caller says.</summary>
    /// <param name="context">The command line.</param>
    /// <param name="invocation">What the caller asked for otherwise.</param>
    /// <param name="state">Absolute folder of <c>--state</c>; null for none.</param>
    public Invocation Complete(CommandContext context, Invocation invocation, string? state)
    {
        var folder = ProjectOptions.Given(context, _folder, "DBT_DEFER_STATE") is { } own ? context.Path(own) : state;
        var (defers, favors) = (_defer.Read(context) ?? false, _favor.Read(context) ?? false);
        invocation.Arguments["defer"] = defers;
        invocation.Arguments["favor_state"] = favors;
        if (folder is not null) invocation.Arguments["defer_state"] = folder;
        return invocation with { Defers = defers, FavorsState = favors, DeferFolder = folder };
    }
}
