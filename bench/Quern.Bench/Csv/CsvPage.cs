using System.Globalization;
using System.Text;
using Quern.Bench.Arrow;

namespace Quern.Bench.Csv;

/// <summary>The results of <c>csv</c> as Markdown.</summary>
sealed class CsvPage(CsvPlan plan)
{
    readonly List<(CsvShape Shape, long Bytes, Dictionary<string, List<(Timing Timing, long Peak)>> Tasks)> _shapes = [];

    /// <summary>What is added from now on is of this file.</summary>
    public void Begin(CsvShape shape, long bytes) => _shapes.Add((shape, bytes, []));

    /// <summary>Adds what one round of a task took.</summary>
    /// <param name="task">The task.</param>
    /// <param name="timing">Its seconds.</param>
    /// <param name="peak">Resident memory of its process at most, in bytes; 0 when that is not known.</param>
    public void Add(string task, Timing timing, long peak)
    {
        var tasks = _shapes[^1].Tasks;
        if (!tasks.TryGetValue(task, out var list)) tasks[task] = list = [];
        list.Add((timing, peak));
    }

    /// <summary>The page.</summary>
    public string Write(TimeProvider clock, IReadOnlyList<string> machine)
    {
        var page = new StringBuilder(
            $"""
            # CSV, {plan.Threads} threads

            date: {clock.GetUtcNow():yyyy-MM-dd HH:mm} UTC  
            {string.Join("  \n", machine)}  
            rounds: {plan.Rounds}, the tasks in turn after one round that is not measured; files in the page cache; medians  
            data: seed {plan.Seed}; all readers but quern convert are told every column's type, and an empty cell is NULL

            A task is run within one warm process, but those called "process", which are timed from their start to their end: they
            take the max of each column, or turn the file into Parquet with ZSTD; "quern convert" and "duckdb-ordered" keep the
            order of the rows. "quern convert" finds the types out by itself. "Parse alone" drops the values.

            """);
        foreach (var (shape, bytes, tasks) in _shapes)
        {
            page.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"## {shape.Name}: {shape.What}").AppendLine();
            page.AppendLine(CultureInfo.InvariantCulture, $"{bytes / 1e6:F0} MB, {shape.Columns.Count} columns").AppendLine();
            page.AppendLine("| task | wall s | min | max | CPU s | CPU min | MB/s | peak MB |\n|---|---:|---:|---:|---:|---:|---:|---:|");
            foreach (var (task, runs) in tasks)
            {
                var wall = Median(runs.Select(r => r.Timing.Wall));
                var peak = runs.Max(r => r.Peak) is > 0 and var most ? $"{most / 1e6:F0}" : "";
                page.AppendLine(CultureInfo.InvariantCulture,
                    $"| {task} | {wall:F3} | {runs.Min(r => r.Timing.Wall):F3} | {runs.Max(r => r.Timing.Wall):F3} | "
                    + $"{Median(runs.Select(r => r.Timing.Cpu)):F3} | {runs.Min(r => r.Timing.Cpu):F3} | {bytes / wall / 1e6:F0} | {peak} |");
            }
        }
        return page.ToString();
    }

    static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
