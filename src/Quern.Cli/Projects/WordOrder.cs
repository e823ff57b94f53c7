using Quern.Cli.Commands;

namespace Quern.Cli.Projects;

/// <summary>Options of a verb on a project may stand before it, as dbt allows: <c>quern --warn-error build</c>.</summary>
static class WordOrder
{
    /// <summary>The same words with the options that stand before such a verb behind it.</summary>
    public static string[] Arrange(string[] args)
    {
        var at = 0;
        while (at < args.Length && args[at].StartsWith('-')) at += TakesNextWord(args[at]) ? 2 : 1;
        if (at == 0) return args;
        var words = Verbs.All.OfType<ProjectVerb>().Select(v => v.Path.Split(' ')).FirstOrDefault(w => args.AsSpan(at).StartsWith(w));
        return words is null ? args : [.. words, .. args[..at], .. args[(at + words.Length)..]];
    }

    static bool TakesNextWord(string word) => Known.TryGetValue(word, out var takes) && takes;

    static readonly Dictionary<string, bool> Known = Verbs.All.OfType<ProjectVerb>().SelectMany(v => v.Options).Concat(Globals.Options)
        .SelectMany(o => o.Aliases.Append(o.Name).Select(name => (Name: name, Takes: o.Arity.MaximumNumberOfValues > 0)))
        .GroupBy(o => o.Name).ToDictionary(g => g.Key, g => g.First().Takes, StringComparer.Ordinal);
}
