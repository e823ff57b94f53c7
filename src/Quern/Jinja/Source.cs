namespace Quern.Jinja;

/// <summary>The text of a template with its path: turns an offset into file, line and column.</summary>
sealed class Source(string path, string text, int firstLine)
{
    const int ShownLength = 160;

    public string Path { get; } = path;

    /// <summary>The text with line ends as <c>\n</c> and without the one trailing line end that a file has.</summary>
    public string Text { get; } = text;

    public static Source Of(string path, string text, int firstLine = 1)
    {
        if (text.Contains('\r')) text = text.Replace("\r\n", "\n").Replace('\r', '\n');
        return new Source(path, text.EndsWith('\n') ? text[..^1] : text, firstLine);
    }

    /// <summary><c>path:line:column</c>, both counted from 1.</summary>
    public string Place(int at)
    {
        var (line, column) = Position(at);
        return $"{Path}:{line}:{column}";
    }

    public (int Line, int Column) Position(int at)
    {
        var before = Text.AsSpan(0, Math.Clamp(at, 0, Text.Length));
        return (firstLine + before.Count('\n'), before.Length - before.LastIndexOf('\n'));
    }

    /// <summary>The line around an offset without its indentation, shortened when very long.</summary>
    public string Line(int at)
    {
        at = Math.Clamp(at, 0, Text.Length);
        var start = at == 0 ? 0 : Text.LastIndexOf('\n', at - 1) + 1;
        var end = Text.IndexOf('\n', at);
        var line = Text.AsSpan(start, (end < 0 ? Text.Length : end) - start).Trim();
        return line.Length <= ShownLength ? line.ToString() : string.Concat(line[..ShownLength], "...");
    }
}
