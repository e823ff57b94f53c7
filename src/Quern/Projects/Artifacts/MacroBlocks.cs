using System.Text.RegularExpressions;

namespace Quern.Projects.Artifacts;

/// <summary>Finds the texts of macros in their files, for the manifest.</summary>
static partial class MacroBlocks
{
    /// <summary>Names (<c>cents</c>, <c>test_between</c>, <c>materialization_daily_default</c>) and texts from opening to closing tag, in
    /// the order of the file.</summary>
    /// <remarks>A macro within a comment is found, too: nobody asks for one of a name that is not there.</remarks>
    public static IEnumerable<KeyValuePair<string, string>> Of(string text)
    {
        for (var at = 0; Opening().Match(text, at) is { Success: true } open;)
        {
            var kind = open.Groups["kind"].Value;
            var close = Regex.Match(text[open.Index..], $@"\{{%[-+]?\s*end{kind}\s*[-+]?%\}}", RegexOptions.CultureInvariant);
            if (!close.Success) yield break;
            at = open.Index + close.Index + close.Length;
            var name = open.Groups["name"].Value;
            yield return new(
                kind switch
                {
                    "test" or "data_test" => $"test_{name}",
                    "materialization" when open.Groups["adapter"] is { Success: true, Value: var adapter } => $"materialization_{name}_{adapter}",
                    "materialization" => $"materialization_{name}_default",
                    _ => name,
                },
                text[open.Index..at]);
        }
    }

    [GeneratedRegex(
        @"\{%[-+]?\s*(?<kind>macro|test|data_test|materialization)\s+(?<name>\w+)\s*(,\s*(default|adapter\s*=\s*['""](?<adapter>\w+)['""]))?",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Opening();
}
