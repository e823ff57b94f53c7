using Quern.Bench.Terminal;

namespace Quern.Bench.Whole;

/// <summary>Runs commands in turn, round after round, and keeps what each run took.</summary>
/// <param name="contenders">The commands.</param>
/// <param name="rounds">Measured rounds.</param>
/// <param name="cold">Whether to empty the page cache before each run; otherwise a first round, not measured, fills it.</param>
sealed class WholeJob(IReadOnlyList<Contender> contenders, int rounds, bool cold)
{
    /// <summary>The measured runs of each command, in the order of the commands.</summary>
    /// <exception cref="BenchException">The page cache cannot be emptied, or a command cannot be started.</exception>
    public List<Run>[] Run()
    {
        var folder = Directory.CreateTempSubdirectory("quern-bench-");
        try
        {
            return Run(folder.FullName);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    List<Run>[] Run(string folder)
    {
        var runs = contenders.Select(_ => new List<Run>()).ToArray();
        for (var round = cold ? 1 : 0; round <= rounds; round++)
        {
            for (var i = 0; i < contenders.Count; i++)
            {
                // Each round begins with another command, so that none always runs after the same one.
                var turn = (i + round) % contenders.Count;
                var contender = contenders[turn];
                if (cold) DropPageCache();
                var run = Child.Run(contender.CommandLine, folder);
                if (round > 0) runs[turn].Add(run);
                Tell(round, contender, run);
                if (run.ExitCode == 0) continue;
                foreach (var line in File.ReadLines(Path.Combine(folder, "log")).TakeLast(20)) Out.Note($"  | {line}");
            }
        }
        return runs;
    }

    static void Tell(int round, Contender contender, Run run)
    {
        Out.Note($"{(round == 0 ? "warm-up" : $"round {round}"),-9} {contender.Name,-24} " +
            $"{run.Wall.TotalSeconds,9:F3} s  {run.Cpu.TotalSeconds,8:F2} s CPU  {run.PeakBytes / 1e6,8:F0} MB  " +
            $"exit {run.ExitCode}");
    }

    static void DropPageCache()
    {
        try
        {
            File.WriteAllText("/proc/sys/vm/drop_caches", "3");
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new BenchException("--cold empties the page cache, which only root may; run without it");
        }
    }
}
