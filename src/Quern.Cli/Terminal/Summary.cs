using Quern.Budget;
using Quern.Running;

namespace Quern.Cli.Terminal;

/// <summary>The lines at the end of a run.</summary>
static class Summary
{
    const int Label = 10;

    /// <summary>Bytes below which a rate says nothing but how long the start takes.</summary>
    const long LeastForRate = 1_000_000;

    /// <summary>What was made, where the rows went, what it took; wrapped at a width.</summary>
    /// <param name="report">The run.</param>
    /// <param name="reportPath">Where its report was written; null when nowhere.</param>
    /// <param name="width">Columns.</param>
    public static IEnumerable<Line> Lines(RunReport report, string? reportPath, int width)
    {
        if (report.Error is null)
        {
            foreach (var line in Made(report, width)) yield return line;
            foreach (var line in Wrap("size", Sizes(report), width, Tone.Faint)) yield return line;
            foreach (var line in Wrap("rows", Rows(report), width, Tone.Faint)) yield return line;
        }
        if (report.Steps.Count > 0)
        {
            foreach (var line in Wrap("memory", Memory(report), width, Tone.Faint)) yield return line;
        }
        foreach (var line in Warnings(report.Warnings, width)) yield return line;
        if (reportPath is not null) yield return new Line(Tone.Faint, "report".PadRight(Label), reportPath);
    }

    /// <summary>What the user should know; nothing when there is nothing.</summary>
    /// <param name="warnings">What was noticed.</param>
    /// <param name="width">Columns.</param>
    public static IEnumerable<Line> Warnings(IReadOnlyList<RunWarning> warnings, int width) =>
        Wrap("warnings", [.. warnings.Select(w => $"{w.Code} x {Figures.Count(w.Count)} {w.Message}")], width, Tone.Odd);

    static IEnumerable<Line> Made(RunReport report, int width)
    {
        var name = report.Outputs.Count switch
        {
            0 => report.Name,
            1 => report.Outputs[0].Path,
            var count => $"{report.Outputs[0].Path} and {count - 1} more",
        };
        var seconds = report.Elapsed.TotalSeconds;
        string[] figures =
        [
            $"{Figures.Count(report.Written)} rows from {Figures.Count(report.Read)}",
            $"in {Figures.Time(report.Elapsed)}",
            seconds > 0 && report.Read > 0 ? $"({Figures.Rate(report.Read / seconds)} rows/s)" : "",
        ];
        var text = string.Join(' ', figures).TrimEnd();
        if (name.Length + 3 + text.Length <= width)
        {
            yield return new Line(Tone.Strong, name, "   " + text);
            yield break;
        }
        yield return new Line(Tone.Strong, name);
        foreach (var line in Wrap("", figures, width, Tone.Faint)) yield return line;
    }

    static string[] Sizes(RunReport report)
    {
        var written = report.Outputs.Sum(output => output.Bytes ?? 0);
        if (report.SourceBytes == 0 || written == 0) return [];
        var seconds = report.Elapsed.TotalSeconds;
        return
        [
            $"{Figures.Bytes(report.SourceBytes)} to {Figures.Bytes(written)}",
            string.Create(System.Globalization.CultureInfo.InvariantCulture, $"({(double)report.SourceBytes / written:0.0#} : 1)"),
            seconds > 0 && report.SourceBytes >= LeastForRate ? $"{Figures.Rate(report.SourceBytes / seconds)}B/s" : "",
        ];
    }

    static string[] Rows(RunReport report) =>
    [
        $"read {Figures.Count(report.Read)}",
        $"= kept {Figures.Count(report.Kept)}",
        $"+ filtered {Figures.Count(report.Filtered)}",
        $"+ rejected {Figures.Count(report.Rejected)};",
        $"written {Figures.Count(report.Written)}",
    ];

    static string[] Memory(RunReport report)
    {
        var slowest = report.Steps.MaxBy(step => step.Wall)!;
        var share = report.Elapsed > TimeSpan.Zero ? Math.Min(1, slowest.Wall / report.Elapsed) : 1;
        return
        [
            $"peak {Figures.Bytes(report.PeakMemoryBytes)} of {new MemorySize(report.MemoryLimitBytes)}",
            $"  slowest: {slowest.Name} ({Figures.Percent(share)})",
            $"  spilled {Figures.Bytes(report.Steps.Select(step => step.SpillBytes).DefaultIfEmpty().Max())}",
        ];
    }

    // Parts stay whole; a part that does not fit begins the next line.
    static IEnumerable<Line> Wrap(string label, string[] parts, int width, Tone tone)
    {
        var line = "";
        foreach (var part in parts.Where(part => part.Length > 0))
        {
            if (line.Length > 0 && Label + line.Length + 1 + part.Length > width)
            {
                yield return new Line(tone, label.PadRight(Label), line);
                (label, line) = ("", "");
            }
            line = line.Length == 0 ? part.TrimStart() : $"{line} {part}";
        }
        if (line.Length > 0) yield return new Line(tone, label.PadRight(Label), line);
    }
}
