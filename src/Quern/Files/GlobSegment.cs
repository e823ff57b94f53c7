using System.Text;

namespace Quern.Files;

/// <summary>
/// One segment of a glob, between two slashes: <c>*</c> any run, <c>?</c> one character, <c>[a-z]</c> and <c>[!a-z]</c>
/// one of a set, <c>\</c> takes the next character as it is. Matching walks name and tokens once and, on a mismatch,
/// lets the last <c>*</c> swallow one character more: no recursion, at most name x tokens steps. Characters are Unicode
/// scalars; case counts; a name that begins with a dot needs a dot in the pattern.
/// </summary>
sealed class GlobSegment
{
    enum Kind
    {
        Character,
        AnyCharacter,
        AnyRun,
        Set,
    }

    readonly record struct Token(
        Kind Kind,
        Rune Character = default,
        (Rune From, Rune To)[]? Set = null,
        bool Negated = false);

    readonly Token[] _tokens;

    GlobSegment(string text, Token[] tokens, bool isAnyDepth)
    {
        Text = text;
        _tokens = tokens;
        IsAnyDepth = isAnyDepth;
        IsLiteral = !isAnyDepth && tokens.All(t => t.Kind == Kind.Character);
        Literal = IsLiteral ? string.Concat(tokens.Select(t => t.Character.ToString())) : "";
    }

    internal string Text { get; }

    /// <summary>True for <c>**</c>: any number of folders, also none.</summary>
    internal bool IsAnyDepth { get; }

    /// <summary>True when only <see cref="Literal"/> can match.</summary>
    internal bool IsLiteral { get; }

    /// <summary>The one name a literal segment matches, escapes removed.</summary>
    internal string Literal { get; }

    /// <summary>Reads a segment.</summary>
    /// <exception cref="FormatException">A bracket or an escape is not closed; the message says which.</exception>
    internal static GlobSegment Parse(string text)
    {
        if (text == "**") return new(text, [], isAnyDepth: true);
        var tokens = new List<Token>();
        var rest = text.AsSpan();
        while (rest.Length > 0)
        {
            var c = Next(ref rest);
            switch (c.Value)
            {
                case '*' when tokens.Count > 0 && tokens[^1].Kind == Kind.AnyRun: break;
                case '*': tokens.Add(new(Kind.AnyRun)); break;
                case '?': tokens.Add(new(Kind.AnyCharacter)); break;
                case '[': tokens.Add(ReadSet(ref rest)); break;
                case '\\': tokens.Add(new(Kind.Character, Escaped(ref rest))); break;
                default: tokens.Add(new(Kind.Character, c)); break;
            }
        }
        return new(text, [.. tokens], isAnyDepth: false);
    }

    internal bool Matches(ReadOnlySpan<char> name)
    {
        if (IsAnyDepth) return !name.StartsWith('.');
        if (name.StartsWith('.') && (_tokens.Length == 0 || _tokens[0].Character.Value != '.')) return false;
        var token = 0;
        var starToken = -1;
        var starRest = default(ReadOnlySpan<char>);
        var rest = name;
        while (true)
        {
            if (token < _tokens.Length && _tokens[token].Kind == Kind.AnyRun)
            {
                starToken = token++;
                starRest = rest;
                continue;
            }
            if (rest.IsEmpty) return token == _tokens.Length;
            var after = rest;
            var c = Next(ref after);
            if (token < _tokens.Length && Accepts(_tokens[token], c))
            {
                token++;
                rest = after;
                continue;
            }
            if (starToken < 0) return false;
            Next(ref starRest);
            rest = starRest;
            token = starToken + 1;
        }
    }

    static bool Accepts(in Token token, Rune c)
    {
        if (token.Kind != Kind.Set) return token.Kind == Kind.AnyCharacter || token.Character == c;
        foreach (var (from, to) in token.Set!)
        {
            if (c >= from && c <= to) return !token.Negated;
        }
        return token.Negated;
    }

    static Token ReadSet(ref ReadOnlySpan<char> rest)
    {
        var negated = rest.Length > 0 && rest[0] is '!' or '^';
        if (negated) rest = rest[1..];
        var ranges = new List<(Rune, Rune)>();
        while (rest.Length > 0)
        {
            // "]" right after the opening bracket is a member of the set, as in a shell.
            if (rest[0] == ']' && ranges.Count > 0)
            {
                rest = rest[1..];
                return new(Kind.Set, Set: [.. ranges], Negated: negated);
            }
            if (rest.StartsWith("[:") || rest.StartsWith("[=") || rest.StartsWith("[."))
            {
                throw new FormatException(
                    "classes such as [[:digit:]] are not understood; write a range such as [0-9]");
            }
            var from = Member(ref rest);
            var to = from;
            if (rest.Length > 1 && rest[0] == '-' && rest[1] != ']')
            {
                rest = rest[1..];
                to = Member(ref rest);
            }
            ranges.Add((from, to));
        }
        throw new FormatException("\"[\" is never closed; write \\[ for the character itself");
    }

    static Rune Member(ref ReadOnlySpan<char> rest)
    {
        var c = Next(ref rest);
        return c.Value == '\\' ? Escaped(ref rest) : c;
    }

    static Rune Escaped(ref ReadOnlySpan<char> rest) =>
        rest.IsEmpty ? throw new FormatException("\"\\\" at the end of a name escapes nothing") : Next(ref rest);

    static Rune Next(ref ReadOnlySpan<char> rest)
    {
        Rune.DecodeFromUtf16(rest, out var c, out var length);
        rest = rest[length..];
        return c;
    }
}
