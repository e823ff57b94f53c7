using System.CommandLine;

namespace Quern.Cli.Commands;

/// <summary>One thing that <c>quern</c> does; a file of its own that opens with its help, and a line in <see cref="Verbs"/>.</summary>
abstract class Verb
{
    /// <summary>How it is called, without <c>quern</c>: <c>openshift summarize</c>.</summary>
    public abstract string Path { get; }

    /// <summary>What it does, for the list of verbs: under 50 letters, no full stop.</summary>
    public abstract string Summary { get; }

    /// <summary>What it holds in memory and what that depends on.</summary>
    public abstract string Memory { get; }

    /// <summary>What a user should know beyond the options, with examples; lines of at most 78 letters.</summary>
    public abstract string Help { get; }

    /// <summary>Its arguments, in order.</summary>
    public virtual IReadOnlyList<Argument> Arguments => [];

    /// <summary>Its options beside those of every verb.</summary>
    public virtual IReadOnlyList<Option> Options => [];

    /// <summary>Does it. Work that reads or writes data goes through <see cref="CommandContext.Run"/>.</summary>
    /// <exception cref="QuernException">Anything wrong before a run began.</exception>
    public abstract ExitCode Execute(CommandContext context);
}
