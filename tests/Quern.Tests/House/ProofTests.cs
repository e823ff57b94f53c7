using System.Text.RegularExpressions;

namespace Quern.Tests.House;

/// <summary>What docs/coming-from-dbt.md says is shown by tests: each line of its tables names some that are there.</summary>
public sealed partial class ProofTests
{
    const string Page = "docs/coming-from-dbt.md";

    [Fact]
    public void Each_line_names_what_shows_it() => Repository.AssertNone(
        Rows().Where(r => r.Proofs.Count == 0).Select(r => $"{Page}:{r.Number}: {r.Line}"), "these lines name no test in their last column");

    [Fact]
    public void Every_test_that_is_named_is_there()
    {
        var tests = Tests();
        Repository.AssertNone(
            from row in Rows()
            from proof in row.Proofs
            where !tests.Contains(proof)
            select $"{Page}:{row.Number}: {proof}",
            "there is no such test");
    }

    [Fact]
    public void There_are_lines() => Assert.InRange(Rows().Count(), 40, 200);

    static IEnumerable<(int Number, string Line, List<string> Proofs)> Rows() =>
        from line in Repository.Lines(Page)
        where line.Text.StartsWith("| ", StringComparison.Ordinal) && !line.Text.EndsWith("shown by |", StringComparison.Ordinal)
        let cells = line.Text.TrimEnd(' ', '|').Split(" | ")
        select (line.Number, line.Text, Proof().Matches(cells[^1]).Select(m => m.Groups[1].Value).ToList());

    /// <summary>Class and method of every test, and the names of cases.</summary>
    static HashSet<string> Tests()
    {
        var tests = new HashSet<string>(StringComparer.Ordinal);
        foreach (var path in Repository.CSharp("tests"))
        {
            var text = Repository.Read(path);
            if (Class().Match(text) is not { Success: true } owner) continue;
            foreach (Match method in Method().Matches(text)) tests.Add($"{owner.Groups[1].Value}.{method.Groups[1].Value}");
        }
        tests.UnionWith(Repository.Files.Where(p => p.EndsWith(".case", StringComparison.Ordinal)).Select(p => Path.GetFileName(p)));
        return tests;
    }

    [GeneratedRegex("`([A-Za-z0-9-]+\\.[A-Za-z0-9_]+)`")]
    private static partial Regex Proof();

    [GeneratedRegex(@"^public (?:sealed )?(?:partial )?class (\w+)", RegexOptions.Multiline)]
    private static partial Regex Class();

    // The attribute stands above, with those that give values between.
    [GeneratedRegex(@"\[(?:Fact|Theory)[^\]]*\]\s*(?:\[[^\n]*\]\s*)*public (?:async Task|void) (\w+)\(")]
    private static partial Regex Method();
}
