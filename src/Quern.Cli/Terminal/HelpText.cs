using System.CommandLine;
using System.Text;
using Quern.Cli.Commands;

namespace Quern.Cli.Terminal;

/// <summary>The pages of <c>--help</c>, at most 80 columns wide.</summary>
static class HelpText
{
    /// <summary>The list of verbs, all or those of a group.</summary>
    /// <param name="group">The root, or the command of a group.</param>
    /// <param name="name">How it is called: <c>quern</c> or <c>quern openshift</c>.</param>
    public static string OfGroup(Command group, string name)
    {
        var text = new StringBuilder();
        var prefix = name == "quern" ? "" : name["quern ".Length..] + " ";
        text.Append(prefix.Length == 0
            ? "quern - grinds big columnar files into small tables, inside a memory limit"
            : $"{name} - {group.Description}");
        text.Append($"\n\nusage    {name} VERB [OPTIONS]\n\nverbs\n");
        Table(text, Verbs.All.Where(verb => verb.Path.StartsWith(prefix, StringComparison.Ordinal))
            .Select(verb => (verb.Path, verb.Summary)));
        text.Append("\noptions of every verb, before or after it\n");
        Table(text, Globals.Options.Append(CommandTree.Help).Append(CommandTree.Version).Select(Row));
        text.Append("\nquern VERB --help explains a verb and says what it costs in memory.");
        return text.ToString();
    }

    /// <summary>The page of a verb.</summary>
    public static string OfVerb(Verb verb)
    {
        var text = new StringBuilder($"quern {verb.Path} - {verb.Summary}\n\nusage    quern {verb.Path}");
        foreach (var argument in verb.Arguments)
            text.Append(argument.Arity.MinimumNumberOfValues == 0 ? $" [{argument.Name}]" : $" {argument.Name}");
        text.Append(" [OPTIONS]\n");
        Paragraph(text, "memory   ", verb.Memory);
        text.Append('\n').Append(verb.Help).Append('\n');
        if (verb.Arguments.Count > 0)
        {
            text.Append("\narguments\n");
            Table(text, verb.Arguments.Select(argument => (argument.Name, argument.Description ?? "")));
        }
        var options = verb.Options.Where(option => !option.Hidden).ToList();
        if (options.Count > 0)
        {
            text.Append("\noptions\n");
            Table(text, options.Select(Row));
        }
        text.Append("\noptions of every verb, before or after it\n");
        Table(text, Globals.Options.Append(CommandTree.Help).Select(Row));
        return text.ToString().TrimEnd('\n');
    }

    static (string, string) Row(Option option)
    {
        var names = string.Join(", ", option.Aliases.Order(StringComparer.Ordinal).Append(option.Name));
        var value = option.HelpName is { } name ? " " + name : "";
        return (names + value, (option.Required ? "(required) " : "") + option.Description);
    }

    static void Table(StringBuilder text, IEnumerable<(string Name, string Meaning)> rows)
    {
        var list = rows.ToList();
        var width = Math.Min(28, list.Max(row => row.Name.Length));
        foreach (var (name, meaning) in list)
        {
            if (name.Length > width) text.Append("  ").Append(name).Append('\n');
            Paragraph(text, "  " + (name.Length > width ? "" : name).PadRight(width + 3), meaning);
        }
    }

    // The first line begins with a label, the others are indented as far.
    static void Paragraph(StringBuilder text, string label, string words)
    {
        var line = new StringBuilder(label);
        foreach (var word in words.Split(' '))
        {
            if (line.Length > label.Length && line.Length + word.Length > Screen.PlainWidth)
            {
                text.Append(line.ToString().TrimEnd()).Append('\n');
                line.Clear().Append(' ', label.Length);
            }
            line.Append(word).Append(' ');
        }
        text.Append(line.ToString().TrimEnd()).Append('\n');
    }
}
