using System.Text;
using Quern.Fuzz;
using Quern.Tests.Files;

namespace Quern.Tests.Fuzz;

public sealed class FuzzerTests : IDisposable
{
    readonly ScratchFolder _folder = new();

    public FuzzerTests() => _folder.Write("corpus/toy/toy/seed.txt", "xxxx");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_nobody_declared_is_found_made_small_and_written()
    {
        var finding = Found(text => Assert.DoesNotContain("ab(", text));
        Assert.Equal("ab(", Encoding.UTF8.GetString(finding.Input));
        Assert.Equal(finding.Input, File.ReadAllBytes(finding.Path));
        Assert.Contains("DoesNotContainException", finding.Kind);
        Assert.Contains("seed 5", finding.ToString());
    }

    [Theory]
    [InlineData("QN1234", "toy line 1", null)]
    [InlineData("QN1234", null, "no place QN1234")]
    [InlineData("QN1234", "elsewhere", "no place QN1234")]
    [InlineData("QN7013", "toy line 1", "fault QN7013")]
    [InlineData("error", "toy line 1", "fault error")]
    public void A_fault_has_a_code_and_a_place(string code, string? where, string? kind)
    {
        var result = Run(text => throw new QuernException(new Fault(code, "what") { Where = where }), seconds: 0.1);
        Assert.Equal(kind, result.Findings.SingleOrDefault()?.Kind);
    }

    [Fact]
    public void Memory_without_bound_is_found() =>
        Assert.Equal("memory", Found(text => GC.KeepAlive(text.Contains('a', StringComparison.Ordinal) ? new byte[80 << 20] : null)).Kind);

    [Fact]
    public void An_input_that_takes_long_is_found()
    {
        var finding = Found(
            text =>
            {
                var clock = System.Diagnostics.Stopwatch.StartNew();
                while (text.Contains('a', StringComparison.Ordinal) && clock.ElapsedMilliseconds < 300) text.GetHashCode(StringComparison.Ordinal);
            },
            plan => plan with { SlowSeconds = 0.01 });
        Assert.Equal("slow", finding.Kind);
    }

    [Fact]
    public void An_input_that_does_not_end_is_found()
    {
        using var never = new ManualResetEventSlim();
        var finding = Found(
            text =>
            {
                if (text.Contains('a', StringComparison.Ordinal)) never.Wait();
            },
            plan => plan with { Hang = TimeSpan.FromSeconds(0.5) });
        never.Set();
        Assert.Equal("hang", finding.Kind);
        Assert.Contains((byte)'a', finding.Input);
    }

    [Fact]
    public void An_input_of_which_a_process_died_is_found_by_the_next_one()
    {
        // No process has this number.
        _folder.Write("findings/toy-toy-999999999.running", [2, 0, 0, 0, (byte)'o', (byte)'h', 0, 0]);
        var finding = Assert.Single(Run(_ => { }, seconds: 0.1).Findings);
        Assert.Equal(("death", "oh"), (finding.Kind, Encoding.UTF8.GetString(finding.Input)));
        Assert.Equal(["findings/", $"findings/{Path.GetFileName(finding.Path)}"], _folder.Names().Where(n => n.StartsWith("findings", StringComparison.Ordinal)));
    }

    [Fact]
    public void Inputs_that_behave_in_a_new_way_are_kept()
    {
        var count = 0;
        var kept = Run(_ => EndAfter(1_000, ++count), seconds: 60).Kept.Select(k => Behaviour.Bucket(Encoding.UTF8.GetString(k.Input).Length)).ToList();
        Assert.Equal(kept.Distinct(), kept);
        Assert.InRange(kept.Count, 4, 16);
    }

    [Fact]
    public void The_same_seed_makes_the_same_inputs()
    {
        var runs = Enumerable.Range(0, 2).Select(_ =>
        {
            var inputs = new List<string>();
            Run(
                text =>
                {
                    inputs.Add(text);
                    EndAfter(500, inputs.Count);
                },
                seconds: 60);
            return inputs.Take(500).ToList();
        }).ToList();
        Assert.Equal(500, runs[0].Count);
        Assert.Equal(runs[0], runs[1]);
    }

    static void EndAfter(int most, int count)
    {
        if (count >= most) throw new InvalidOperationException("enough");
    }

    Finding Found(Action<string> act, Func<FuzzPlan, FuzzPlan>? change = null) => Assert.Single(Run(act, change, 20).Findings);

    FuzzResult Run(Action<string> act, Func<FuzzPlan, FuzzPlan>? change = null, double seconds = 1)
    {
        var plan = new FuzzPlan
        {
            Seed = 5,
            Time = TimeSpan.FromSeconds(seconds),
            Corpus = _folder["corpus"],
            Findings = _folder["findings"],
        };
        using var target = new ToyTarget(act);
        return new Fuzzer(target, change?.Invoke(plan) ?? plan).Run();
    }
}
