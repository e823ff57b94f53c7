using System.Text.Json;
using System.Text.RegularExpressions;

namespace Quern.Cli.Tests.Shop;

/// <summary>The shop project of <c>Cases/shop</c>, step by step, against what dbt made of it (its README says what is compared).</summary>
public sealed partial class ShopTests(ShopRun shop) : IClassFixture<ShopRun>
{
    public static TheoryData<string> Steps => [.. ExpectedStep.All.Select(s => s.Name)];

    [Theory]
    [MemberData(nameof(Steps))]
    public void Makes_what_dbt_makes(string name)
    {
        var step = ExpectedStep.All.First(s => s.Name == name);
        var taken = shop.After(name);
        var wrong = Differences(step, taken).ToList();
        if (wrong.Count == 0) return;
        Assert.Fail($"{step.Command}\n{string.Join('\n', wrong)}\n--- stdout\n{Shortened(taken.Ended.Output)}--- stderr\n{taken.Ended.Error}");
    }

    static IEnumerable<string> Differences(ExpectedStep step, StepTaken taken)
    {
        var console = ProjectDesk.Console(taken.Ended.Output);
        if (taken.Ended.Code != step.ExitCode) yield return $"exit code {taken.Ended.Code}, expected {step.ExitCode}";
        var totals = console.Select(l => Done().Match(l)).FirstOrDefault(m => m.Success)?.Groups[1].Value;
        if (totals != step.Totals) yield return $"totals {totals ?? "missing"}, expected {step.Totals ?? "none"}";
        if (step.Results is { } results)
            foreach (var line in Compare("result", results, Results(taken))) yield return line;
        if (step.Lines is { } lines)
            foreach (var line in Compare("line", lines, Listed(taken.Ended.Output))) yield return line;
        foreach (var (id, sql) in step.Compiled ?? new Dictionary<string, string>())
        {
            var ours = Compiled(taken, id);
            if (ours != sql) yield return $"compiled {id}:\n{Marked(ours)}\n  expected:\n{Marked(sql)}";
        }
        if (step.Relations is { } relations)
            foreach (var line in Compare(relations, taken.Relations)) yield return line;
        var word = step.Console.FirstOrDefault(l => l.StartsWith("shop through", StringComparison.Ordinal));
        if (word is not null && !console.Contains(word)) yield return $"console lacks: {word}";
        if (word is not null && After(word, console) != After(word, step.Console))
            yield return $"line after {word}\n  {After(word, console)}, expected\n  {After(word, step.Console)}";
    }

    static IEnumerable<string> Compare(IReadOnlyDictionary<string, StoredRelation> expected, IReadOnlyDictionary<string, StoredRelation> ours)
    {
        foreach (var line in Compare("relation", [.. expected.Keys.Order(StringComparer.Ordinal)], [.. ours.Keys.Order(StringComparer.Ordinal)])) yield return line;
        foreach (var (name, relation) in expected)
        {
            if (!ours.TryGetValue(name, out var stored)) continue;
            if (stored.Type != relation.Type) yield return $"{name} is a {stored.Type}, expected {relation.Type}";
            if (!stored.Columns.SequenceEqual(relation.Columns))
                yield return $"{name} has {string.Join(", ", stored.Columns)}\n  expected {string.Join(", ", relation.Columns)}";
            else foreach (var line in Compare($"row of {name}", relation.Rows, stored.Rows)) yield return line;
        }
    }

    // Both sorted; lines may be there more than once.
    static IEnumerable<string> Compare(string what, IReadOnlyList<string> expected, IReadOnlyList<string> ours)
    {
        var left = ours.GroupBy(l => l).ToDictionary(g => g.Key, g => g.Count());
        foreach (var group in expected.GroupBy(l => l))
        {
            var missing = group.Count() - left.GetValueOrDefault(group.Key);
            if (missing > 0) yield return $"{what} missing: {group.Key}{(missing > 1 ? $" ({missing} times)" : "")}";
            left[group.Key] = left.GetValueOrDefault(group.Key) - group.Count();
        }
        foreach (var (line, count) in left.Where(l => l.Value > 0)) yield return $"{what} too many: {line}{(count > 1 ? $" ({count} times)" : "")}";
    }

    static string? After(string word, IEnumerable<string> lines) => lines.SkipWhile(l => l != word).Skip(1).FirstOrDefault();

    static IReadOnlyList<string> Listed(string output) =>
        [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal)];

    static IReadOnlyList<string> Results(StepTaken taken) =>
        [.. All(taken).Select(r => ExpectedStep.ResultLine(r.GetProperty("unique_id").GetString()!, r)).Order(StringComparer.Ordinal)];

    static string? Compiled(StepTaken taken, string id) =>
        All(taken).Where(r => r.GetProperty("unique_id").GetString() == id).Select(r => r.GetProperty("compiled_code").GetString()).FirstOrDefault();

    static IEnumerable<JsonElement> All(StepTaken taken) => taken.Results?.GetProperty("results").EnumerateArray().AsEnumerable() ?? [];

    // Spaces at the end of lines count, so they show.
    static string Marked(string? sql) => sql is null ? "  none" : string.Join('\n', sql.Split('\n').Select(l => $"  |{l}|"));

    static string Shortened(string output) => output.Length < 6000 ? output : output[..2000] + "\n...\n" + output[^4000..];

    [GeneratedRegex(@"^Done\. (PASS=.*)$")]
    private static partial Regex Done();
}
