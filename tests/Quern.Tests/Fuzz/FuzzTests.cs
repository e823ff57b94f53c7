using System.Globalization;
using Quern.Fuzz;
using Quern.Tests.House;

namespace Quern.Tests.Fuzz;

/// <summary>
/// Whatever a template, a YAML file of a project or a CSV file holds, it is read, or refused with a fault that has a code and a place; it
/// never crashes, hangs or takes memory without bound. Longer: <c>Quern.Bench fuzz all --minutes 10</c>.
/// </summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    const string Variable = "QUERN_FUZZ_SEED";
    const int UsualSeed = 1;

    [Theory]
    [InlineData("jinja", 6)]
    [InlineData("yaml", 7)]
    [InlineData("csv", 20)]
    public void Whatever_is_read_is_taken_or_refused(string group, int seconds)
    {
        var seed = Environment.GetEnvironmentVariables()[Variable] is string text ? int.Parse(text, CultureInfo.InvariantCulture) : UsualSeed;
        output.WriteLine($"{Variable}={seed}");
        var targets = FuzzTargets.Of(group);
        var findings = new List<Finding>();
        foreach (var make in targets)
        {
            using var target = make();
            var result = new Fuzzer(target, new FuzzPlan
            {
                Seed = seed,
                Time = TimeSpan.FromSeconds(seconds) / targets.Count,
                Corpus = Repository.Absolute("tests/corpus"),
                Findings = Repository.Absolute("artifacts/fuzz"),
            }).Run();
            output.WriteLine($"{result.Target}: {result.Inputs} inputs in {result.Elapsed.TotalSeconds:F1} s, {result.Features} features");
            findings.AddRange(result.Findings);
        }
        Assert.True(findings.Count == 0, string.Join("\n\n", findings));
    }

    [Fact]
    public void Every_target_has_seeds() => Repository.AssertNone(
        FuzzTargets.Names.Where(name => !Repository.Files.Any(path => Repository.Below(path, $"tests/corpus/{name}"))),
        "put some inputs that behave differently into tests/corpus");
}
