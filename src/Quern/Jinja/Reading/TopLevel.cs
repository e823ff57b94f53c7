namespace Quern.Jinja.Reading;

/// <summary>
/// Finds the tags at the top level of a macro file without reading what stands between them: such files carry prose,
/// examples and tags of other tools there.
/// </summary>
static class TopLevel
{
    /// <summary>
    /// The offset of the next tag and its first word; -1 when there is none. Comments, prints and raw blocks are passed
    /// over.
    /// </summary>
    public static int NextTag(Source source, int from, out string word)
    {
        var text = source.Text;
        word = "";
        while (from < text.Length)
        {
            var at = text.IndexOf('{', from);
            if (at < 0 || at + 1 >= text.Length) return -1;
            switch (text[at + 1])
            {
                case '#':
                    var end = text.IndexOf("#}", at + 2, StringComparison.Ordinal);
                    if (end < 0) throw Unclosed(source, at);
                    from = end + 2;
                    break;
                case '{':
                    from = EndOf(text, at + 2, "}}");
                    break;
                case '%':
                    word = Word(text, at + 2);
                    if (word != "raw") return at;
                    var close = text.IndexOf("endraw", at, StringComparison.Ordinal);
                    from = close < 0 ? text.Length : EndOf(text, close, "%}");
                    break;
                default:
                    from = at + 1;
                    break;
            }
        }

        return -1;
    }

    /// <summary>The offset after the tag that begins at an offset.</summary>
    public static int EndOfTag(string text, int at) => EndOf(text, at + 2, "%}");

    static QuernException Unclosed(Source source, int at) =>
        SyntaxFault.Unclosed(source, at, "this comment has no end", "add #} where the comment ends");

    static int EndOf(string text, int at, string mark)
    {
        var quote = '\0';
        for (; at < text.Length; at++)
        {
            var c = text[at];
            if (quote != 0)
            {
                if (c == '\\') at++;
                else if (c == quote) quote = '\0';
            }
            else if (c is '\'' or '"')
            {
                quote = c;
            }
            else if (c == mark[0] && at + 1 < text.Length && text[at + 1] == mark[1])
            {
                return at + 2;
            }
        }

        return text.Length;
    }

    static string Word(string text, int at)
    {
        if (at < text.Length && text[at] is '-' or '+') at++;
        while (at < text.Length && char.IsWhiteSpace(text[at])) at++;
        var start = at;
        while (at < text.Length && (char.IsLetterOrDigit(text[at]) || text[at] == '_')) at++;
        return text[start..at];
    }
}
