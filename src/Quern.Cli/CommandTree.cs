using System.CommandLine;
using Quern.Cli.Commands;

namespace Quern.Cli;

/// <summary>The verbs as the parser wants them: commands within commands, the options of every verb at the root.</summary>
static class CommandTree
{
    /// <summary><c>-h</c>, <c>--help</c>.</summary>
    public static Option<bool> Help { get; } = new("--help", "-h")
    {
        Description = "explain a verb",
        Recursive = true,
        Arity = ArgumentArity.Zero,
    };

    /// <summary><c>--version</c>.</summary>
    public static Option<bool> Version { get; } = new("--version")
    {
        Description = "print the version",
        Arity = ArgumentArity.Zero,
    };

    /// <summary>Builds the tree.</summary>
    /// <returns>The root, and the verb of each command that is one.</returns>
    public static (RootCommand Root, IReadOnlyDictionary<Command, Verb> Verbs) Build()
    {
        var root = new RootCommand();
        // The parser's own help and version say less and look different.
        root.Options.Clear();
        foreach (var option in Globals.Options) root.Add(option);
        root.Add(Help);
        root.Add(Version);
        var verbs = new Dictionary<Command, Verb>();
        foreach (var verb in Verbs.All)
        {
            Command command = root;
            foreach (var word in verb.Path.Split(' ')) command = Child(command, word);
            command.Description = verb.Summary;
            foreach (var argument in verb.Arguments) command.Add(argument);
            foreach (var option in verb.Options) command.Add(option);
            verbs.Add(command, verb);
        }
        return (root, verbs);
    }

    static Command Child(Command parent, string name)
    {
        var child = parent.Subcommands.FirstOrDefault(command => command.Name == name);
        if (child is not null) return child;
        child = new Command(name, Verbs.Groups.GetValueOrDefault(name));
        parent.Add(child);
        return child;
    }
}
