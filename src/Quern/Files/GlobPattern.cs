using System.Text;

namespace Quern.Files;

/// <summary>
/// A glob over paths: <c>**</c> as a whole segment is any number of folders, <c>{a,b}</c> are alternatives (they may
/// nest and hold slashes), the rest is <see cref="GlobSegment"/>. Braces are expanded first, as a shell does, so a text
/// becomes one or more patterns, each a list of segments.
/// </summary>
sealed class GlobPattern
{
    /// <summary>More alternatives than this are refused: they are a slip of the pen, and each costs a walk.</summary>
    internal const int MaximumAlternatives = 1024;

    /// <summary>A walk keeps its active segments in the bits of one word.</summary>
    internal const int MaximumSegments = 63;

    GlobPattern(string root, GlobSegment[] segments)
    {
        Root = root;
        Segments = segments;
    }

    /// <summary>
    /// The folder before the first segment with a wildcard, absolute or relative as written; <c>""</c> when there is
    /// none.
    /// </summary>
    internal string Root { get; }

    /// <summary>The segments after <see cref="Root"/>; the last one names files.</summary>
    internal IReadOnlyList<GlobSegment> Segments { get; }

    /// <summary>True when a text means more than the path it spells.</summary>
    internal static bool IsGlob(ReadOnlySpan<char> text) => text.ContainsAny("*?[{\\");

    /// <summary>Reads a glob; one pattern for each alternative of its braces.</summary>
    /// <exception cref="FormatException">Something is not closed, or there are too many alternatives or
    /// segments.</exception>
    internal static IReadOnlyList<GlobPattern> Parse(string text)
    {
        var expanded = new List<string>();
        Expand(text, expanded);
        return [.. expanded.Distinct(StringComparer.Ordinal).Select(One)];
    }

    static GlobPattern One(string text)
    {
        // A glob of folders ("2025-*/") means everything in them.
        if (text.EndsWith('/')) text += "**";
        var isRooted = text.StartsWith('/');
        var names = text.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(s => s != ".");
        var segments = names.Select(GlobSegment.Parse).ToArray();
        var root = new StringBuilder(isRooted ? "/" : "");
        var at = 0;
        while (at < segments.Length - 1 && segments[at].IsLiteral)
        {
            if (root.Length > 0 && root[^1] != '/') root.Append('/');
            root.Append(segments[at++].Literal);
        }
        if (segments.Length - at > MaximumSegments) throw new FormatException($"more than {MaximumSegments} segments");
        if (segments.Skip(at).Any(s => s.Text == "..")) throw new FormatException("\"..\" after a wildcard");
        return new(root.ToString(), segments[at..]);
    }

    /// <summary>
    /// Expands the first brace group that holds a comma, then what comes of it; <c>{}</c> and <c>{a}</c> stay as they
    /// are.
    /// </summary>
    static void Expand(string text, List<string> into)
    {
        for (var open = Find(text, 0, '{'); open >= 0; open = Find(text, open + 1, '{'))
        {
            var (commas, close) = Group(text, open);
            if (commas.Count == 0) continue;
            var start = open + 1;
            foreach (var end in commas.Append(close))
            {
                Expand(string.Concat(text.AsSpan(0, open), text.AsSpan(start..end), text.AsSpan(close + 1)), into);
                start = end + 1;
            }
            return;
        }
        if (into.Count == MaximumAlternatives)
            throw new FormatException($"more than {MaximumAlternatives} alternatives");
        into.Add(text);
    }

    static (List<int> Commas, int Close) Group(string text, int open)
    {
        var commas = new List<int>();
        var depth = 0;
        for (var i = open; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '\\': i++; break;
                case '{': depth++; break;
                case ',' when depth == 1: commas.Add(i); break;
                case '}' when --depth == 0: return (commas, i);
            }
        }
        throw new FormatException("\"{\" is never closed; write \\{ for the character itself");
    }

    static int Find(string text, int from, char wanted)
    {
        for (var i = from; i < text.Length; i++)
        {
            if (text[i] == '\\') i++;
            else if (text[i] == wanted) return i;
        }
        return -1;
    }
}
