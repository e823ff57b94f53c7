using System.CommandLine;
using System.Globalization;
using Quern.Bench.Terminal;
using Quern.Fuzz;

namespace Quern.Bench.Fuzz;

/// <summary><c>fuzz</c>: tries mutated inputs on the readers of templates, YAML and CSV for as long as asked.</summary>
static class FuzzVerb
{
    public static Command Create()
    {
        var what = new Argument<string>("what") { Description = "all, jinja, yaml, csv, or one target: jinja/macros" };
        var minutes = new Option<double>("--minutes") { Description = "wall time, shared by the targets", DefaultValueFactory = _ => 10 };
        var seed = new Option<int>("--seed") { Description = "where inputs begin", DefaultValueFactory = _ => 1 };
        var corpus = new Option<DirectoryInfo>("--corpus") { Description = "folder of the seeds", DefaultValueFactory = _ => new("tests/corpus") };
        var output = new Option<DirectoryInfo>("--out") { Description = "folder of findings", DefaultValueFactory = _ => new("artifacts/fuzz") };
        var keep = new Option<DirectoryInfo?>("--keep") { Description = "folder for inputs that behaved in a new way" };
        var most = new Option<int>("--most") { Description = "inputs kept of a target, those with most news first", DefaultValueFactory = _ => 30 };
        var replay = new Option<FileInfo?>("--replay") { Description = "try this file on the target, and nothing else" };
        var command = new Command("fuzz", "Try mutated inputs on the readers of templates, YAML and CSV.")
        {
            what, minutes, seed, corpus, output, keep, most, replay,
        };
        command.SetAction(parsed =>
        {
            var targets = FuzzTargets.Of(parsed.GetValue(what)!);
            if (targets.Count == 0) throw new BenchException($"there is no target {parsed.GetValue(what)}; there are {string.Join(", ", FuzzTargets.Names)}");
            if (parsed.GetValue(replay) is { } file) return Replay(targets, file.FullName);
            if (!parsed.GetValue(corpus)!.Exists) throw new BenchException($"there is no folder {parsed.GetValue(corpus)}");
            var plan = new FuzzPlan
            {
                Seed = parsed.GetValue(seed),
                Time = TimeSpan.FromMinutes(parsed.GetValue(minutes) / targets.Count),
                Corpus = parsed.GetValue(corpus)!.FullName,
                Findings = parsed.GetValue(output)!.FullName,
                CountsMethods = true,
                MostFindings = 20,
                Deepest = 100_000,
            };
            return Run(targets, plan, parsed.GetValue(keep)?.FullName, parsed.GetValue(most));
        });
        return command;
    }

    static int Run(IReadOnlyList<Func<FuzzTarget>> targets, FuzzPlan plan, string? keep, int most)
    {
        Out.Line("| target | inputs | inputs/s | seeds | kept | features | slowest s | most MB | findings |");
        Out.Line("|---|---:|---:|---:|---:|---:|---:|---:|---:|");
        var findings = 0;
        foreach (var make in targets)
        {
            using var target = make();
            var result = new Fuzzer(target, plan).Run();
            Out.Line(string.Create(CultureInfo.InvariantCulture,
                $"| {result.Target} | {result.Inputs:N0} | {result.Inputs / result.Elapsed.TotalSeconds:N0} | {result.Seeds} | {result.Kept.Count:N0} "
                + $"| {result.Features:N0} | {result.Slowest:F2} | {result.MostAllocated / 1e6:N1} | {result.Findings.Count} |"));
            foreach (var finding in result.Findings) Out.Note($"\n{finding}");
            findings += result.Findings.Count;
            if (keep is not null) Keep(target, result, keep, most);
        }
        return findings == 0 ? 0 : 1;
    }

    static void Keep(FuzzTarget target, FuzzResult result, string folder, int most)
    {
        var into = Directory.CreateDirectory(Path.Combine(folder, target.Name)).FullName;
        foreach (var (input, news) in result.Kept.OrderByDescending(k => k.News).Take(most))
        {
            var name = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(input))[..8];
            File.WriteAllBytes(Path.Combine(into, string.Create(CultureInfo.InvariantCulture, $"{news:D4}-{name}{target.Ending}")), input);
        }
    }

    static int Replay(IReadOnlyList<Func<FuzzTarget>> targets, string path)
    {
        if (targets.Count != 1) throw new BenchException($"one target is wanted: {string.Join(", ", FuzzTargets.Names)}");
        using var target = targets[0]();
        target.Try(File.ReadAllBytes(path), new Behaviour());
        Out.Line("nothing found");
        return 0;
    }
}
