using System.Text.RegularExpressions;

namespace Quern.Tests.House;

/// <summary>The pages for readers: README.md and the others at the root, and docs/.</summary>
public sealed partial class PageTests
{
    const string VerbFolder = "src/Quern.Cli/Commands";

    [Fact]
    public void Commands_on_pages_exist() => Repository.AssertNone(
        from line in Commands()
        let problem = Problem(line.Words)
        where problem is not null
        select $"{line.Page}:{line.Number}: {problem} in: {string.Join(' ', line.Words)}",
        "a page shows a command that is not there");

    [Fact]
    public void Some_commands_are_on_pages() =>
        Assert.True(Commands().Count() >= 5, "hardly any command was found on the pages: does this test still read them?");

    [Fact]
    public void Links_on_pages_lead_to_files() => Repository.AssertNone(
        from page in Pages()
        from line in Repository.Lines(page)
        from Match link in Link().Matches(line.Text)
        let target = link.Groups[1].Value
        let path = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Repository.Absolute(page))!, target))
        where !target.Contains(':', StringComparison.Ordinal) && !Path.Exists(path)
        select $"{page}:{line.Number}: {target}",
        "a page links to a file that is not there");

    static IEnumerable<string> Pages() => Repository.Files.Where(
        path => path.EndsWith(".md", StringComparison.Ordinal)
            && (!path.Contains('/', StringComparison.Ordinal) || Repository.Below(path, "docs")));

    /// <summary>The commands in blocks of code: lines that begin with ./ or quern, perhaps behind a prompt.</summary>
    static IEnumerable<(string Page, int Number, string[] Words)> Commands()
    {
        foreach (var page in Pages())
        {
            var (isCode, open) = (false, "");
            foreach (var (number, text) in Repository.Lines(page))
            {
                if (text.StartsWith("```", StringComparison.Ordinal)) isCode = !isCode;
                if (!isCode || (open.Length == 0 && !Command().IsMatch(text))) continue;
                open += Command().Replace(text, "$1");
                if (open.EndsWith('\\'))
                {
                    open = open[..^1];
                    continue;
                }
                yield return (page, number, Comment().Replace(open, "").Split(' ', StringSplitOptions.RemoveEmptyEntries));
                open = "";
            }
        }
    }

    static string? Problem(string[] words)
    {
        var program = words[0].StartsWith("./", StringComparison.Ordinal) ? words[0][2..] : words[0];
        if (!File.Exists(Repository.Absolute(program))) return $"there is no {program}";
        if ((File.GetUnixFileMode(Repository.Absolute(program)) & UnixFileMode.UserExecute) == 0) return $"{program} cannot be executed";
        var missing = words.Skip(1).FirstOrDefault(word => Shipped().IsMatch(word) && !Path.Exists(Repository.Absolute(word)));
        if (missing is not null) return $"there is no {missing}";
        if (program != "quern") return null;
        var source = Repository.Read("src/Quern.Cli/Globals.cs") + Repository.Read("src/Quern.Cli/CommandTree.cs");
        var arguments = words.Skip(1).ToList();
        if (Verb(arguments) is { } verb) source += Repository.Read(verb) + Shared(Repository.Read(verb));
        else if (arguments.Find(word => word is not ("VERB" or "--help" or "--version" or "-h")) is { } stray)
            return $"there is no verb {stray}";
        var option = arguments.Where(word => word.StartsWith("--", StringComparison.Ordinal)).Select(word => word.Split('=')[0])
            .FirstOrDefault(word => !source.Contains($"\"{word}\"", StringComparison.Ordinal));
        return option is null ? null : $"there is no option {option}";
    }

    // Verbs on a project share most of their options, and so do those that read CSV.
    static string Shared(string verb) => OfProjects(verb) + (verb.Contains("CsvOptions", StringComparison.Ordinal) ? Repository.Read("src/Quern.Cli/Csv/CsvOptions.cs") : "");

    static string OfProjects(string verb) => verb.Contains(": ProjectVerb", StringComparison.Ordinal) || verb.Contains(": NodeVerb", StringComparison.Ordinal)
        ? string.Concat(new[]
        {
            "Projects/ProjectOptions.cs", "Projects/SelectionOptions.cs", "Projects/DeferOptions.cs", "Projects/EventTimeOptions.cs", "Commands/NodeVerb.cs",
        }.Select(f => Repository.Read($"src/Quern.Cli/{f}")))
        : "";

    /// <summary>The file of the verb that stands first, before or after options; null when there is none.</summary>
    static string? Verb(List<string> arguments)
    {
        var line = $" {string.Join(' ', arguments)} ";
        return Repository.CSharp(VerbFolder).Select(path => (Path: path, Verb: VerbPath().Match(Repository.Read(path))))
            .Where(v => v.Verb.Success && line.Contains($" {v.Verb.Groups[1].Value} ", StringComparison.Ordinal))
            .MaxBy(v => v.Verb.Groups[1].Length).Path;
    }

    [GeneratedRegex(@"^\s*(?:\$ )?((?:\./|quern )\S.*)$")]
    private static partial Regex Command();

    [GeneratedRegex(@"\s+(?:#|[|&;<>]|2>).*$")]
    private static partial Regex Comment();

    [GeneratedRegex(@"^(?:examples|bench|docs|src|tests|packs|build)/[^*]*$")]
    private static partial Regex Shipped();

    [GeneratedRegex(@"string Path => ""([^""]+)""")]
    private static partial Regex VerbPath();

    [GeneratedRegex(@"\]\(([^)#\s]+)(?:#[^)]*)?\)")]
    private static partial Regex Link();
}
