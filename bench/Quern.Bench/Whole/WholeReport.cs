using System.Text;

namespace Quern.Bench.Whole;

/// <summary>The result of a measurement as Markdown: what, where, how, the table, every round.</summary>
sealed class WholeReport
{
    /// <summary>Heading.</summary>
    public required string Title { get; init; }

    /// <summary>The data and how to make it.</summary>
    public required string Data { get; init; }

    /// <summary>What a reader must know to compare the rows of the table fairly; may be empty.</summary>
    public required string Caption { get; init; }

    /// <summary>Input rows for the rows/s column; 0 leaves the column out.</summary>
    public required long Rows { get; init; }

    /// <summary>Input bytes for the MB/s column; 0 leaves the column out.</summary>
    public required long Bytes { get; init; }

    /// <summary>When the measurement began.</summary>
    public required DateTimeOffset Date { get; init; }

    /// <summary>The machine, line by line.</summary>
    public required IReadOnlyList<string> Machine { get; init; }

    /// <summary>State of the page cache before each measured run.</summary>
    public required string Cache { get; init; }

    /// <summary>The commands with their measured runs, in the order given.</summary>
    public required IReadOnlyList<(Contender Contender, IReadOnlyList<Run> Runs)> Results { get; init; }

    /// <summary>The report, ending in a line end.</summary>
    public override string ToString()
    {
        var text = new StringBuilder($"# {Title}\n\n");
        text.Append($"date: {Date:yyyy-MM-dd HH:mm} UTC  \n");
        foreach (var line in Machine) text.Append(line).Append("  \n");
        text.Append($"data: {Data}  \n");
        text.Append($"rounds: {Results[0].Runs.Count}, the commands in turn; page cache {Cache}\n\n");
        Table(text);
        if (Caption.Length > 0) text.Append('\n').Append(Caption).Append('\n');
        text.Append("\nPeak memory is the resident set of the largest process, the most of all rounds. ");
        text.Append("CPU is user and system time, the median.\n\n## Commands\n\n```sh\n");
        foreach (var (contender, _) in Results) text.Append($"# {contender.Name}\n{contender.CommandLine}\n");
        text.Append("```\n\n## Wall seconds of each round\n\n");
        foreach (var (contender, runs) in Results)
        {
            var walls = runs.Select(run => $"{run.Wall.TotalSeconds:F3}");
            text.Append($"- {contender.Name}: {string.Join(", ", walls)}\n");
        }
        return text.ToString();
    }

    void Table(StringBuilder text)
    {
        text.Append("| command | median s | min | max | ratio | CPU s | peak MB |");
        if (Rows > 0) text.Append(" M rows/s |");
        if (Bytes > 0) text.Append(" MB/s |");
        text.Append(" exit |\n|---|---:|---:|---:|---:|---:|---:|");
        if (Rows > 0) text.Append("---:|");
        if (Bytes > 0) text.Append("---:|");
        text.Append("---:|\n");
        var first = Median(Results[0].Runs, run => run.Wall.TotalSeconds);
        foreach (var (contender, runs) in Results)
        {
            var median = Median(runs, run => run.Wall.TotalSeconds);
            var min = runs.Min(run => run.Wall.TotalSeconds);
            var max = runs.Max(run => run.Wall.TotalSeconds);
            var cpu = Median(runs, run => run.Cpu.TotalSeconds);
            text.Append($"| {contender.Name} | {median:F3} | {min:F3} | {max:F3} | {median / first:F2} | {cpu:F2} |");
            text.Append($" {runs.Max(run => run.PeakBytes) / 1e6:F0} |");
            if (Rows > 0) text.Append($" {Rows / median / 1e6:F2} |");
            if (Bytes > 0) text.Append($" {Bytes / median / 1e6:F0} |");
            text.Append($" {runs.Max(run => run.ExitCode)} |\n");
        }
    }

    static double Median(IReadOnlyList<Run> runs, Func<Run, double> value)
    {
        var sorted = runs.Select(value).Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
