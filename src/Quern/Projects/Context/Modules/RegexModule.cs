using System.Text.RegularExpressions;
using Quern.Jinja;
using Quern.Jinja.Values;

namespace Quern.Projects.Context.Modules;

/// <summary><c>modules.re</c>: regular expressions under Python's names. A pattern that takes longer than a second is an error.</summary>
static class RegexModule
{
    static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    static readonly (string Name, long Value)[] Flags =
        [("IGNORECASE", 2), ("I", 2), ("MULTILINE", 8), ("M", 8), ("DOTALL", 16), ("S", 16), ("VERBOSE", 64), ("X", 64), ("ASCII", 256),
            ("A", 256), ("UNICODE", 32), ("U", 32)];

    public static MemberObject Make()
    {
        var members = Flags.ToDictionary(f => f.Name, f => (object?)f.Value);
        foreach (var name in new[] { "match", "search", "fullmatch", "findall", "finditer", "sub", "subn", "split" })
        {
            members[name] = new Function(name, arguments =>
                Apply(name, PatternOf(arguments.Positional.Count > 0
                    ? arguments.Positional[0] : null, FlagsOf(arguments, name)), arguments.Skip(1)));
        }

        members["compile"] = new Function("compile", arguments =>
        {
            var bound = arguments.Bind("compile", 1, "pattern", "flags");
            return PatternOf(bound[0], bound.Whole(1, 0));
        });
        members["escape"] = new Function("escape", arguments => Escape(arguments.Bind("escape", 1, "pattern").Text(0)));
        return new MemberObject("module", members);
    }

    /// <summary>A method of a pattern, over a text.</summary>
    public static object? Apply(string name, PatternValue pattern, Arguments arguments)
    {
        try
        {
            return Run(name, pattern.Regex, arguments);
        }
        catch (RegexMatchTimeoutException)
        {
            throw TemplateFailure.Budget("a regular expression takes longer than a second", "look for nested repetition such as (a+)+");
        }
    }

    static object? Run(string name, Regex regex, Arguments arguments)
    {
        switch (name)
        {
            case "sub" or "subn":
                {
                    var bound = arguments.Bind(name, 2, "repl", "string", "count", "flags");
                    var most = bound.Whole(2, 0) is var count and > 0 ? (int)count : -1;
                    var made = 0;
                    var text = regex.Replace(bound.Text(1), match =>
                    {
                        made++;
                        return bound[0] is TemplateObject { IsCallable: true } callee
                            ? PythonText.Of(Rendering.Invoke(callee, new Arguments(arguments.Rendering, [new MatchValue(match)])))
                            : match.Result(Replacement(bound.Text(0)));
                    }, most);
                    return name == "sub" ? text : new TupleValue(text, (long)made);
                }
            case "split":
                {
                    var bound = arguments.Bind(name, 1, "string", "maxsplit", "flags");
                    var most = bound.Whole(1, 0) is var count and > 0 ? (int)count + 1 : int.MaxValue;
                    return regex.Split(bound.Text(0), most).Select(part => (object?)part).ToList();
                }
        }
        var subject = arguments.Bind(name, 1, "string", "flags").Text(0);
        switch (name)
        {
            case "findall":
                return regex.Matches(subject).Select(Found).ToList();
            case "finditer":
                return regex.Matches(subject).Select(m => (object?)new MatchValue(m)).ToList();
            default:
                var match = regex.Match(subject);
                for (; match.Success; match = match.NextMatch())
                {
                    if (name == "search" || (match.Index == 0
                        && (name == "match" || match.Length == subject.Length)))
                    {
                        return new MatchValue(match);
                    }
                }
                return null;
        }
    }

    static object? Found(Match match) => match.Groups.Count switch
    {
        1 => match.Value,
        2 => match.Groups[1].Value,
        _ => new TupleValue([.. match.Groups.Values.Skip(1).Select(g => (object?)g.Value)]),
    };

    // \1 and \g<name> there are $1 and ${name} here.
    static string Replacement(string text) => Regex.Replace(
        text.Replace("$", "$$", StringComparison.Ordinal), @"\\(?:g<(\w+)>|(\d+)|(.))", m =>
            m.Groups[1].Success ? $"${{{m.Groups[1].Value}}}"
            : m.Groups[2].Success ? $"${{{m.Groups[2].Value}}}"
            : m.Groups[3].Value switch { "n" => "\n", "t" => "\t", "r" => "\r", var other => other });

    static PatternValue PatternOf(object? pattern, long flags) => pattern switch
    {
        PatternValue made => made,
        string text => new PatternValue(text, Compile(text, flags)),
        _ => throw TemplateFailure.Type($"a pattern must be a text, not {Value.TypeName(pattern)}"),
    };

    static Regex Compile(string pattern, long flags)
    {
        var options = RegexOptions.CultureInvariant;
        if ((flags & 2) != 0) options |= RegexOptions.IgnoreCase;
        if ((flags & 8) != 0) options |= RegexOptions.Multiline;
        if ((flags & 16) != 0) options |= RegexOptions.Singleline;
        if ((flags & 64) != 0) options |= RegexOptions.IgnorePatternWhitespace;
        try
        {
            return new Regex(pattern.Replace("(?P<", "(?<", StringComparison.Ordinal).Replace(@"\Z", @"\z", StringComparison.Ordinal),
                options, Longest);
        }
        catch (ArgumentException e)
        {
            throw TemplateFailure.Value($"the regular expression is not right: {e.Message}");
        }
    }

    static long FlagsOf(Arguments arguments, string name)
    {
        if (arguments.TryGetNamed("flags", out var flags)) return flags as long? ?? 0;
        var at = name switch { "sub" or "subn" => 4, "split" => 3, _ => 2 };
        return at < arguments.Positional.Count ? arguments.Positional[at] as long? ?? 0 : 0;
    }

    static string Escape(string text) =>
        Regex.Replace(text, @"[^\w]", m => m.Value == "_" ? "_" : @"\" + m.Value, RegexOptions.ECMAScript);
}
