using System.CommandLine;
using System.CommandLine.Parsing;
using Quern.Cli.Commands;

namespace Quern.Cli;

/// <summary>Says what is wrong with a command line.</summary>
static class Usage
{
    /// <summary>Returns when the command line is one that a verb can be given.</summary>
    /// <exception cref="QuernException">
    /// QN1003 for an unknown or missing verb, QN1004 for an unknown option, QN1005 for a value that an option or argument
    /// does not take, QN1006 for an argument too many, QN1007 for one that is missing; all exit code 2.
    /// </exception>
    public static void Check(ParseResult parsed, Verb? verb)
    {
        if (Stray(parsed) is { } stray) throw Unknown(stray, parsed.CommandResult, verb);
        if (verb is null) throw Incomplete(parsed.CommandResult.Command);
        if (parsed.Errors is [var error, ..]) throw Wrong(error, verb);
    }

    /// <summary>The words that call a command: <c>quern openshift summarize</c>.</summary>
    public static string Called(Command command)
    {
        var words = new Stack<string>();
        for (Symbol? at = command; at is Command and not RootCommand; at = at.Parents.FirstOrDefault()) words.Push(at.Name);
        return string.Join(' ', words.Prepend("quern"));
    }

    /// <summary>The known name that a mistyped one probably means, or that begins with it; null when none is near.</summary>
    public static string? Near(string typed, IEnumerable<string> known)
    {
        // Dashes that all options share would make any two of them look alike.
        var names = known.Order(StringComparer.Ordinal).DistinctBy(Bare).ToDictionary(Bare);
        var bare = Bare(typed);
        var near = bare.Length < 2 ? null : names.Keys.FirstOrDefault(name => name.StartsWith(bare, StringComparison.Ordinal));
        return (near ?? NearestName.Of(bare, names.Keys)) is { } found ? names[found] : null;

        static string Bare(string name) => name.TrimStart('-');
    }

    // The parser takes an unknown option for an argument where the verb has one to fill.
    static string? Stray(ParseResult parsed)
    {
        var asArgument = parsed.CommandResult.Children.OfType<ArgumentResult>()
            .SelectMany(argument => argument.Tokens)
            .Where(token => LooksLikeOption(token.Value))
            .Where(token => !parsed.Tokens.TakeWhile(t => t != token).Any(t => t.Type == TokenType.DoubleDash))
            .Select(token => token.Value);
        return asArgument.Concat(parsed.UnmatchedTokens).FirstOrDefault();
    }

    static bool LooksLikeOption(string word) => word.Length > 1 && word[0] == '-' && !char.IsAsciiDigit(word[1]);

    static QuernException Unknown(string word, CommandResult at, Verb? verb)
    {
        if (LooksLikeOption(word))
        {
            var name = word.Split('=', 2)[0];
            var near = Near(name, Options(at).Select(option => option.Name));
            return Fault("QN1004", "no such option", Called(at.Command), name, near, HelpFor(at.Command));
        }
        if (verb is not null)
        {
            return Fault("QN1006", "an argument too many", Called(at.Command), word, null, HelpFor(at.Command));
        }
        var nearest = Nearest(word, at.Command);
        return Fault("QN1003", "no such verb", null, word, nearest ?? Only(at.Command), "quern --help     all verbs");
    }

    // The last word of a verb finds it too: "summarize" means "openshift summarize".
    static string? Nearest(string word, Command at)
    {
        var prefix = Called(at)["quern".Length..].TrimStart();
        var paths = Verbs.All.Select(verb => verb.Path).Where(path => path.StartsWith(prefix, StringComparison.Ordinal)).ToList();
        var byWord = paths.SelectMany(path => path.Split(' ').Select(part => (Part: part, Path: path))).ToList();
        var near = Near(word, byWord.Select(pair => pair.Part).Distinct());
        return near is null ? null : "quern " + byWord.First(pair => pair.Part == near).Path;
    }

    // "quern schema x.csv" can mean one verb only.
    static string? Only(Command group)
    {
        var paths = Verbs.All.Select(verb => "quern " + verb.Path).Where(path => path.StartsWith(Called(group) + " ", StringComparison.Ordinal)).ToList();
        return paths.Count == 1 ? paths[0] : null;
    }

    static QuernException Incomplete(Command group)
    {
        var known = Verbs.All.Select(verb => "quern " + verb.Path)
            .Where(path => path.StartsWith(Called(group) + " ", StringComparison.Ordinal));
        return new QuernException(new Fault("QN1003", "a verb is missing")
        {
            Where = Called(group),
            Try = [.. known],
            ExitCode = ExitCode.Usage,
        });
    }

    static QuernException Wrong(ParseError error, Verb verb)
    {
        var help = $"quern {verb.Path} --help";
        return error.SymbolResult switch
        {
            OptionResult { Tokens.Count: 0 } option =>
                Fault("QN1007", $"{option.Option.Name} needs a value", "quern " + verb.Path, null, null, help),
            OptionResult option when option.IdentifierTokenCount > 1 =>
                Fault("QN1006", $"{option.Option.Name} is given twice", "quern " + verb.Path, null, null, help),
            OptionResult option => Fault("QN1005", NotTaken(error, option.Option.ValueType), option.Option.Name, Values(option), null, help),
            ArgumentResult { Tokens.Count: 0 } argument =>
                Fault("QN1007", $"{argument.Argument.Name} is missing", "quern " + verb.Path, null, null, help),
            ArgumentResult argument =>
                Fault("QN1005", NotTaken(error, argument.Argument.ValueType), argument.Argument.Name, Values(argument), null, help),
            _ => Fault("QN1007", error.Message.TrimEnd('.'), "quern " + verb.Path, null, null, help),
        };
    }

    // The parser's own words for a failed conversion name types of the runtime; a validator's words are the verb's.
    static string NotTaken(ParseError error, Type type)
    {
        if (!error.Message.StartsWith("Cannot parse argument", StringComparison.Ordinal)) return error.Message.TrimEnd('.');
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(int) || type == typeof(long)) return "not a whole number";
        if (type == typeof(double) || type == typeof(decimal)) return "not a number";
        if (type == typeof(DateOnly)) return "not a date like 2026-01-31";
        if (type == typeof(Guid)) return "not a UUID";
        return "not a value that it takes";
    }

    static QuernException Fault(string code, string what, string? where, string? value, string? near, string help) =>
        new(new Fault(code, what)
        {
            Where = where,
            Value = value is null ? null : $"\"{value}\"",
            Try = near is null ? [help] : [near, help],
            ExitCode = ExitCode.Usage,
        });

    static string Values(SymbolResult result) => string.Join(' ', result.Tokens.Select(token => token.Value));

    static IEnumerable<Option> Options(CommandResult at) =>
        at.Command.Options.Concat(Globals.Options).Append(CommandTree.Help).Append(CommandTree.Version);

    static string HelpFor(Command command) => Called(command) + " --help";
}
