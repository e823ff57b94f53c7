using System.CommandLine;
using System.Globalization;
using Quern.Cli.Commands;
using Quern.Cli.Projects;
using Quern.Cli.Terminal;
using Quern.Delivery.Postgres.Address;
using Quern.Running;

namespace Quern.Cli;

/// <summary>From words to a verb and back to an exit code.</summary>
static class CommandLine
{
    /// <summary>Runs a command line.</summary>
    public static ExitCode Execute(string[] args, Surroundings surroundings)
    {
        // As early as can be: a signal in the first moments is one to stop cleanly, too.
        using var interruption = new Interruption(surroundings.Screen);
        // Whatever becomes of a word, and wherever it is shown: a password in it is not.
        foreach (var word in args) PostgresAddress.Hide(word, surroundings.Secrets);
        args = WordOrder.Arrange(args);
        var (root, verbs) = CommandTree.Build();
        // No @file, no bundles of one-letter options: neither is used, both surprise.
        var parsed = root.Parse(args, new ParserConfiguration { EnablePosixBundling = false, ResponseFileTokenReplacer = null });
        var verb = verbs.GetValueOrDefault(parsed.CommandResult.Command);
        try
        {
            return Dispatch(args, parsed, verb, surroundings, interruption.Token);
        }
        catch (Exception e)
        {
            return Globals.Outcome(parsed, surroundings).Show(RunReport.OfFailure(verb?.Path ?? "quern", e));
        }
    }

    static ExitCode Dispatch(string[] args, ParseResult parsed, Verb? verb, Surroundings surroundings, CancellationToken stop)
    {
        if (args is [var first, ..] && first.StartsWith("[suggest", StringComparison.Ordinal)) return Suggest(parsed, surroundings);
        var command = parsed.CommandResult.Command;
        if (parsed.GetValue(CommandTree.Help) || args.Length == 0)
        {
            surroundings.Screen.WriteData(verb is null ? HelpText.OfGroup(command, Usage.Called(command)) : HelpText.OfVerb(verb));
            return ExitCode.Done;
        }
        if (parsed.GetValue(CommandTree.Version))
        {
            surroundings.Screen.WriteData($"quern {Surroundings.Version}");
            return ExitCode.Done;
        }
        Usage.Check(parsed, verb);
        var globals = Globals.Read(parsed, surroundings);
        return verb!.Execute(new CommandContext(parsed, globals, surroundings, verb.Path, stop));
    }

    // What the scripts of the completion verb ask: [suggest:CURSOR] "THE LINE".
    static ExitCode Suggest(ParseResult parsed, Surroundings surroundings)
    {
        using var names = new StringWriter(CultureInfo.InvariantCulture);
        parsed.Invoke(new InvocationConfiguration { Output = names });
        surroundings.Screen.WriteData(names.ToString().TrimEnd());
        return ExitCode.Done;
    }
}
