namespace Quern.Bench.Whole;

/// <summary>A command to measure, under the name it has in the table.</summary>
/// <param name="Name">Short name.</param>
/// <param name="CommandLine">Run by <c>sh</c>; printed as it is written, variables and all.</param>
sealed record Contender(string Name, string CommandLine)
{
    /// <summary>Reads <c>name=command line</c>.</summary>
    /// <exception cref="BenchException">There is no name or no command.</exception>
    public static Contender Parse(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        if (equals < 1 || equals == text.Length - 1) throw new BenchException($"\"{text}\" is not name=command line");
        return new(text[..equals].Trim(), text[(equals + 1)..].Trim());
    }
}
