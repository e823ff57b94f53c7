using Quern.Jinja;
using Quern.Projects.Nodes;
using Quern.Projects.Settings;

namespace Quern.Projects.Reading;

/// <summary>Reads calls of <c>ref</c> and <c>source</c> that YAML gives as text: <c>ref('orders')</c>.</summary>
static class CallText
{
    static readonly TemplateEnvironment Environment = new();

    /// <summary>Adds the refs and sources of a text, with or without braces around it.</summary>
    /// <returns>Whether there was any.</returns>
    /// <exception cref="QuernException">The text looks like a call and is none.</exception>
    public static bool Find(string text, string place, ICollection<RefCall> refs, ICollection<SourceCall> sources)
    {
        if (!Mentions(text)) return false;
        var template = Template.HasMarks(text) ? Environment.Parse(text, place) : Environment.ParseExpression(text, place);
        var before = refs.Count + sources.Count;
        foreach (var call in template.Calls())
        {
            var names = Names(call.Positional);
            if (call.Name == "ref" && names.Count is 1 or 2 && call.Name == "ref")
            {
                var version = call.Named.GetValueOrDefault("version")?.Value ?? call.Named.GetValueOrDefault("v")?.Value;
                refs.Add(new RefCall(names.Count == 2 ? names[0] : null, names[^1], version));
            }
            else if (call.Name == "source" && names.Count == 2)
            {
                sources.Add(new SourceCall(names[0], names[1]));
            }
        }
        return refs.Count + sources.Count > before;
    }

    // As far as they are written out.
    static List<string> Names(IReadOnlyList<Constant> values)
    {
        var names = new List<string>();
        for (var i = 0; i < values.Count && values[i].IsKnown; i++) names.Add(Texts.Of(values[i].Value) ?? "");
        return names;
    }

    /// <summary>Whether a text may hold a call.</summary>
    public static bool Mentions(string text)
    {
        foreach (var name in new[] { "ref", "source" })
        {
            var at = text.IndexOf(name, StringComparison.Ordinal);
            if (at >= 0 && text.AsSpan(at + name.Length).TrimStart().StartsWith("(") && (at == 0 || !char.IsLetterOrDigit(text[at - 1]) && text[at - 1] != '_')) return true;
        }
        return false;
    }
}
