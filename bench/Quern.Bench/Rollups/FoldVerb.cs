using System.CommandLine;
using System.Globalization;
using Quern.Bench.Terminal;
using Quern.Budget;
using Quern.Csv;
using Quern.Folding;
using Quern.Running;

namespace Quern.Bench.Rollups;

/// <summary><c>fold</c>: the eleven rollups of ad events, folded and counted.</summary>
static class FoldVerb
{
    /// <summary>The verb.</summary>
    public static Command Create(TimeProvider clock)
    {
        var files = new Argument<FileInfo[]>("files") { Arity = ArgumentArity.OneOrMore };
        var threads = new Option<int>("--threads") { DefaultValueFactory = _ => 2 };
        var names = new Option<bool>("--names") { Description = "fold by names, of which there are many" };
        var memory = new Option<string>("--memory") { DefaultValueFactory = _ => "1GB" };
        var command = new Command("fold", "Fold ad events into eleven grains, and say how long it takes.") { files, threads, memory, names };
        command.SetAction(parsed =>
        {
            var ledger = new MemoryLedger(MemorySize.Parse(parsed.GetValue(memory)!, "--memory"));
            var run = new Run("fold", ledger, clock);
            var sink = new TotalSink();
            var outcome = FoldRun.Execute(
                new FoldRequest
                {
                    Fold = parsed.GetValue(names) ? ManyNames.Fold : AdEvents.Fold,
                    Files = [.. parsed.GetValue(files)!.Select(f => new CsvFile(f.FullName, f.Name))],
                    Threads = parsed.GetValue(threads),
                },
                run,
                sink);
            foreach (var line in outcome.Plan.Lines()) Out.Line(line);
            for (var g = 0; g < outcome.Plan.Grains.Count; g++)
            {
                var sums = string.Join(' ', sink.Sums[g].Select(s => s.ToString("N4", CultureInfo.InvariantCulture)));
                Out.Line(string.Create(CultureInfo.InvariantCulture, $"{outcome.Plan.Grains[g].Name,-32} {sink.Groups[g],12:N0} {sums}"));
            }
            var (cpu, peak) = (Environment.CpuUsage.TotalTime.TotalMilliseconds, ResidentMemory.Read().PeakBytes / 1_000_000);
            Out.Line(string.Create(
                CultureInfo.InvariantCulture,
                $"read {outcome.Read:N0} kept {outcome.Kept:N0} scan {outcome.Scan.TotalMilliseconds:N0} ms fold {outcome.Folding.TotalMilliseconds:N0} ms"));
            Out.Line(string.Create(
                CultureInfo.InvariantCulture,
                $"wall {run.Elapsed.TotalMilliseconds:N0} ms cpu {cpu:N0} ms peak {peak} MB spilled {outcome.SpilledBytes / 1_000_000} MB"));
            foreach (var step in run.Execute(() => { }).Steps)
            {
                Out.Line(string.Create(
                    CultureInfo.InvariantCulture, $"{step.Name}: {step.Wall.TotalMilliseconds:N0} ms, cpu {step.Cpu.TotalMilliseconds:N0} ms"));
            }
            return 0;
        });
        return command;
    }
}
