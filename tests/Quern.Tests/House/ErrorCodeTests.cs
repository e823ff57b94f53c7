using System.Text.RegularExpressions;

namespace Quern.Tests.House;

public sealed partial class ErrorCodeTests
{
    const string Page = "docs/errors.md";

    [Fact]
    public void Every_code_that_is_named_has_a_line_on_the_page()
    {
        var known = Rows().Keys.ToHashSet();
        Repository.AssertNone(
            from path in Repository.Files.Where(p => IsSource(p) || p.EndsWith(".md", StringComparison.Ordinal))
            from line in Repository.Lines(path)
            from Match code in Code().Matches(line.Text)
            where !known.Contains(code.Value)
            select $"{code.Value} in {path}:{line.Number}",
            $"these codes have no row in {Page}");
    }

    [Fact]
    public void Every_code_on_the_page_is_in_the_sources()
    {
        var used = Repository.Files.Where(IsSource).SelectMany(Repository.Lines)
            .Where(line => !line.Text.TrimStart().StartsWith("//", StringComparison.Ordinal))
            .SelectMany(line => Code().Matches(line.Text)).Select(code => code.Value).ToHashSet();
        Repository.AssertNone(Rows().Keys.Where(code => !used.Contains(code)), $"nothing gives these codes: take them out of {Page}");
    }

    [Fact]
    public void Every_code_has_one_line() => Repository.AssertNone(
        RowList().GroupBy(row => row.Code).Where(g => g.Count() > 1).Select(g => $"{g.Key}: {g.Count()} lines"),
        $"a code has one meaning and one line in {Page}");

    [Fact]
    public void Every_code_stands_under_the_heading_of_its_hundred() => Repository.AssertNone(
        RowList().Where(row => row.Heading != row.Code[..4]).Select(row => $"{row.Code} under {row.Heading}xx"),
        $"the headings of {Page} are QN10xx and so on");

    [Fact]
    public void The_page_says_what_the_sources_say()
    {
        var rows = Rows();
        var sentences = Repository.Files.Where(IsSource).SelectMany(
            path => Sentences(path).Select(m => (path, Code: m.Groups[1].Value, What: Plain(m.Groups[2].Value)))).ToList();
        Assert.True(sentences.Count > 50, $"only {sentences.Count} sentences were found in the sources");
        Repository.AssertNone(
            sentences.Where(s => rows.TryGetValue(s.Code, out var row) && !row.Contains(s.What, StringComparison.Ordinal))
                .Select(s => $"{s.Code} in {s.path}: {s.What}"),
            $"these sentences are not in the row of their code in {Page}");
    }

    static bool IsSource(string path) =>
        Repository.Below(path, "src", "packs", "build", "quern", "test") && !path.EndsWith(".json", StringComparison.Ordinal);

    static MatchCollection Sentences(string path) =>
        (path.EndsWith(".sql", StringComparison.Ordinal) ? InSql() : InCSharp()).Matches(Repository.Read(path));

    static string Plain(string sql) => sql.Replace("''", "'", StringComparison.Ordinal);

    static Dictionary<string, string> Rows() => RowList().GroupBy(r => r.Code).ToDictionary(g => g.Key, g => g.First().Text);

    static IEnumerable<(string Code, string Heading, string Text)> RowList()
    {
        var heading = "no heading";
        foreach (var (_, text) in Repository.Lines(Page))
        {
            if (Heading().Match(text) is { Success: true } h) heading = h.Groups[1].Value;
            if (Row().Match(text) is { Success: true } row) yield return (row.Groups[1].Value, heading, text);
        }
    }

    [GeneratedRegex(@"\bQN\d{4}\b")]
    private static partial Regex Code();

    [GeneratedRegex(@"^\| (QN\d{4}) \|")]
    private static partial Regex Row();

    [GeneratedRegex(@"^#+ (QN\d\d)xx\b")]
    private static partial Regex Heading();

    /// <summary>A code and, right behind it, a sentence without holes.</summary>
    [GeneratedRegex("""
        "(QN\d{4})",\s*"([^"\\]+)"
        """)]
    private static partial Regex InCSharp();

    [GeneratedRegex("'(QN\\d{4})'(?: as code)?, '((?:[^']|'')+)'")]
    private static partial Regex InSql();
}
