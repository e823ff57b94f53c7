using System.Text;
using Quern.Cli.Terminal;
using Quern.Running;

namespace Quern.Cli;

/// <summary>How the end of a run is told: on standard error, as JSON on standard output, in a file.</summary>
/// <param name="Json">The report goes to standard output, the summary nowhere.</param>
/// <param name="Quiet">No summary.</param>
/// <param name="ReportPath">Absolute path; null for no file.</param>
/// <param name="Surroundings">Where to write.</param>
sealed record Outcome(bool Json, bool Quiet, string? ReportPath, Surroundings Surroundings)
{
    /// <summary>Columns in front of what a fault says: where, value, wanted, try.</summary>
    const int Label = 10;

    /// <summary>Tells it.</summary>
    /// <returns>How the process ends.</returns>
    public ExitCode Show(RunReport report)
    {
        // Whoever read our data has enough: that is no failure.
        if (report.Cause is BrokenPipeException) return ExitCode.Done;
        report = report.Without(Surroundings.Secrets);
        var exit = report.ExitCode;
        if (report.Error is { } error) Say(error, report.Cause);
        var isSaved = ReportPath is not null && Try(() => report.Save(ReportPath));
        var told = ReportPath is null || isSaved;
        if (Json) told &= Try(() => Surroundings.Screen.Data.Write(report.ToJson()));
        else if (!Quiet) SaySummary(report, isSaved);
        return told || exit is not (ExitCode.Done or ExitCode.DoneWithRejects) ? exit : ExitCode.Failed;
    }

    /// <summary>Tells the end of a run that has said in lines what it did.</summary>
    /// <param name="report">The run.</param>
    /// <param name="said">Its error was among the lines.</param>
    /// <param name="answer">The JSON that the user asked for in place of the report; null for the report.</param>
    /// <returns>How the process ends.</returns>
    public ExitCode ShowInLines(RunReport report, bool said, string? answer)
    {
        if (report.Cause is BrokenPipeException) return ExitCode.Done;
        report = report.Without(Surroundings.Secrets);
        if (report.Error is { } error && !said) Say(error, report.Cause);
        var told = ReportPath is null || Try(() => report.Save(ReportPath));
        if (Json) told &= Try(() => Surroundings.Screen.Data.Write(answer is null ? report.ToJson() : Hidden(answer)));
        return told || report.ExitCode is not ExitCode.Done ? report.ExitCode : ExitCode.Failed;
    }

    ReadOnlySpan<byte> Hidden(string answer) => SecretJson.Hide(Encoding.UTF8.GetBytes(answer + "\n"), Surroundings.Secrets).Span;

    // False, and said, when it could not be done.
    bool Try(Action tell)
    {
        try
        {
            tell();
            return true;
        }
        catch (BrokenPipeException)
        {
            // The exit code tells what the reader did not want to hear.
            return true;
        }
        catch (QuernException e)
        {
            Say(e.Fault, e);
            return false;
        }
    }

    void Say(Fault fault, Exception? cause)
    {
        // The first word and the code, up to the colon, stand out.
        var text = Surroundings.Secrets.Hide(fault).ToString();
        var end = text.IndexOf(':', StringComparison.Ordinal);
        var rest = text[end..].Split('\n');
        var width = Surroundings.Screen.IsTerminal ? Surroundings.Screen.Width : int.MaxValue;
        Surroundings.Screen.Say([new Line(Tone.Bad, text[..end], rest[0]), .. Plain(rest[1..].SelectMany(line => Wrapped(line, width)))]);
        if (Surroundings.Debug && cause is not null) Surroundings.Screen.Say(Plain(cause.ToString().Split('\n')));
    }

    /// <summary>A line of a fault in parts that fit a terminal, cut between words, below each other behind its label. A program
    /// gets it whole.</summary>
    static IEnumerable<string> Wrapped(string line, int width)
    {
        while (line.Length > width && line.LastIndexOf(' ', width) is > Label and var cut && !string.IsNullOrWhiteSpace(line[..cut]))
        {
            yield return line[..cut].TrimEnd();
            line = new string(' ', Label) + line[cut..].TrimStart();
        }
        yield return line;
    }

    static IEnumerable<Line> Plain(IEnumerable<string> lines) => lines.Select(line => new Line(Tone.Plain, line));

    void SaySummary(RunReport report, bool isSaved)
    {
        var screen = Surroundings.Screen;
        var path = ReportPath is null || !isSaved ? null : Path.GetRelativePath(Surroundings.Directory, ReportPath);
        if (path?.StartsWith("..", StringComparison.Ordinal) == true) path = ReportPath;
        screen.Say(Summary.Lines(report, path, screen.Width));
    }
}
