namespace Quern;

/// <summary>What went wrong, in the parts that a reader needs: what, where, which value, who chose it, what to try.</summary>
/// <param name="Code">Stable code, <c>QN</c> and four digits; the list is <c>docs/errors.md</c>.</param>
/// <param name="What">One sentence without a full stop.</param>
public record Fault(string Code, string What)
{
    /// <summary>File with line and column, table or row, option or parameter; null when there is no place.</summary>
    public string? Where { get; init; }

    /// <summary>The offending value as it was read; null when there is none. Never a secret.</summary>
    public string? Value { get; init; }

    /// <summary>What was expected and who chose that; null when the sentence says it all.</summary>
    public string? Wanted { get; init; }

    /// <summary>Things the user can do next, most likely first.</summary>
    public IReadOnlyList<string> Try { get; init; } = [];

    /// <summary>Exit code of the process when this ends a run. Default: <see cref="ExitCode.Failed"/>.</summary>
    public ExitCode ExitCode { get; init; } = ExitCode.Failed;

    /// <summary>The fault as people read it: a line with code and sentence, then one indented line a part;
    /// further lines of a part stand under its first, so that a caret stays below its column.</summary>
    public sealed override string ToString()
    {
        var lines = new List<string> { $"error {Code}: {Sentence()}" };
        Add("where", Where);
        Add("value", Value);
        Add("wanted", Wanted);
        for (var i = 0; i < Try.Count; i++) Add(i == 0 ? "try" : "", VisibleText.Of(Try[i]));
        return string.Join('\n', lines);

        // Further lines stand deeper than labels: no text begins one.
        string Sentence() => string.Join('\n', What.Split('\n').Select((line, i) => VisibleText.Of(i == 0 || line.Length == 0 ? line : $"    {line.TrimStart(' ')}")));

        void Add(string label, string? text)
        {
            if (text is null) return;
            lines.Add($"  {label,-7} {VisibleText.OfLines(text).Replace("\n", "\n          ", StringComparison.Ordinal)}");
        }
    }
}
