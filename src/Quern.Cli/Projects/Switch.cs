using System.CommandLine;

namespace Quern.Cli.Projects;

/// <summary>An option without a value that can be said both ways, and an environment variable that says it when neither was given.</summary>
sealed class Switch
{
    static readonly string[] Yes = ["1", "true", "t", "yes", "y", "on"], No = ["0", "false", "f", "no", "n", "off"];

    readonly Option<bool> _on;
    readonly Option<bool>? _off;
    readonly string? _variable;

    /// <summary>A switch.</summary>
    /// <param name="name">Its name: <c>--fail-fast</c>.</param>
    /// <param name="description">For the help.</param>
    /// <param name="variable">The environment variable; null for none.</param>
    /// <param name="alias">Its short name; null for none.</param>
    /// <param name="both">Whether <c>--no-...</c> is there as well. Default: true.</param>
    public Switch(string name, string description, string? variable = null, string? alias = null, bool both = true)
    {
        _on = alias is null ? new Option<bool>(name) : new Option<bool>(name, alias);
        (_on.Description, _on.Arity) = (description, ArgumentArity.Zero);
        if (both) _off = new Option<bool>("--no-" + name[2..]) { Description = "the opposite", Arity = ArgumentArity.Zero, Hidden = true };
        _variable = variable;
    }

    /// <summary>The options that it consists of.</summary>
    public IEnumerable<Option> Options => _off is null ? [_on] : [_on, _off];

    /// <summary>What was said; null for nothing.</summary>
    /// <exception cref="QuernException">QN1005: the environment variable is neither true nor false.</exception>
    public bool? Read(CommandContext context)
    {
        if (_off is not null && context.Value(_off)) return false;
        if (context.Value(_on)) return true;
        return _variable is null ? null : Read(context, _variable);
    }

    /// <summary>What an environment variable says; null for nothing.</summary>
    /// <exception cref="QuernException">QN1005: it is neither true nor false.</exception>
    public static bool? Read(CommandContext context, string variable) =>
        context.Variable(variable) is { } text ? Truth(text, variable) : null;

    static bool Truth(string text, string variable)
    {
        if (Yes.Contains(text, StringComparer.OrdinalIgnoreCase)) return true;
        if (No.Contains(text, StringComparer.OrdinalIgnoreCase)) return false;
        throw new QuernException(new Fault("QN1005", "neither true nor false")
        {
            Where = $"environment variable {variable}",
            Value = $"\"{text}\"",
            Wanted = "one of " + string.Join(", ", Yes.Concat(No)),
            Try = [$"unset {variable}"],
            ExitCode = ExitCode.Usage,
        });
    }
}
